"""Dockets: the worklist, one child by code, and its lines."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import typed
from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.people.stepup import fresh
from sutura.response.asking import asked
from sutura.response.choices import Kind
from sutura.response.forms.dockets import ChildForm, NewDocketForm
from sutura.response.forms.steps import (
    CorrectForm,
    EvidenceForm,
    StepForm,
    TakeBackForm,
    WhyForm,
    said_of,
)
from sutura.response.models import Docket, Evidence, Step
from sutura.response.pages import dockets as pages
from sutura.response.pages.worklist import worklist
from sutura.response.querysets import KEEP, READ
from sutura.response.services import dockets as services
from sutura.response.services.evidence import keep_evidence
from sutura.response.serving import hand_out
from sutura.vault.session import closed, to_unlock

HINTS: dict[str, Any] = {
    Kind.VISIT: _(
        "Of a visit kept here, note the child on the page of the visit: this line then comes by itself."
    )
}


@needs(READ)
def home(request: HttpRequest) -> HttpResponse:
    """The worklist."""
    return render(request, "response/worklist.html", worklist(request.user, request.GET))


@needs(READ)
def docket(request: HttpRequest, public_id: str) -> HttpResponse:
    """One child, by code."""
    return render(
        request, "response/docket_detail.html", pages.page(request.user, _docket(request, public_id))
    )


@needs(KEEP)
def docket_new(request: HttpRequest) -> HttpResponse:
    """A child met for the first time."""
    text = _("No name, no story: they stay in case management. Note the code on its sheet.")
    form = NewDocketForm(typed(request), by=request.user)
    return asked(
        request, form, services.open_docket, title=_("Open a docket"), text=text, list="response:home",
        button=_("Open the docket"),
    )  # fmt: skip


@needs(KEEP)
def docket_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what is known of the child."""
    found = _docket(request, public_id)
    known = {name: getattr(found, name) for name in services.ABOUT} | {
        "party": found.party and found.party.public_id
    }
    act = partial(services.change_docket, docket=found)
    return asked(
        request, ChildForm(typed(request), initial=known), act, title=_("About the child"), back=found
    )


@needs(KEEP)
def step_new(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Note what happened."""
    found = _docket(request, public_id)
    if kind not in Kind.values:
        raise Http404
    if kind == Kind.ADVOCACY:  # noted once, as an approach, which writes this line
        return redirect(f"{reverse('response:approach_new')}?docket={found.ref}")
    form = StepForm(typed(request), kind=kind, by=request.user, **pages.asks(found))
    act = partial(services.note_step, docket=found, kind=kind)
    return asked(request, form, act, to=found, title=Kind(kind).label, back=found, text=HINTS.get(kind, ""))


@needs(KEEP)
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct a line by a further one."""
    step = _step(request, public_id)
    form: Any = CorrectForm(
        typed(request), kind=step.kind, by=request.user, initial=said_of(step), **pages.asks(step.docket)
    )
    act = partial(services.correct_step, step=step)
    text = _("What was noted stays to be read; the new line takes its place in every clock.")
    title = _("Correct: %(kind)s") % {"kind": Kind(step.kind).label}
    drop = reverse("response:take_back", args=[step.public_id])
    return asked(request, form, act, to=step.docket, title=title, back=step.docket, text=text, drop_url=drop)


@needs(KEEP)
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a line back."""
    step = _step(request, public_id)
    act = partial(services.take_back_step, step=step)
    title = _("Take back: %(kind)s") % {"kind": Kind(step.kind).label}
    text = _(
        "Only for what did not happen, or not to this child. The line stays to be read, and holds no longer."
    )
    return asked(
        request, TakeBackForm(typed(request)), act, to=step.docket, title=title, back=step.docket, text=text,
        button=_("Take it back"),
    )  # fmt: skip


@needs(KEEP)
def evidence_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep a file with a line."""
    step = _step(request, public_id)
    posted = request.method == "POST"
    form = EvidenceForm(request.POST, request.FILES) if posted else EvidenceForm()
    act = partial(keep_evidence, step=step)
    title = _("A file for: %(kind)s") % {"kind": Kind(step.kind).label}
    return asked(request, form, act, to=step.docket, title=title, back=step.docket, files=True)


@needs(READ)
@fresh
def evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a sealed file, for a reason."""
    if closed(request):
        return to_unlock(request)
    found = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("docket"), public_id=public_id
    )
    form = WhyForm(typed(request))
    if form.is_bound and form.is_valid():
        try:
            return hand_out(found, by=request.user, reason=form.cleaned_data["why"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    shown = {"form": form, "title": found.get_paper_display(), "back": found.docket, "button": _("Open")}
    return render(request, "response/form.html", shown, status=422 if form.is_bound else 200)


def _docket(request: HttpRequest, public_id: str) -> Docket:
    return get_object_or_404(
        Docket.objects.visible_to(request.user).select_related("party"), public_id=public_id
    )


def _step(request: HttpRequest, public_id: str) -> Step:
    rows = (
        Step.objects.visible_to(request.user)
        .standing()
        .select_related("docket", "organisation", "place", "site")
    )
    return get_object_or_404(rows, public_id=public_id)
