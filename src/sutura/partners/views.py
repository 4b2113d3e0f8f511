"""Organisations, projects and visits: read by whoever coordinates, kept by whoever may."""

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
from sutura.partners.forms import (
    ChangeOrganisationForm,
    ConsortiumForm,
    FollowUpForm,
    OrganisationFilter,
    OrganisationForm,
    ProjectForm,
    VisitForm,
)
from sutura.partners.models import Organisation, Project, Visit
from sutura.partners.querysets import KEEPERS, READERS


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
    page["visits"] = any(may(request.user, name) for name in KEEPERS)
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
        "projects": Project.objects.visible_to(request.user).of(organisation),
        "visits": Visit.objects.visible_to(request.user).filter(organisation=organisation),
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
    return _form(request, form, title=_("Change this organisation"), back=organisation)


@needs("partners.manage")
def consortium(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which organisations make up a consortium."""
    found = _one(request, public_id)
    others = _choices(request)["organisations"].exclude(pk=found.pk)
    members = [str(place.organisation.public_id) for place in found.places.select_related("organisation")]
    form = ConsortiumForm(typed(request), initial={"organisations": members}, organisations=others)
    if done(form, lambda said: services.set_consortium(consortium=found, by=request.user, **said)):
        return redirect(found)
    return _form(request, form, title=_("Who makes up this consortium"), back=found)


@needs(*READERS)
def project_list(request: HttpRequest) -> HttpResponse:
    """Projects that partners carry out, those under way first."""
    return render(request, "partners/project_list.html", pages.projects(request.user, request.GET))


@needs(*READERS)
def project(request: HttpRequest, public_id: str) -> HttpResponse:
    """One project."""
    page = pages.project_page(request.user, _project(request, public_id))
    return render(request, "partners/project_detail.html", page)


@needs("partners.manage")
def project_new(request: HttpRequest) -> HttpResponse:
    """A new project."""
    form = ProjectForm(typed(request), **_choices(request))
    made: list[Project] = []
    if done(form, lambda said: made.append(services.add_project(by=request.user, **said))):
        return redirect(made[0])
    return _form(request, form, title=_("New project"), list="partners:projects")


@needs("partners.manage")
def project_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what is said of a project; the old version stays."""
    found = _project(request, public_id)
    form = ProjectForm(typed(request), initial=pages.said_of(found), **_choices(request))
    if done(form, lambda said: services.change_project(project=found, by=request.user, **said)):
        return redirect(found)
    return _form(request, form, title=_("Change this project"), back=found)


@needs(*KEEPERS)
def visit_list(request: HttpRequest) -> HttpResponse:
    """Visits of technical support: those whose follow-up is owed first."""
    return render(request, "partners/visit_list.html", pages.visits(request.user, request.GET))


@needs("partners.manage")
def visit_new(request: HttpRequest) -> HttpResponse:
    """A visit took place."""
    form = VisitForm(typed(request), **(_choices(request) | {"regions": pages.places_of(request.user)}))
    made: list[Visit] = []
    if done(form, lambda said: made.append(services.note_visit(by=request.user, **said))):
        return redirect(made[0])
    return _form(request, form, title=_("Note a visit"), list="partners:visits")


@needs(*KEEPERS)
def visit(request: HttpRequest, public_id: str) -> HttpResponse:
    """One visit, and what followed it."""
    visits = Visit.objects.visible_to(request.user).select_related("organisation")
    found: Any = get_object_or_404(visits, public_id=public_id)
    form = FollowUpForm(typed(request))
    if done(form, lambda said: services.follow_up(visit=found, by=request.user, **said)):
        return redirect(found)
    page = pages.visit_page(request.user, found) | {"form": form}
    return render(request, "partners/visit_detail.html", page, status=422 if form.is_bound else 200)


def _project(request: HttpRequest, public_id: str) -> Project:
    found = Project.objects.visible_to(request.user).select_related("lead", "funder")
    return get_object_or_404(found, public_id=public_id)


def _one(request: HttpRequest, public_id: str) -> Organisation:
    found = Organisation.objects.visible_to(request.user).select_related("parent")
    return get_object_or_404(found, public_id=public_id)


def _choices(request: HttpRequest) -> dict[str, Any]:
    return {
        "organisations": Organisation.objects.visible_to(request.user).in_use(),
        "regions": pages.regions_of(request.user),
    }


def _form(request: HttpRequest, form: forms.Form, **page: Any) -> HttpResponse:
    shown = {"form": form, "list": "partners:list", **page}
    return render(request, "partners/organisation_form.html", shown, status=422 if form.is_bound else 200)
