"""The directory and the poster of a region, made to be printed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sutura.access.rules import may
from sutura.access.views import needs
from sutura.mhpss.pages import directory as pages
from sutura.mhpss.querysets import READ
from sutura.places.resolver import Register


@needs(READ)
def directory(request: HttpRequest) -> HttpResponse:
    """Whom one can call in a region: for members, or for the public."""
    return render(request, "mhpss/directory.html", pages.directory(request.user, request.GET))


@needs(READ)
def poster(request: HttpRequest, region: str) -> HttpResponse:
    """Where to send somebody, by level of distress, on one page for the wall."""
    unit = Register.current().by_code.get(region.upper())
    if unit is None or unit.code != unit.region or not may(request.user, READ, unit.code):
        raise Http404
    return render(request, "mhpss/poster.html", pages.poster(request.user, unit.code))
