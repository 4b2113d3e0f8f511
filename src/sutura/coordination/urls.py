"""Where the pages of coordination are."""

from django.urls import path

from sutura.coordination.views import bodies, meetings, minutes, needs, recommendations, report_links

app_name = "coordination"
urlpatterns = [
    path("", bodies.body_list, name="bodies"),
    path("bodies/new/", bodies.body_new, name="body_new"),
    path("bodies/<uuid:public_id>/", bodies.body_detail, name="body"),
    path("bodies/<uuid:public_id>/change/", bodies.body_change, name="body_change"),
    path("bodies/<uuid:public_id>/members/new/", bodies.member_new, name="member_new"),
    path("members/<uuid:public_id>/", bodies.member_change, name="member_change"),
    path("bodies/<uuid:public_id>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<uuid:public_id>/", meetings.meeting_detail, name="meeting"),
    path("meetings/<uuid:public_id>/change/", meetings.meeting_change, name="meeting_change"),
    path("meetings/<uuid:public_id>/act/<slug:name>/", meetings.meeting_act, name="act"),
    path("meetings/<uuid:public_id>/agenda/", meetings.agenda_edit, name="agenda"),
    path("meetings/<uuid:public_id>/agenda/fill/", meetings.agenda_fill, name="agenda_fill"),
    path(
        "meetings/<uuid:public_id>/agenda/<uuid:item_id>/<slug:act>/", meetings.agenda_act, name="agenda_act"
    ),
    path("meetings/<uuid:public_id>/proposals/new/", meetings.proposal_new, name="proposal_new"),
    path("proposals/<uuid:public_id>/support/", meetings.proposal_support, name="proposal_support"),
    path("proposals/<uuid:public_id>/", meetings.proposal_judge, name="proposal_judge"),
    path("meetings/<uuid:public_id>/minutes/", minutes.minutes_write, name="minutes"),
    path("meetings/<uuid:public_id>/minutes/point/", minutes.minutes_item, name="minutes_item"),
    path("meetings/<uuid:public_id>/attendance/", minutes.attendance, name="attendance"),
    path("meetings/<uuid:public_id>/comments/new/", minutes.comment_new, name="comment_new"),
    path("comments/<uuid:public_id>/", minutes.comment_answer, name="comment_answer"),
    path("meetings/<uuid:public_id>/paper/<slug:name>/", meetings.paper, name="paper"),
    path("meetings/<uuid:public_id>/paper/<slug:name>/file/", meetings.paper_file, name="paper_file"),
    path("recommendations/", recommendations.board, name="board"),
    path("recommendations/new/", recommendations.recommendation_new, name="recommendation_new"),
    path("recommendations/<uuid:public_id>/", recommendations.recommendation, name="recommendation"),
    path(
        "recommendations/<uuid:public_id>/change/",
        recommendations.recommendation_change,
        name="recommendation_change",
    ),
    path(
        "recommendations/<uuid:public_id>/act/<slug:name>/",
        recommendations.recommendation_act,
        name="recommendation_act",
    ),
    path("recommendations/<uuid:public_id>/link/", recommendations.link_withdraw, name="link_withdraw"),
    path("recommendations/<uuid:public_id>/sheet/", recommendations.sheet, name="sheet"),
    path(
        "bodies/<uuid:public_id>/sheets/<uuid:organisation_id>/",
        recommendations.organisation_sheet,
        name="organisation_sheet",
    ),
    path("evidence/<uuid:public_id>/file/", recommendations.evidence_file, name="evidence_file"),
    path("evidence/<uuid:public_id>/void/", recommendations.evidence_void, name="evidence_void"),
    path("needs/", needs.need_list, name="needs"),
    path("needs/new/", needs.need_new, name="need_new"),
    path("needs/<uuid:public_id>/", needs.need, name="need"),
    path("needs/<uuid:public_id>/act/<slug:name>/", needs.need_act, name="need_act"),
    path("themes/", needs.theme_list, name="themes"),
    path("themes/new/", needs.theme_new, name="theme_new"),
    path("themes/<uuid:public_id>/", needs.theme, name="theme"),
    path("themes/<uuid:public_id>/partners/new/", needs.partner_new, name="partner_new"),
    path("themes/<uuid:public_id>/partners/<int:number>/", needs.partner_drop, name="partner_drop"),
    path("report/<str:token>/", report_links.report_link, name="report_link"),
]
