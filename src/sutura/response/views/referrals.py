"""Referrals: sent on a consent, answered through a link without an account."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.response.asking import asked
from sutura.response.choices import State
from sutura.response.forms.care import ChoiceFilter, FeedbackForm
from sutura.response.forms.referrals import AnswerForm, ReferForm
from sutura.response.models import Docket, Referral
from sutura.response.offering import offered
from sutura.response.pages import referrals as pages
from sutura.response.querysets import KEEP, READ
from sutura.response.services.referrals import (
    LINK_REFUSALS,
    answer_by_link,
    feedback_by_link,
    refer,
    refusal_of,
    withdraw_consent,
)
from sutura.response.tokens import referral_of
from sutura.security.links import let


@needs(READ)
def referrals(request: HttpRequest) -> HttpResponse:
    """What waits for an answer."""
    return render(request, "response/referral_list.html", pages.listed(request.user, request.GET))


@needs(KEEP)
def referral_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a child to a service."""
    found = get_object_or_404(Docket.objects.visible_to(request.user), public_id=public_id)
    text = _("The organisation reads only what its service needs. Who the child is, you tell it yourself.")
    act = partial(refer, docket=found)
    choice = ChoiceFilter(request.GET or None)
    form = ReferForm(typed(request), services=offered(found, **choice.in_force), initial=choice.in_force)
    return asked(
        request,
        form,
        act,
        title=_("Refer to a service"),
        back=found,
        text=text,
        button=_("Send it"),
        choice=choice,
    )


@needs(READ)
def referral(request: HttpRequest, public_id: str) -> HttpResponse:
    """One referral, and its link."""
    return render(
        request, "response/referral_detail.html", pages.detail(request.user, _found(request, public_id))
    )


@require_POST
@needs(KEEP)
def consent_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """The consent is withdrawn."""
    found = _found(request, public_id)
    withdraw_consent(consent=found.consent, by=request.user)
    return redirect(found)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def referral_link(request: HttpRequest, token: str) -> HttpResponse:
    """The packet and one answer; a link that no longer opens says why, and shows nothing."""
    if not let(request, "response.referral", token):
        return _page(request, {"too_many": True}, 429)
    found = referral_of(token)
    if found is None:
        raise Http404
    refusal = refusal_of(found)
    if refusal:
        return _page(request, {"refusal": LINK_REFUSALS[refusal]}, 410)
    given = found.state == State.GIVEN
    form = FeedbackForm(typed(request)) if given else AnswerForm(typed(request), state=found.state)
    act = feedback_by_link if given else answer_by_link
    if done(form, lambda said: act(referral=found, **said)):
        return redirect("response:referral_link", token)
    # Whoever served the child needs its packet no more: only the feedback is waited for.
    packet = [] if given else pages.told_by_link(found)
    shown = {"form": form, "packet": packet, "referral": found, "given": given}
    return _page(request, shown, 422 if form.is_bound else 200)


def _found(request: HttpRequest, public_id: str) -> Referral:
    rows = Referral.objects.visible_to(request.user).select_related(
        "docket__party", "consent__organisation", "consent__docket", "service__organisation", "feedback"
    )
    return get_object_or_404(rows, public_id=public_id)


def _page(request: HttpRequest, shown: dict, status: int) -> HttpResponse:
    answer = render(request, "response/referral_link.html", shown, status=status)
    # The address is the key: no search engine keeps it.
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
