"""Where the pages of the map are."""

from django.urls import path

from sutura.mhpss.views import campaigns, directory, outputs, proposals, services

app_name = "mhpss"
urlpatterns = [
    path("", services.matrix_page, name="map"),
    path("gaps/", services.gaps_page, name="gaps"),
    path("services/", services.services_page, name="list"),
    path("services/new/", services.service_new, name="new"),
    path("services/take/", outputs.take, name="take"),
    path("services/export/<slug:kind>/", outputs.export, name="export"),
    path("themes/", outputs.themes_page, name="themes"),
    path("trend/", outputs.trend_page, name="trend"),
    path("changes/", outputs.changes_page, name="changes"),
    path("changes/bulletin.docx", outputs.changes_file, name="changes_file"),
    path("codes/", services.codes, name="codes"),
    path("twins/", services.twins_page, name="twins"),
    path("services/<uuid:public_id>/", services.service, name="service"),
    path("services/<uuid:public_id>/change/", services.service_change, name="change"),
    path("services/<uuid:public_id>/verify/", services.service_verify, name="verify"),
    path("services/<uuid:public_id>/code/", services.service_recode, name="recode"),
    path("proposals/", proposals.proposal_list, name="proposals"),
    path("proposals/<uuid:public_id>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:public_id>/accept/", proposals.proposal_accept, name="proposal_accept"),
    path("proposals/<uuid:public_id>/refuse/", proposals.proposal_refuse, name="proposal_refuse"),
    path("directory/", directory.directory, name="directory"),
    path("poster/<slug:region>/", directory.poster, name="poster"),
    path("card/<slug:region>/", directory.card, name="card"),
    path("rounds/", campaigns.campaigns, name="campaigns"),
    path("rounds/new/", campaigns.campaign_new, name="campaign_new"),
    path("rounds/<uuid:public_id>/", campaigns.campaign, name="campaign"),
    path("rounds/<uuid:public_id>/invite/", campaigns.campaign_invite, name="campaign_invite"),
    path("invitations/<uuid:public_id>/answer/", campaigns.answer, name="answer"),
    path("invitations/<uuid:public_id>/sheet/", campaigns.invitation_sheet, name="invitation_sheet"),
    path("invitations/<uuid:public_id>/paper/", campaigns.invitation_paper, name="invitation_paper"),
    path("invitations/<uuid:public_id>/link/", campaigns.invitation_link, name="invitation_link"),
    path("confirm/<str:token>/", campaigns.confirm, name="confirm"),
]
