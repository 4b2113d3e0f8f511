"""Addresses of alerts, leads and coverage."""

from django.urls import path

from sutura.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("new/", views.new, name="new"),
    path("mine/", views.mine, name="mine"),
    path("coverage/", views.coverage_page, name="coverage"),
    path("coverage/new/", views.access_new, name="access_new"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/open/", views.unsealed, name="open"),
    path("<uuid:public_id>/sent/", views.sent, name="sent"),
    path("<uuid:public_id>/triage/<slug:act>/", views.triage, name="triage"),
]
