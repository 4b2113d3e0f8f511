"""Read: the list, the file now or as at any moment, the verification sheet."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sutura.access.views import needs
from sutura.incidents import apart, pages, reading
from sutura.incidents.models import Incident


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
