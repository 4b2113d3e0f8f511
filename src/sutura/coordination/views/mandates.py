"""Done against target, and the days of mandates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination.asking import form_page
from sutura.coordination.forms.mandates import ChangeMandateForm, MandateForm, ProgrammeForm, StintForm
from sutura.coordination.models import Body, Event, Mandate, Stint
from sutura.coordination.pages import mandates as pages
from sutura.coordination.pages.bodies import now
from sutura.coordination.services import mandates as services


@needs("coordination.read")
def target_list(request: HttpRequest) -> HttpResponse:
    """What was done against what each body set out to hold."""
    return render(request, "coordination/targets.html", pages.targets(request.user))


@needs("coordination.read")
def conferences(request: HttpRequest) -> HttpResponse:
    """Conferences beside what was set out: a page, or the part of one that the page of initial training asks for."""
    part = request.htmx  # type: ignore[attr-defined]
    template = "coordination/conference_rows.html" if part else "coordination/conference_list.html"
    return render(request, template, pages.conferences(request.user))


@needs("coordination.manage")
def target_set(request: HttpRequest) -> HttpResponse:
    """Say how much a body sets out to hold."""
    form = ProgrammeForm(typed(request), bodies=_bodies(request))
    if done(form, lambda said: services.set_programme(by=request.user, **said)):
        return redirect("coordination:targets")
    back = {"list": reverse("coordination:targets"), "list_label": _("Done against target")}
    return form_page(request, form, title=_("Targets of a body"), verb=_("Keep these targets"), **back)


@needs("coordination.read")
def mandate_list(request: HttpRequest) -> HttpResponse:
    """The days of mandates: used, left, and the rhythm that spends them."""
    return render(request, "coordination/mandate_list.html", pages.mandates(request.user))


@needs("coordination.manage")
def mandate_new(request: HttpRequest) -> HttpResponse:
    """Somebody works for a body so many days."""
    form = MandateForm(typed(request), bodies=_bodies(request))
    made: list[Mandate] = []
    if done(form, lambda said: made.append(services.open_mandate(by=request.user, **said))):
        return redirect(made[0])
    back = {"list": reverse("coordination:mandates"), "list_label": _("Days of mandates")}
    return form_page(request, form, title=_("New mandate"), verb=_("Open this mandate"), **back)


@needs("coordination.read")
def mandate(request: HttpRequest, public_id: str) -> HttpResponse:
    """One mandate and every day noted; whoever works under it notes them here."""
    found = _mandate(request, public_id)
    events = Event.objects.visible_to(request.user).of_body(found.body)
    form = StintForm(typed(request), events=events)
    if done(form, lambda said: services.note_days(mandate=found, by=request.user, **said)):
        return redirect(found)
    page = pages.mandate_page(request.user, found) | {"form": form}
    return render(request, "coordination/mandate_detail.html", page, status=422 if form.is_bound else 200)


@needs("coordination.manage")
def mandate_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """More days, or a later end."""
    found = _mandate(request, public_id)
    form = ChangeMandateForm(typed(request), initial=now(found, ChangeMandateForm))
    if done(form, lambda said: services.change_mandate(mandate=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=_("Change this mandate"), back=found)


@require_POST
@needs("coordination.read")
def stint_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Days noted by mistake."""
    stints = Stint.objects.visible_to(request.user).select_related("mandate__body")
    found: Any = get_object_or_404(stints, public_id=public_id)
    services.drop_days(stint=found, by=request.user)
    return redirect(found.mandate)


def _bodies(request: HttpRequest) -> Any:
    return Body.objects.visible_to(request.user).kept_by(request.user).working()


def _mandate(request: HttpRequest, public_id: str) -> Mandate:
    rows = Mandate.objects.visible_to(request.user).select_related("body")
    return get_object_or_404(rows, public_id=public_id)
