"""The register of places: open to whoever is signed in, kept by the secretariat."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sutura.access.errors import DomainError
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.places import services
from sutura.places.forms import NameForm, UnitFilter
from sutura.places.models import Boundary, Facility, Unit
from sutura.places.pages import file_rows, found_rows, list_page

SHOWN = 50


def unit_list(request: HttpRequest) -> HttpResponse:
    """Regions of the geography asked for, with a map; or what a search finds, at every level."""
    form = UnitFilter(request.GET)
    units = Unit.objects.visible_to(request.user)
    words = form.words()
    if words:
        found = list(units.searched(words).select_related("parent__parent")[: SHOWN + 1])
        page = {"rows": found_rows(found[:SHOWN]), "more": len(found) > SHOWN}
    else:
        page = list_page(units, form.edition(), Boundary.objects.visible_to(request.user))
    return render(request, "places/unit_list.html", {"form": form, "words": words, **page})


def unit_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: its codes, names, both regions, what lies in it."""
    units = Unit.objects.visible_to(request.user)
    unit = get_object_or_404(units.select_related("parent__parent"), code=code)
    facilities = Facility.objects.visible_to(request.user).within(unit)
    page = {
        "unit": unit,
        "rows": file_rows(unit, units),
        "below": units.under(unit).order_by("code"),
        "facilities": facilities[:SHOWN],
        "facility_count": facilities.count(),
        "form": NameForm() if may(request.user, "places.manage") else None,
    }
    return render(request, "places/unit_detail.html", page)


@needs("places.manage")
@require_POST
def name_add(request: HttpRequest, code: str) -> HttpResponse:
    """Teach the register one more spelling of a unit."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            services.add_alias(unit=unit, text=form.cleaned_data["text"], by=request.user)
            return redirect(unit)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    return render(request, "places/name_form.html", {"unit": unit, "form": form}, status=422)
