"""Where the pages of indicators are."""

from django.urls import path

from sutura.indicators.views import bulletins, definitions, rounds

app_name = "indicators"
urlpatterns = [
    path("", definitions.indicator_list, name="list"),
    path("new/", definitions.indicator_new, name="indicator_new"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<uuid:public_id>/", rounds.round_detail, name="round"),
    path("rounds/<uuid:public_id>/expect/", rounds.round_expect, name="round_expect"),
    path("rounds/<uuid:public_id>/dhis2/", bulletins.dhis2, name="dhis2"),
    path("rounds/<uuid:public_id>/dataValueSets.json", bulletins.dhis2_json, name="dhis2_json"),
    path("reports/<uuid:public_id>/", rounds.report, name="report"),
    path("reports/<uuid:public_id>/send/", rounds.report_send, name="report_send"),
    path("reports/<uuid:public_id>/accept/", rounds.report_accept, name="report_accept"),
    path("reports/<uuid:public_id>/back/", rounds.report_back, name="report_back"),
    path("reports/<uuid:public_id>/link/", rounds.report_link, name="report_link"),
    path("answer/<str:token>/", rounds.answer, name="answer"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/new/", bulletins.bulletin_new, name="bulletin_new"),
    path("bulletins/<uuid:public_id>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<uuid:public_id>/<int:number>/", bulletins.figure, name="figure"),
    path("mandate/", bulletins.mandate, name="mandate"),
    path("exports/", bulletins.export_list, name="exports"),
    path("exports/codes/new/", bulletins.code_new, name="code_new"),
    path("exports/<slug:kind>/", bulletins.export_file, name="export_file"),
    path("<uuid:public_id>/", definitions.indicator, name="indicator"),
    path("<uuid:public_id>/records/", definitions.records, name="records"),
    path("<uuid:public_id>/change/", definitions.indicator_change, name="indicator_change"),
    path("<uuid:public_id>/retire/", definitions.indicator_retire, name="indicator_retire"),
]
