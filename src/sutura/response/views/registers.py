"""Counts, time limits, places of detention and centres."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.response.asking import asked
from sutura.response.forms.dockets import LimitsForm, SiteForm
from sutura.response.models import Site
from sutura.response.pages import indicators as figures
from sutura.response.pages import registers as pages
from sutura.response.pages.counts import counts as counted
from sutura.response.querysets import COUNTS, KEEP, READ
from sutura.response.services.limits import set_limits
from sutura.response.services.sites import add_site, close_site


@needs(COUNTS)
def counts(request: HttpRequest) -> HttpResponse:
    """How many children stand where."""
    return render(request, "response/counts.html", counted(request.user))


@needs(READ)
def indicators(request: HttpRequest) -> HttpResponse:
    """The indicators, and the way home as a picture."""
    return render(request, "response/indicators.html", figures.overview(request.user, request.GET))


@needs(READ)
def indicator(request: HttpRequest, name: str) -> HttpResponse:
    """The children of one indicator, each with what it says."""
    page = figures.records(request.user, name, request.GET)
    if page is None:
        raise Http404
    return render(request, "response/indicator_records.html", page)


@needs(READ)
def limits(request: HttpRequest) -> HttpResponse:
    """The limits in force and before, each with its source."""
    return render(request, "response/limits.html", pages.limits(request.user))


@needs(KEEP)
def limits_new(request: HttpRequest) -> HttpResponse:
    """New limits, for encounters to come."""
    form = LimitsForm(typed(request), initial=pages.last_said(request.user))
    text = _("They hold for encounters from a day to come: clocks that run keep the limits of their day.")
    return asked(
        request,
        form,
        set_limits,
        to="response:limits",
        title=_("New limits"),
        text=text,
        list="response:limits",
    )


@needs(READ)
def sites(request: HttpRequest) -> HttpResponse:
    """Places of detention and centres."""
    return render(request, "response/site_list.html", pages.sites(request.user))


@needs(KEEP)
def site_new(request: HttpRequest) -> HttpResponse:
    """A further place."""
    title = _("New place of detention or centre")
    return asked(
        request, SiteForm(typed(request)), add_site, to="response:sites", title=title, list="response:sites"
    )


@require_POST
@needs(KEEP)
def site_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """It no longer works."""
    site = get_object_or_404(Site.objects.visible_to(request.user), public_id=public_id)
    close_site(site=site, by=request.user)
    return redirect("response:sites")
