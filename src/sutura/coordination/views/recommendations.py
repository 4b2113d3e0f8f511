"""The board, a recommendation with its acts, its sheets, and the files that prove it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination import sheets
from sutura.coordination.following_acts import ACTS, form_for
from sutura.coordination.forms.recommendations import (
    ChangeRecommendationForm,
    NewRecommendationForm,
    VoidForm,
)
from sutura.coordination.models import Body, Evidence, Recommendation
from sutura.coordination.pages import recommendations as pages
from sutura.coordination.pages.board import Board
from sutura.coordination.pages.implementation import figures
from sutura.coordination.services import recommendations as services
from sutura.coordination.services import reports
from sutura.coordination.serving import hand_out


@needs("coordination.read")
def board(request: HttpRequest) -> HttpResponse:
    """How many stand where, and the rows behind each number; the filters live in the address."""
    return render(request, "coordination/recommendation_board.html", Board(request.user, request.GET).page())


@needs("coordination.read")
def implementation(request: HttpRequest) -> HttpResponse:
    """How far recommendations are carried out, by body and by kind of organisation."""
    return render(request, "coordination/recommendation_figures.html", figures(request.user))


@needs("coordination.read")
def recommendation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One recommendation: facts, evidence, story, and what this person may do."""
    return _detail(request, _found(request, public_id))


@needs("coordination.manage")
def recommendation_new(request: HttpRequest) -> HttpResponse:
    """Write down what a body asks of an organisation, and adopt it at once if it has."""
    given = pages.lists(request.user) | {
        "bodies": Body.objects.visible_to(request.user).kept_by(request.user)
    }
    form = NewRecommendationForm(typed(request), initial=pages.initial(request.GET), **given)
    made: list[Recommendation] = []
    if done(form, lambda said: made.append(services.write_down(by=request.user, **said))):
        return redirect(made[0])
    return _form(request, form, None)


@needs("coordination.manage")
def recommendation_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct the words; the old ones stay in its story."""
    found = _found(request, public_id)
    form = ChangeRecommendationForm(
        typed(request), initial=pages.as_typed(found), **pages.lists(request.user)
    )
    change = services.change_recommendation
    if done(form, lambda said: change(recommendation=found, by=request.user, **said)):
        return redirect(found)
    return _form(request, form, found)


@require_POST
@needs("coordination.read")
def recommendation_act(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """One act; a mistake comes back with everything typed."""
    found = _found(request, public_id)
    act = ACTS.get(name)
    if act is None:
        raise Http404
    form = form_for(act, found, request.POST, request.FILES)
    if done(form, lambda said: act.service(recommendation=found, by=request.user, **said)):
        messages.success(request, str(act.done))
        return redirect(found)
    found.refresh_from_db()
    return _detail(request, found, act.name, form)


@require_POST
@needs("coordination.manage")
def link_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """The link opens nothing any more."""
    found = _found(request, public_id)
    reports.withdraw_link(recommendation=found, by=request.user)
    return redirect(found)


@needs("coordination.read")
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the responsible organisation takes away on paper, for one recommendation."""
    found = _found(request, public_id)
    return render(request, "coordination/recommendation_sheet.html", sheets.of_one(request, found))


@needs("coordination.read")
def organisation_sheet(request: HttpRequest, public_id: str, organisation_id: str) -> HttpResponse:
    """The same for everything that an organisation owes a body."""
    body = get_object_or_404(Body.objects.visible_to(request.user), public_id=public_id)
    shown = sheets.of_organisation(request, body, organisation_id)
    return render(request, "coordination/recommendation_sheet.html", shown)


@needs("coordination.read")
def evidence_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file that proves something, as a download."""
    line = get_object_or_404(Evidence.objects.visible_to(request.user).standing(), public_id=public_id)
    return hand_out(line, by=request.user)


@needs("coordination.manage")
def evidence_void(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a line that proves nothing, with the reason."""
    lines = Evidence.objects.visible_to(request.user).standing().select_related("recommendation__body")
    line = get_object_or_404(lines, public_id=public_id)
    form = VoidForm(typed(request))
    if done(form, lambda said: reports.void_evidence(evidence=line, by=request.user, **said)):
        return redirect(line.recommendation)
    shown = pages.void_page(line) | {"form": form}
    return render(request, "ui/confirm.html", shown, status=422 if form.is_bound else 200)


def _found(request: HttpRequest, public_id: str) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user)
    rows = rows.select_related(
        "body", "responsible", "theme", "need", "event", "paragraph__instrument", "successor", "verifier"
    )
    return get_object_or_404(rows, public_id=public_id)


def _detail(request: HttpRequest, found: Recommendation, name: str = "", form: Any = None) -> HttpResponse:
    """The page; with the form in which a mistake was made, where its act is still offered."""
    shown = pages.detail(request.user, found, bound={name: form} if form else {})
    if shown["link"]:
        shown["link_address"] = sheets.address_of(request, shown["link"])
    status = 422 if form else 200
    return render(request, "coordination/recommendation_detail.html", shown | {"wrong": form}, status=status)


def _form(request: HttpRequest, form: Any, found: Recommendation | None) -> HttpResponse:
    shown = {"form": form, "recommendation": found}
    status = 422 if form.is_bound else 200
    return render(request, "coordination/recommendation_form.html", shown, status=status)
