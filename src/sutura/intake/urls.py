"""Addresses of the door in."""

from django.urls import path

from sutura.intake.views import incidents, leads, services

app_name = "intake"
urlpatterns = [
    path("", incidents.home, name="home"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/template/<slug:language>/", incidents.template_file, name="template"),
    path("incidents/<uuid:public_id>/", incidents.staged, name="staged"),
    path("incidents/<uuid:public_id>/confirm/", incidents.confirm, name="confirm"),
    path("incidents/<uuid:public_id>/discard/", incidents.discard, name="discard"),
    path("incidents/<uuid:public_id>/faults/", incidents.faults, name="faults"),
    path("runs/<uuid:public_id>/", incidents.run, name="run"),
    path("leads/", leads.leads, name="leads"),
    path("leads/confirm/", leads.leads_confirm, name="leads_confirm"),
    path("services/", services.services, name="services"),
    path("services/trial/", services.services_trial, name="services_trial"),
    path("services/confirm/", services.services_confirm, name="services_confirm"),
]
