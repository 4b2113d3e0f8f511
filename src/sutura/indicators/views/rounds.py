"""Rounds and reports, and the page behind a link: open to whoever holds it, for one report."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.indicators.asking import asked
from sutura.indicators.forms.rounds import ExpectForm, ReportForm, RoundForm, WhyForm
from sutura.indicators.models import Report, Round
from sutura.indicators.pages import rounds as pages
from sutura.indicators.querysets import ACCEPT, READ, REPORT, WRITE
from sutura.indicators.services import reports as services
from sutura.indicators.services.rounds import expect, open_round
from sutura.indicators.tokens import link_of, token_of
from sutura.security.links import let

LIST = "indicators:rounds"


@needs(READ)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round."""
    return render(request, "indicators/round_list.html", pages.round_list(request.user))


@needs(READ)
def round_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One round: who owes what."""
    page = pages.round_page(request.user, _round(request, public_id))
    return render(request, "indicators/round_detail.html", page)


@needs(WRITE)
def round_new(request: HttpRequest) -> HttpResponse:
    """A body asks."""
    form = RoundForm(typed(request), by=request.user)
    return asked(request, form, open_round, title=_("New round of reports"), list=LIST)


@needs(WRITE)
def round_expect(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who owes a report."""
    kept = Round.objects.visible_to(request.user).kept_by(request.user)
    found = get_object_or_404(kept.select_related("body"), public_id=public_id)
    form = ExpectForm(typed(request), by=request.user)
    return asked(request, form, partial(expect, round=found), title=_("Who reports?"), back=found)


@needs(READ, REPORT)
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """One report."""
    page = pages.report_page(request.user, _report(request, public_id))
    return render(request, "indicators/report_detail.html", page)


@needs(REPORT)
def report_send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send what an organisation owes."""
    found = _report(request, public_id)
    form = _form(request, found)
    if done(form, lambda _typed: services.send_report(report=found, by=request.user, **form.said)):
        return redirect(found)
    page = {
        "form": form,
        "title": _("Send these numbers"),
        "verb": _("Send"),
        "back": found,
        "text": _words(found),
    }
    return render(request, "indicators/form.html", page, status=422 if form.is_bound else 200)


@needs(ACCEPT)
def report_accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """It is good: it counts."""
    found = _report(request, public_id)
    act = partial(services.accept, report=found)
    text = _("From now on its numbers count, and it is changed no more.")
    form = forms.Form(typed(request))
    return asked(request, form, act, title=_("Accept this report"), back=found, text=text, verb=_("Accept"))


@needs(ACCEPT)
def report_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """It goes back, with the reason."""
    found = _report(request, public_id)
    act = partial(services.send_back, report=found)
    return asked(
        request,
        WhyForm(typed(request)),
        act,
        title=_("Send this report back"),
        back=found,
        verb=_("Send this report back"),
    )


@require_POST
@needs(ACCEPT)
def report_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand out a link: it is shown once, to be sent by whoever asked for it."""
    found = _report(request, public_id)
    link = services.hand_out_link(report=found, by=request.user)
    url = request.build_absolute_uri(reverse("indicators:answer", args=[token_of(link)]))
    return render(request, "indicators/link.html", {"report": found, "url": url, "until": link.expires_at})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """An organisation without an account sends one report."""
    if request.method == "POST" and not let(request, "indicators.report", token):
        return _page(request, {"too_many": True}, 429)
    link = link_of(token)
    if link is None:
        raise Http404
    refusal = services.refusal_of(link, link.report)
    if refusal:
        return _page(request, {"refusal": services.LINK_REFUSALS[refusal]}, 410)
    form = _form(request, link.report)
    if done(form, lambda _typed: services.send_by_link(link=link, **form.said)):
        return _page(request, {"received": True}, 200)
    return _page(request, {"form": form, "report": link.report}, 422 if form.is_bound else 200)


def _page(request: HttpRequest, shown: dict[str, Any], status: int) -> HttpResponse:
    page = render(request, "indicators/answer.html", shown, status=status)
    # The address is the key: no search engine keeps it.
    page["X-Robots-Tag"] = "noindex, nofollow"
    return page


def _form(request: HttpRequest, report: Report) -> ReportForm:
    items = report.round.items.select_related("definition__indicator")
    return ReportForm(typed(request), asked=[item.definition for item in items], values=report.values.all())


def _words(report: Report) -> str:
    return f"{report.organisation} – {report.round}"


def _round(request: HttpRequest, public_id: str) -> Round:
    return get_object_or_404(
        Round.objects.visible_to(request.user).select_related("body"), public_id=public_id
    )


def _report(request: HttpRequest, public_id: str) -> Report:
    found = Report.objects.visible_to(request.user).select_related("round__body", "organisation")
    return get_object_or_404(found, public_id=public_id)
