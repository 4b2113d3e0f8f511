"""Addresses of incidents."""

from django.urls import path

from sutura.incidents.views import acts, entry, names, opening, reading, retention, shredding

app_name = "incidents"
urlpatterns = [
    path("", reading.incident_list, name="list"),
    path("retention/", retention.review, name="retention"),
    path("names/", names.names, name="names"),
    path("new/", entry.new, name="new"),
    path("from-alert/<uuid:alert_id>/", entry.open_from_alert, name="open_from_alert"),
    path("<uuid:public_id>/", reading.detail, name="detail"),
    path("<uuid:public_id>/open/", opening.unsealed, name="open"),
    path("<uuid:public_id>/shred/", shredding.shred, name="shred"),
    path("<uuid:public_id>/shred/agree/", shredding.agree, name="shred_agree"),
    path("<uuid:public_id>/sheet/", reading.sheet, name="sheet"),
    path("<uuid:public_id>/files/<uuid:attachment_id>/", opening.attachment, name="attachment"),
    path("<uuid:public_id>/steps/check/", entry.check, name="check"),
    path("<uuid:public_id>/steps/<slug:name>/", entry.step, name="step"),
    path("<uuid:public_id>/steps/<slug:name>/<uuid:part_id>/", entry.part, name="part"),
    path("<uuid:public_id>/acts/<slug:name>/", acts.act, name="act"),
    path("<uuid:public_id>/<slug:kind>/<uuid:part_id>/void/", acts.void_part, name="void_part"),
    path(
        "<uuid:public_id>/<slug:kind>/<uuid:part_id>/unlink/<uuid:violation_id>/", acts.unlink, name="unlink"
    ),
]
