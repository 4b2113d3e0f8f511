"""The directory of organisations: read by whoever coordinates, kept by whoever may."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import done, typed
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.partners import pages, services
from sutura.partners.forms import ChangeOrganisationForm, OrganisationFilter, OrganisationForm
from sutura.partners.models import Organisation
from sutura.partners.querysets import READERS


@needs(*READERS)
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Every organisation, or those that a search finds."""
    form = OrganisationFilter(request.GET)
    found = Organisation.objects.visible_to(request.user).select_related("parent")
    if form.is_valid():
        found = found.searched(form.cleaned_data["q"])
        if form.cleaned_data["kind"]:
            found = found.filter(kind=form.cleaned_data["kind"])
    page = {"form": form, "rows": pages.rows(found), "keeper": may(request.user, "partners.manage")}
    return render(request, "partners/organisation_list.html", page)


@needs(*READERS)
def organisation_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One organisation: what it is, what stands under it, who makes up a consortium."""
    organisation = _one(request, public_id)
    page = {
        "organisation": organisation,
        "rows": pages.file_rows(organisation),
        "services": organisation.services.visible_to(request.user),
        "made_of": [place.organisation for place in organisation.places.select_related("organisation")],
        "keeper": may(request.user, "partners.manage", organisation.region),
    }
    return render(request, "partners/organisation_detail.html", page)


@needs("partners.manage")
def organisation_new(request: HttpRequest) -> HttpResponse:
    """A new organisation."""
    form = OrganisationForm(typed(request), **_choices(request))
    made: list[Organisation] = []
    if done(form, lambda said: made.append(services.add_organisation(by=request.user, **said))):
        return redirect(made[0])
    return _form(request, form, title=_("New organisation"))


@needs("partners.manage")
def organisation_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what the directory says; the old version stays."""
    organisation = _one(request, public_id)
    initial = {
        name: getattr(organisation, name) for name in ChangeOrganisationForm.base_fields if name != "why"
    }
    initial["sectors"] = organisation.sectors.split()
    form = ChangeOrganisationForm(typed(request), initial=initial, **_choices(request))
    if done(
        form, lambda said: services.change_organisation(organisation=organisation, by=request.user, **said)
    ):
        return redirect(organisation)
    return _form(request, form, title=_("Change this organisation"), organisation=organisation)


def _one(request: HttpRequest, public_id: str) -> Organisation:
    found = Organisation.objects.visible_to(request.user).select_related("parent")
    return get_object_or_404(found, public_id=public_id)


def _choices(request: HttpRequest) -> dict[str, Any]:
    return {
        "organisations": Organisation.objects.visible_to(request.user).in_use(),
        "regions": pages.regions_of(request.user),
    }


def _form(request: HttpRequest, form: forms.Form, **page: Any) -> HttpResponse:
    shown = {"form": form, **page}
    return render(request, "partners/organisation_form.html", shown, status=422 if form.is_bound else 200)
