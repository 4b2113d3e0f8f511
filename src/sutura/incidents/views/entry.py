"""Document: open an incident, and go through its steps, each saved as it is sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.alerts.models import Alert
from sutura.incidents import entering
from sutura.incidents.likenesses import like_incidents
from sutura.incidents.models import Incident
from sutura.incidents.steps import BY_NAME, Step, open_from
from sutura.people.stepup import fresh_when
from sutura.security.sealed import Sealed
from sutura.vault.session import closed, to_unlock

NEW = "incidents/incident_new.html"


@needs("incidents.document")
def new(request: HttpRequest) -> HttpResponse:
    """Open an incident: what, when, where."""
    return _opened(request, None)


@needs("incidents.document")
def open_from_alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Open an incident from an alert, prefilled with what it tells."""
    told = Alert.objects.visible_to(request.user).readable_by(request.user).select_related("place__parent")
    alert = get_object_or_404(told, public_id=alert_id)
    if alert.region and not may(request.user, "incidents.document", alert.region):
        raise PermissionDenied
    if request.method != "POST" and isinstance(alert.told, Sealed) and closed(request):
        return to_unlock(request)  # before anything is typed
    return _opened(request, alert)


def _opened(request: HttpRequest, alert: Alert | None) -> HttpResponse:
    form = entering.first_form(request, alert)
    if form.is_bound and form.is_valid():
        try:
            told = entering.told_by(alert, request.user)
            incident = open_from(form, alert=alert, by=request.user, told=told)
        except DomainError as refusal:
            entering.refuse(form, refusal)
        else:
            messages.success(
                request,
                _("%(ref)s is open. All is saved; you can leave and come back.") % {"ref": incident.ref},
            )
            return redirect("incidents:step", incident.public_id, "violations")
    alike = like_incidents(alert.as_told, request.user) if alert is not None else []
    shown = {"form": form, "alert": alert, "alike": alike}
    return render(request, NEW, shown, status=422 if form.errors else 200)


def documented(user: Any, public_id: UUID) -> Incident:
    """An incident which the person may document: unseen is 404, seen but not hers to write is 403."""
    found = Incident.objects.visible_to(user).select_related("place__parent")
    incident = get_object_or_404(found, public_id=public_id)
    if not may(user, "incidents.document", incident.region):
        raise PermissionDenied
    return incident


@needs("incidents.document")
@fresh_when(entering.opens)
def step(request: HttpRequest, public_id: UUID, name: str) -> HttpResponse:
    """One step: its records, and the form of a new one."""
    incident = documented(request.user, public_id)
    if name not in BY_NAME or not BY_NAME[name].listed:
        raise Http404
    return _answer(request, incident, BY_NAME[name])


@needs("incidents.document")
@fresh_when(entering.opens)
def part(request: HttpRequest, public_id: UUID, name: str, part_id: UUID) -> HttpResponse:
    """One record of a step, to correct; the reason is kept beside what stood before."""
    incident = documented(request.user, public_id)
    chosen = BY_NAME.get(name)
    record = chosen.record(incident, part_id) if chosen and chosen.of else None
    if chosen is None or record is None:
        raise Http404
    return _answer(request, incident, chosen, record)


def _answer(request: HttpRequest, incident: Incident, chosen: Step, record: Any = None) -> HttpResponse:
    form = entering.form_of(chosen, incident, request, record)
    if form.is_bound and form.is_valid():
        try:
            saved = chosen.kept(incident, record, form, request.user)
        except DomainError as refusal:
            entering.refuse(form, refusal)
        else:
            return _kept(request, incident, entering.answered(incident, chosen, record, saved))
    if "autosave" in request.POST:
        return HttpResponse(status=422)
    shown = entering.page(incident, request.user, chosen, form, record)
    return render(request, "incidents/step.html", shown, status=422 if form.errors else 200)


def _kept(request: HttpRequest, incident: Incident, onwards: str) -> HttpResponse:
    if "autosave" in request.POST:
        return HttpResponse(status=204)
    messages.success(request, _("Saved."))
    kept_apart = not Incident.objects.visible_to(request.user).filter(pk=incident.pk).exists()
    if "leave" in request.POST or kept_apart:
        return redirect("incidents:detail", incident.public_id)
    return redirect(onwards)


@needs("incidents.document")
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The last step: totals, and what the file still lacks."""
    incident = documented(request.user, public_id)
    return render(request, "incidents/check.html", entering.check_page(incident, request.user))
