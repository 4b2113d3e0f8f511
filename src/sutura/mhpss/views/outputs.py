"""What the map gives out: the bulletin of changes, the trend, the themes, and files for other systems."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sutura.access.views import needs
from sutura.mhpss import papers
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.pages import changes as pages
from sutura.mhpss.pages.gaps import themes
from sutura.mhpss.pages.matrix import REFORM
from sutura.mhpss.pages.services import filter_for
from sutura.mhpss.pages.taking import taking
from sutura.mhpss.pages.trend import trend
from sutura.mhpss.querysets import READ
from sutura.security.downloads import as_download
from sutura.ui.wording import language

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "services.xlsx"),
    "csv": ("text/csv; charset=utf-8", "services.csv"),
    "geojson": ("application/geo+json", "services.geojson"),
    "hsds": ("application/json", "services-hsds.json"),
}


@needs(READ)
def themes_page(request: HttpRequest) -> HttpResponse:
    """Which region has anybody for which theme."""
    return render(request, "mhpss/themes.html", themes(request.user, request.GET))


@needs(READ)
def trend_page(request: HttpRequest) -> HttpResponse:
    """Services of each layer, month after month."""
    return render(request, "mhpss/trend.html", trend(request.user, request.GET))


@needs(READ)
def changes_page(request: HttpRequest) -> HttpResponse:
    """What changed on the map since a day."""
    page = pages.bulletin(request.user, request.GET)
    return render(request, "mhpss/changes.html", page, status=422 if page["form"].errors else 200)


@needs(READ)
def changes_file(request: HttpRequest) -> HttpResponse:
    """The same as a Word document."""
    content = papers.bulletin(pages.bulletin(request.user, request.GET), by=request.user)
    return as_download(HttpResponse(content, content_type=DOCX), "services-bulletin.docx")


@needs(READ)
def take(request: HttpRequest) -> HttpResponse:
    """The files that the map gives out."""
    return render(request, "mhpss/take.html", taking(request.user, request.GET))


@needs(READ)
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """One of these files."""
    if kind not in TYPES:
        raise Http404
    asked = filter_for(request.user, request.GET, Catalogue())
    said: dict[str, Any] = {"by": request.user, "kind": kind, "language": language()}
    reform = asked.in_force.get("regions") == REFORM
    if kind in papers.PUBLIC:
        content = papers.public(**said, reform=reform, region=asked.in_force.get("region", ""))
    else:
        content = papers.sheet(**said, reform=reform, wanted=asked.narrowing)
    mime, name = TYPES[kind]
    return as_download(HttpResponse(content, content_type=mime), name)
