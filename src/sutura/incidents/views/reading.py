"""Read: the list, the file now or as at any moment, the verification sheet, an attachment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sutura.access.errors import DomainError
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.incidents import apart, pages, reading, serving
from sutura.incidents.models import Attachment, Incident


@needs("incidents.read")
def incident_list(request: HttpRequest) -> HttpResponse:
    """The incidents a person may read, newest first; the filters live in the address."""
    return render(request, "incidents/incident_list.html", pages.listed(request.user, request.GET))


@needs("incidents.read")
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One page that reads like a file; `?as_at=` shows it as it stood at a moment. Outside its group, a few lines."""
    readable = Incident.objects.visible_to(request.user).select_related("place")
    incident = readable.filter(public_id=public_id).first()
    if incident is None:
        return render(request, "incidents/incident_apart.html", apart.page(request.user, public_id))
    asked, whole = request.GET.get("as_at", ""), "story" in request.GET
    shown = reading.page(incident, request.user, asked=asked, whole_story=whole)
    return render(request, "incidents/incident_detail.html", shown)


@needs("incidents.read")
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The verification sheet, to print."""
    incident = get_object_or_404(
        Incident.objects.visible_to(request.user).select_related("place"), public_id=public_id
    )
    return render(request, "incidents/incident_sheet.html", reading.sheet(incident, request.user))


@needs("incidents.restricted")
def attachment(request: HttpRequest, public_id: UUID, attachment_id: UUID) -> Any:
    """A file of an incident, a photograph without its place; `?original` as it came. Each download is on record."""
    held = Attachment.objects.visible_to(request.user).standing().select_related("incident")
    found = get_object_or_404(held, public_id=attachment_id, incident__public_id=public_id)
    if not may(request.user, "incidents.restricted", found.incident.region):
        raise Http404
    try:
        return serving.hand_out(found, by=request.user, original="original" in request.GET)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("incidents:detail", public_id)
