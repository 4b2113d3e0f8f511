"""Open what is sealed in a file: a reason first, then the page with its words, or the attachment."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.incidents import reading, serving
from sutura.incidents.entering import refuse
from sutura.incidents.forms import OpeningForm
from sutura.incidents.models import Attachment, Incident
from sutura.incidents.views.acts import held, sent
from sutura.people.stepup import fresh
from sutura.security.crypto import Refused
from sutura.vault.revealing import CHANGED
from sutura.vault.session import closed, to_unlock


@needs("incidents.restricted")
@fresh
def unsealed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file with its sealed parts open, once; who opened it and why is kept."""
    incident = held(request.user, public_id, "incidents.restricted")

    def show(reason: str) -> HttpResponse:
        shown = reading.page(incident, request.user, reason=reason)
        return render(request, "incidents/incident_detail.html", shown)

    return _asked(request, incident, _("Open what is sealed"), show)


@needs("incidents.restricted")
@fresh
def attachment(request: HttpRequest, public_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A file of an incident, for a reason: a photograph without its place; `?original` as it came. On record."""
    incident = held(request.user, public_id, "incidents.restricted")
    kept = Attachment.objects.visible_to(request.user).standing().select_related("incident")
    found = get_object_or_404(kept, public_id=attachment_id, incident=incident)
    original = "original" in request.GET

    def show(reason: str) -> HttpResponse:
        return serving.hand_out(found, by=request.user, reason=reason, original=original)

    return _asked(request, incident, _("Open a file"), show)


def _asked(
    request: HttpRequest, incident: Incident, title: str, show: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Ask why, then show; a refusal comes back with what was typed."""
    if closed(request):
        return to_unlock(request)
    form = OpeningForm(sent(request), user=request.user, incident=incident)
    if form.is_bound and form.is_valid():
        try:
            return show(form.cleaned_data["why"])
        except DomainError as refusal:
            refuse(form, refusal)
        except Refused:
            form.add_error(None, str(CHANGED))
    shown = {"form": form, "incident": incident, "title": title, "confirm_label": _("Open")}
    shown["cancel_url"] = reverse("incidents:detail", args=[incident.public_id])
    return render(request, "incidents/act.html", shown, status=422 if form.errors else 200)
