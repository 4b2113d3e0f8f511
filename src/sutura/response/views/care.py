"""Needs and where they began, feedback, the printed form, and the children who received a response."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import typed
from sutura.access.rules import scope
from sutura.access.views import needs
from sutura.alerts.models import Alert
from sutura.incidents.models import Incident, Victim, Violation
from sutura.response import printing
from sutura.response.asking import asked
from sutura.response.forms.care import (
    AlertForm,
    DoubleForm,
    EndNeedForm,
    FeedbackForm,
    NeedsForm,
    VictimForm,
)
from sutura.response.models import Docket, FlaggedNeed, Referral
from sutura.response.pages import care as pages
from sutura.response.pages.referrals import packet_of
from sutura.response.querysets import KEEP, READ
from sutura.response.services import needs as services
from sutura.response.services.referrals import note_feedback, withdraw_all


@needs(KEEP)
def from_violation(request: HttpRequest, public_id: str) -> HttpResponse:
    """The victims of a violation, by code: who may be referred, and why not the others."""
    rows = Violation.objects.visible_to(request.user).counting().select_related("incident")
    read = Incident.objects.visible_to(request.user)
    # Whoever reads it elsewhere by another right follows no child there.
    rows = rows.filter(scope(request.user, KEEP), incident__in=read)
    found = get_object_or_404(rows, public_id=public_id)
    return render(request, "response/from_violation.html", pages.of_violation(request.user, found))


@needs(KEEP)
def from_victim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Flag what a victim needs: its docket opens, or goes on."""
    rows = Victim.objects.visible_to(request.user).standing().select_related("incident")
    near = rows.filter(scope(request.user, KEEP, "incident__region"))
    victim = get_object_or_404(near, public_id=public_id)
    form = VictimForm(typed(request), by=request.user, initial={"sex": victim.sex, "age": victim.age})
    act = partial(services.begin_from_victim, victim=victim)
    text = _(
        "The docket has a code of its own and says nothing of the incident. The incident never says that it exists."
    )
    return asked(request, form, act, title=_("Needs of a victim"), text=text, **_up(victim.incident))


@needs(KEEP)
def from_alert(request: HttpRequest, public_id: str) -> HttpResponse:
    """Flag what a child of an alert needs, on a consent asked for it."""
    rows = Alert.objects.visible_to(request.user).readable_by(request.user).reports().select_related("place")
    alert = get_object_or_404(rows.filter(scope(request.user, KEEP)), public_id=public_id)
    page = pages.of_alert(request.user, alert)
    form = AlertForm(typed(request), by=request.user, initial=page["initial"])
    act = partial(services.begin_from_alert, alert=alert)
    text = _("One child at a time. Ask the child or a carer first: without their consent nothing begins.")
    return asked(
        request,
        form,
        act,
        title=_("Needs of a child of this alert"),
        text=text,
        back=alert,
        begun=page["begun"],
    )


@needs(KEEP)
def needs_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Flag what a child followed needs."""
    found = _docket(request, public_id)
    act = partial(services.flag_needs, docket=found)
    return asked(request, NeedsForm(typed(request)), act, title=_("Flag needs"), back=found)


@needs(KEEP)
def need_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """A need is no longer flagged."""
    rows = FlaggedNeed.objects.visible_to(request.user).flagged().select_related("docket")
    found = get_object_or_404(rows, public_id=public_id)
    act = partial(services.end_need, need=found)
    title = _("No longer needed: %(need)s") % {"need": found.get_need_display()}
    return asked(request, EndNeedForm(typed(request)), act, to=found.docket, title=title, back=found.docket)


@needs(KEEP)
def double(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two dockets are of one child."""
    found = _docket(request, public_id)
    now = getattr(found, "double", None)
    form = DoubleForm(typed(request), by=request.user, initial={"into": now.into if now else ""})
    text = _(
        "The child is counted once. Both dockets stay to be read; note what happens in the one that is kept on."
    )
    act = partial(services.note_double, docket=found)
    return asked(request, form, act, title=_("The same child as another docket"), text=text, back=found)


@require_POST
@needs(KEEP)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """They agree to nothing any more."""
    return redirect(withdraw_all(docket=_docket(request, public_id), by=request.user))


@needs(KEEP)
def feedback_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the child or a carer says of a service."""
    found = _referral(request, public_id)
    act = partial(note_feedback, referral=found)
    return asked(request, FeedbackForm(typed(request)), act, to=found, title=_("Feedback"), back=found)


@needs(READ)
def form_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form filled with what its receiver may read today, to print."""
    found = _referral(request, public_id)
    packet = packet_of(found)
    return printing.page(request, packet, back=found) if packet else redirect(found)


@needs(READ)
def form_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as PDF."""
    found = _referral(request, public_id)
    packet = packet_of(found)
    return printing.pdf(request, packet, of=found) if packet else redirect(found)


@needs(READ)
def blank(request: HttpRequest) -> HttpResponse:
    """The blank form."""
    return printing.page(request, {})


@needs(READ)
def blank_pdf(request: HttpRequest) -> HttpResponse:
    """The blank form as PDF."""
    return printing.pdf(request, {})


@needs(READ)
def served(request: HttpRequest) -> HttpResponse:
    """The children who received a response, each once."""
    return render(request, "response/served.html", pages.served(request.user, request.GET))


def _up(incident: Incident) -> dict[str, Any]:
    return {"back_url": reverse("incidents:detail", args=[incident.public_id]), "back_label": incident.ref}


def _docket(request: HttpRequest, public_id: str) -> Docket:
    rows: Any = Docket.objects.visible_to(request.user).select_related("double__into")
    return get_object_or_404(rows, public_id=public_id)


def _referral(request: HttpRequest, public_id: str) -> Referral:
    rows = Referral.objects.visible_to(request.user).select_related(
        "docket__party", "consent__organisation", "consent__docket", "service__organisation", "feedback"
    )
    return get_object_or_404(rows, public_id=public_id)
