"""Trainings: counts for whoever follows a region, names and acts for whoever manages it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.capacity.asking import asked
from sutura.capacity.forms.training import (
    CertifyForm,
    ChangeCohortForm,
    CodeForm,
    CohortForm,
    EnrolmentForm,
    LeaveForm,
    MarkForm,
    ModuleForm,
    PathwayForm,
    RevokeForm,
    SessionForm,
    TestForm,
)
from sutura.capacity.models import Cohort, Enrolment, Module, Pathway, Session
from sutura.capacity.pages import figures, training
from sutura.capacity.querysets import MANAGE, READ, EnrolmentQuerySet
from sutura.capacity.services import catalogue, results
from sutura.capacity.services import training as services
from sutura.security.links import let

TRIED = "20/5m/ip"  # codes of certificates, by network


@needs(READ)
def home(request: HttpRequest) -> HttpResponse:
    """The three figures, and what was counted before them."""
    return render(request, "capacity/home.html", figures.overview(request.user, request.GET))


@needs(READ)
def cohorts(request: HttpRequest) -> HttpResponse:
    """Cohorts, the latest first."""
    return render(request, "capacity/cohort_list.html", figures.cohorts(request.user, request.GET))


@needs(READ)
def sessions(request: HttpRequest) -> HttpResponse:
    """Sessions with the half-days attended."""
    return render(request, "capacity/session_list.html", figures.sessions(request.user, request.GET))


@needs(READ)
def modules(request: HttpRequest) -> HttpResponse:
    """What is taught."""
    page = training.catalogue(request.user) | {"tabs": figures.tabs(request.user, "modules")}
    return render(request, "capacity/module_list.html", page)


@needs(READ)
def module(request: HttpRequest, public_id: str) -> HttpResponse:
    """One version of a module."""
    found = get_object_or_404(Module.objects.visible_to(request.user), public_id=public_id)
    return render(request, "capacity/module_detail.html", {"module": found})


@needs(READ)
def pathway(request: HttpRequest, public_id: str) -> HttpResponse:
    """One version of a pathway, and what completes it."""
    found = get_object_or_404(Pathway.objects.visible_to(request.user), public_id=public_id)
    steps = found.steps.select_related("module")
    return render(request, "capacity/pathway_detail.html", {"pathway": found, "steps": steps})


@needs(MANAGE)
def module_new(request: HttpRequest) -> HttpResponse:
    """A module, or its next version."""
    form = ModuleForm(typed(request))
    return asked(request, form, catalogue.add_module, title=_("New module"), list="capacity:modules")


@needs(MANAGE)
def pathway_new(request: HttpRequest) -> HttpResponse:
    """A pathway, or its next version."""
    form = PathwayForm(typed(request), by=request.user)
    return asked(request, form, catalogue.add_pathway, title=_("New pathway"), list="capacity:modules")


@needs(READ)
def cohort(request: HttpRequest, public_id: str) -> HttpResponse:
    """One cohort."""
    page = training.cohort_page(request.user, _cohort(request, public_id))
    return render(request, "capacity/cohort_detail.html", page)


@needs(MANAGE)
def cohort_new(request: HttpRequest) -> HttpResponse:
    """A new cohort."""
    form = CohortForm(typed(request), by=request.user)
    return asked(request, form, services.open_cohort, title=_("New cohort"), list="capacity:cohorts")


@needs(MANAGE)
def cohort_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """More places, a later end, another room."""
    found = _cohort(request, public_id)
    begun = {name: getattr(found, name) for name in ("capacity", "ends_on", "place", "criteria")}
    form = ChangeCohortForm(typed(request), initial=begun)
    act = partial(services.change_cohort, cohort=found)
    return asked(request, form, act, title=_("Change this cohort"), back=found)


@needs(MANAGE)
def session_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """A session of a cohort."""
    found = _cohort(request, public_id)
    form = SessionForm(typed(request), by=request.user, pathway=found.pathway)
    title = _("New session")
    return asked(request, form, partial(services.add_session, cohort=found), title=title, back=found)


@needs(MANAGE)
def enrol(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody joins a cohort."""
    found = _cohort(request, public_id)
    form = EnrolmentForm(typed(request), by=request.user)
    title = _("Enrol somebody")
    return asked(request, form, partial(services.enrol, cohort=found), to=found, title=title, back=found)


