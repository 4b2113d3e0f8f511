"""Indicators and their definitions."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.indicators.asking import asked
from sutura.indicators.forms.definitions import DefinitionForm, IndicatorForm
from sutura.indicators.models import Indicator
from sutura.indicators.pages import definitions as pages
from sutura.indicators.querysets import READ, WRITE
from sutura.indicators.services import definitions as services

LIST = "indicators:list"


@needs(READ)
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every indicator, by aim."""
    return render(request, "indicators/indicator_list.html", pages.indicator_list(request.user, request.GET))


@needs(READ)
def indicator(request: HttpRequest, public_id: str) -> HttpResponse:
    """One indicator."""
    page = pages.indicator_page(request.user, _indicator(request, public_id), request.GET)
    return render(request, "indicators/indicator_detail.html", page)


@needs(READ)
def records(request: HttpRequest, public_id: str) -> HttpResponse:
    """The records behind a figure."""
    page = pages.records_page(request.user, _indicator(request, public_id), request.GET)
    return render(request, "indicators/records.html", page)


@needs(WRITE)
def indicator_new(request: HttpRequest) -> HttpResponse:
    """A new indicator."""
    form = IndicatorForm(typed(request), by=request.user)
    return asked(request, form, services.add_indicator, title=_("New indicator"), list=LIST)


@needs(WRITE)
def indicator_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """The next version of a definition."""
    found = _indicator(request, public_id)
    form = DefinitionForm(typed(request), by=request.user, initial=pages.said_of(found))
    text = _(
        "This makes the next version. Bulletins frozen and reports accepted before keep the one they were made by."
    )
    act = partial(services.redefine, indicator=found)
    return asked(request, form, act, title=_("Change the definition"), back=found, text=text)


@needs(WRITE)
def indicator_retire(request: HttpRequest, public_id: str) -> HttpResponse:
    """It is no longer followed."""
    found = _indicator(request, public_id)
    text = _("It leaves the list and is asked for no more. Its values and its frozen figures stay.")
    act = partial(services.retire, indicator=found)
    form = forms.Form(typed(request))
    return asked(
        request, form, act, title=_("Follow it no longer"), back=found, text=text, verb=_("Retire it")
    )


def _indicator(request: HttpRequest, public_id: str) -> Indicator:
    return get_object_or_404(Indicator.objects.visible_to(request.user), public_id=public_id)
