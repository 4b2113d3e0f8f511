"""Addresses of the door in."""

from django.urls import path

from sutura.intake.views import (
    conflicts,
    decryptions,
    incidents,
    leads,
    offline,
    phones,
    questionnaires,
    services,
    submissions,
)

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
    path("phones/", phones.phones, name="phones"),
    path("phones/new/", phones.phone_new, name="phone_new"),
    path("phones/<uuid:public_id>/", phones.phone, name="phone"),
    path("phones/<uuid:public_id>/revoke/", phones.phone_revoke, name="phone_revoke"),
    path("forms/", questionnaires.questionnaires, name="questionnaires"),
    path("forms/new/", questionnaires.questionnaire_new, name="questionnaire_new"),
    path("forms/<uuid:public_id>/close/", questionnaires.questionnaire_close, name="questionnaire_close"),
    path("records/", submissions.submissions, name="submissions"),
    path("records/<uuid:public_id>/", submissions.submission, name="submission"),
    path("records/<uuid:public_id>/aside/", submissions.submission_aside, name="submission_aside"),
    path("records/<uuid:public_id>/compare/", conflicts.comparison, name="comparison"),
    path("records/<uuid:public_id>/settle/", conflicts.comparison_settle, name="comparison_settle"),
    path("records/<uuid:public_id>/decrypt/", decryptions.decryption, name="decryption"),
    path("records/<uuid:public_id>/encrypted/", decryptions.encrypted_file, name="encrypted_file"),
    path("offline/", offline.writing, name="offline"),
    path("offline/worker.js", offline.worker, name="offline_worker"),
    path("offline/envelopes/", offline.envelopes, name="envelopes"),
    path("received/", offline.received, name="received"),
    path("received/open/", offline.received_open, name="received_open"),
    path("services/", services.services, name="services"),
    path("services/trial/", services.services_trial, name="services_trial"),
    path("services/confirm/", services.services_confirm, name="services_confirm"),
]