@needs(READ)
def session(request: HttpRequest, public_id: str) -> HttpResponse:
    """One session, and the sheet of who was there."""
    sessions = Session.objects.visible_to(request.user).select_related("cohort__pathway", "module")
    found: Session = get_object_or_404(sessions, public_id=public_id)
    page = training.session_page(request.user, found, typed(request))
    act = services.note_attendance
    if done(page["form"], lambda said: act(session=found, by=request.user, **said)):
        return redirect(found.cohort)
    status = 422 if page["form"].is_bound else 200
    return render(request, "capacity/session_detail.html", page, status=status)


@needs(MANAGE)
def enrolment(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person in one cohort."""
    page = training.enrolment_page(request.user, _enrolment(request, public_id))
    return render(request, "capacity/enrolment_detail.html", page)


@needs(MANAGE)
def test_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """The result of a test."""
    found = _enrolment(request, public_id)
    return _asked_of(request, found, TestForm(typed(request)), results.note_test, _("Note a test"))


@needs(MANAGE)
def mark_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """A competency, as it was shown."""
    found = _enrolment(request, public_id)
    form = MarkForm(typed(request), pathway=found.cohort.pathway)
    return _asked_of(request, found, form, results.note_mark, _("Note a competency"))


@needs(MANAGE)
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody leaves a cohort."""
    found = _enrolment(request, public_id)
    return _asked_of(request, found, LeaveForm(typed(request)), services.leave, _("Leaves the cohort"))


@needs(MANAGE)
def certify(request: HttpRequest, public_id: str) -> HttpResponse:
    """A certificate."""
    found = _enrolment(request, public_id)
    return _asked_of(request, found, CertifyForm(typed(request)), results.certify, _("Issue the certificate"))


@needs(MANAGE)
def certificate(request: HttpRequest, public_id: str) -> HttpResponse:
    """The certificate as it is printed, with its code and where that is checked."""
    found = get_object_or_404(
        _enrolments(request).filter(certificate__isnull=False, certificate__revoked_on=None),
        public_id=public_id,
    )
    page = training.certificate_page(found) | {
        "address": request.build_absolute_uri(reverse("capacity:verify"))
    }
    return render(request, "capacity/certificate.html", page)


@needs(MANAGE)
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """A certificate no longer stands."""
    found = get_object_or_404(_enrolments(request).filter(certificate__isnull=False), public_id=public_id)
    form = RevokeForm(typed(request))
    return _asked_of(request, found, form, results.revoke, _("Revoke the certificate"))


@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a certificate stands: for anybody who holds its code."""
    form = CodeForm(request.GET or None)
    text = form.cleaned_data["code"] if form.is_valid() else ""
    if text and not let(request, "capacity.verify", rates=TRIED, readings=True):
        return render(request, "capacity/verify.html", {"form": form, "too_many": True}, status=429)
    return render(request, "capacity/verify.html", {"form": form, **training.checked(text)})


def _cohort(request: HttpRequest, public_id: str) -> Cohort:
    found = Cohort.objects.visible_to(request.user).select_related("pathway", "organiser", "funder")
    return get_object_or_404(found, public_id=public_id)


def _enrolments(request: HttpRequest) -> EnrolmentQuerySet:
    return Enrolment.objects.visible_to(request.user).select_related(
        "cohort__pathway", "professional", "certificate"
    )


def _enrolment(request: HttpRequest, public_id: str) -> Enrolment:
    found: Enrolment = get_object_or_404(_enrolments(request), public_id=public_id)
    return found


def _asked_of(
    request: HttpRequest, found: Enrolment, form: forms.Form, act: Callable[..., Any], title: object
) -> HttpResponse:
    """A form about one enrolment, and back to it."""
    name = training.called(request.user, found.professional)
    return asked(
        request, form, partial(act, enrolment=found), to=found, title=title, back=found, back_label=name
    )
