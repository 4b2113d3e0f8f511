"""Act on a file: each act on its own page, with its consequence and its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.incidents.acts import ACTS, UNLINKS, VOIDINGS
from sutura.incidents.entering import refuse
from sutura.incidents.forms import ReasonForm
from sutura.incidents.models import Incident
from sutura.incidents.saying import short
from sutura.incidents.steps import BY_NAME


def held(user: Any, public_id: UUID, permission: str) -> Incident:
    """An incident on which the person may act: unseen is 404, seen but not hers is 403."""
    incident = get_object_or_404(Incident.objects.visible_to(user), public_id=public_id)
    if not may(user, permission, incident.region):
        raise PermissionDenied
    return incident


def sent(request: HttpRequest) -> Any:
    """What was posted, or nothing."""
    return request.POST if request.method == "POST" else None


def confirmed(
    request: HttpRequest, incident: Incident, form: Any, do: Callable[[dict], Any], done: object, **words: Any
) -> HttpResponse:
    """Ask, then act and return to the file; a refusal comes back with everything typed."""
    if form.is_bound and form.is_valid():
        try:
            do(form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, str(done))
            return redirect("incidents:detail", incident.public_id)
    back = reverse("incidents:detail", args=[incident.public_id])
    shown = {"form": form, "cancel_url": back, "incident": incident, **words}
    return render(request, "incidents/act.html", shown, status=422 if form.errors else 200)


@needs("incidents.void")
def act(request: HttpRequest, public_id: UUID, name: str) -> HttpResponse:
    """Close, reopen, mark a duplicate, void an incident."""
    incident = held(request.user, public_id, "incidents.void")
    chosen = ACTS.get(name)
    if chosen is None or not chosen.fits(incident):
        raise Http404
    form = chosen.form(sent(request), user=request.user, incident=incident)
    words = {"title": chosen.title, "text": chosen.text, "confirm_label": chosen.button, "tone": chosen.tone}
    return confirmed(
        request, incident, form, lambda typed: chosen.do(incident, typed, request.user), chosen.done, **words
    )


@needs("incidents.void")
def void_part(request: HttpRequest, public_id: UUID, kind: str, part_id: UUID) -> HttpResponse:
    """Void a violation, a victim, a perpetrator, a source, a file or a response."""
    incident = held(request.user, public_id, "incidents.void")
    record = BY_NAME[kind].record(incident, part_id) if kind in VOIDINGS else None
    if record is None:
        raise Http404
    chosen, ref = VOIDINGS[kind], short(getattr(record, "ref", ""))
    words = {
        "title": chosen.title % {"ref": ref},
        "text": chosen.text,
        "confirm_label": _("Yes, void this record"),
        "tone": "attention",
    }
    form = ReasonForm(sent(request), user=request.user, incident=incident)
    done = _("The record is void; it stays in the file with your reason.")
    return confirmed(
        request, incident, form, lambda typed: chosen.do(record, typed["why"], request.user), done, **words
    )


@needs("incidents.document")
def unlink(
    request: HttpRequest, public_id: UUID, kind: str, part_id: UUID, violation_id: UUID
) -> HttpResponse:
    """Say that a victim, a perpetrator or a source does not belong to a violation."""
    incident = held(request.user, public_id, "incidents.document")
    record = BY_NAME[kind].record(incident, part_id) if kind in UNLINKS else None
    link = record.links.filter(violation__public_id=violation_id).first() if record else None
    if record is None or link is None:
        raise Http404
    service, text = UNLINKS[kind]
    words = {"what": short(record.ref), "violation": short(link.violation.ref)}
    title = _("Separate %(what)s from %(violation)s") % words
    form = ReasonForm(sent(request), user=request.user, incident=incident)
    return confirmed(
        request, incident, form, lambda typed: service(link=link, by=request.user, why=typed["why"]),
        _("The link is taken away; the story keeps it."), title=title, text=text, confirm_label=_("Separate"),
    )  # fmt: skip
