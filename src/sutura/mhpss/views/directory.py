"""The directory, the poster and the pocket card of a region, made to be printed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sutura.access.rules import may
from sutura.access.views import needs
from sutura.mhpss.pages import directory as pages
from sutura.mhpss.pages import handouts
from sutura.mhpss.querysets import READ
from sutura.places.resolver import Register


@needs(READ)
def directory(request: HttpRequest) -> HttpResponse:
    """Whom one can call in a region: for members, or for the public."""
    return render(request, "mhpss/directory.html", pages.directory(request.user, request.GET))


@needs(READ)
def poster(request: HttpRequest, region: str) -> HttpResponse:
    """Where to send somebody, by level of distress, on one page for the wall."""
    return render(request, "mhpss/poster.html", handouts.poster(request.user, _region(request, region)))


@needs(READ)
def card(request: HttpRequest, region: str) -> HttpResponse:
    """The same to fold and carry."""
    return render(request, "mhpss/card.html", handouts.card(request.user, _region(request, region)))


def _region(request: HttpRequest, code: str) -> str:
    """The region of an address, if its map may be read."""
    unit = Register.current().by_code.get(code.upper())
    if unit is None or unit.code != unit.region or not may(request.user, READ, unit.code):
        raise Http404
    return str(unit.code)
