"""Mapping rounds, and the page behind a link to confirm: open to whoever holds it, for one organisation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.mhpss.asking import form_page
from sutura.mhpss.forms.campaigns import AnswerForm, CampaignForm, ConfirmForm, InviteForm
from sutura.mhpss.models import Campaign, Invitation
from sutura.mhpss.pages.campaigns import campaign_list, campaign_page, regions_of
from sutura.mhpss.pages.sheets import paper
from sutura.mhpss.papers import prefilled
from sutura.mhpss.querysets import READ, REVIEW
from sutura.mhpss.services import campaigns as services
from sutura.mhpss.tokens import link_of, token_of
from sutura.partners.models import Organisation
from sutura.security.downloads import as_download
from sutura.security.links import let

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(READ)
def campaigns(request: HttpRequest) -> HttpResponse:
    """The rounds of one's regions."""
    return render(request, "mhpss/campaign_list.html", campaign_list(request.user))


@needs(READ)
def campaign(request: HttpRequest, public_id: str) -> HttpResponse:
    """One round: who answered."""
    return render(
        request, "mhpss/campaign_detail.html", campaign_page(request.user, _campaign(request, public_id))
    )


@needs(REVIEW)
def campaign_new(request: HttpRequest) -> HttpResponse:
    """A mapping round begins."""
    form = CampaignForm(typed(request), regions=regions_of(request.user))
    made: list[Campaign] = []
    if done(form, lambda said: made.append(services.open_campaign(by=request.user, **said))):
        return redirect(made[0])
    return form_page(request, form, title=_("New mapping round"), verb=_("Begin"))


@needs(REVIEW)
def campaign_invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whose answer is awaited."""
    found = _campaign(request, public_id)
    invited = found.invitations.values("organisation")
    free = Organisation.objects.visible_to(request.user).in_use().exclude(pk__in=invited)
    form = InviteForm(typed(request), organisations=free)
    if done(form, lambda said: services.invite(campaign=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=_("Invite organisations"), back=found, verb=_("Invite"))


@needs(REVIEW)
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """An organisation answered on paper or by telephone."""
    found = _invitation(request, public_id)
    form = AnswerForm(typed(request), initial={"answer": found.answer})
    if done(form, lambda said: services.note_answer(invitation=found, by=request.user, **said)):
        return redirect(found.campaign)
    words = found.organisation.name
    return form_page(
        request, form, title=_("Note an answer"), text=words, back=found.campaign, verb=_("Note it")
    )


@needs(REVIEW)
def invitation_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """The services of one organisation as a sheet to correct, on screen or on paper."""
    content = prefilled(_invitation(request, public_id), by=request.user)
    return as_download(HttpResponse(content, content_type=XLSX), "services.xlsx")


@needs(REVIEW)
def invitation_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same to print, correct by hand and enter again."""
    return render(request, "mhpss/paper.html", paper(_invitation(request, public_id)))


@require_POST
@needs(REVIEW)
def invitation_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand out a link: it is shown once, to be sent by whoever asked for it."""
    found = _invitation(request, public_id)
    link = services.hand_out_link(invitation=found, by=request.user)
    url = request.build_absolute_uri(reverse("mhpss:confirm", args=[token_of(link)]))
    return render(request, "mhpss/link.html", {"invitation": found, "url": url, "until": link.expires_at})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """One tap: everything is ticked, the button says that it still stands."""
    if request.method == "POST" and not let(request, "mhpss.confirm", token):
        return _page(request, {"too_many": True}, 429)
    link = link_of(token)
    if link is None:
        raise Http404
    refusal = services.refusal_of(link)
    if refusal:
        return _page(request, {"refusal": services.LINK_REFUSALS[refusal]}, 410)
    form = ConfirmForm(typed(request), services=services.services_of(link.invitation))
    if done(form, lambda said: services.confirm_by_link(link=link, **said)):
        return _page(request, {"received": True}, 200)
    return _page(request, {"form": form, "link": link}, 422 if form.is_bound else 200)


def _page(request: HttpRequest, shown: dict[str, Any], status: int) -> HttpResponse:
    page = render(request, "mhpss/confirm.html", shown, status=status)
    # The address is the key: no search engine keeps it.
    page["X-Robots-Tag"] = "noindex, nofollow"
    return page


def _campaign(request: HttpRequest, public_id: str) -> Any:
    return get_object_or_404(Campaign.objects.visible_to(request.user), public_id=public_id)


def _invitation(request: HttpRequest, public_id: str) -> Any:
    rows = Invitation.objects.visible_to(request.user).select_related("campaign", "organisation")
    return get_object_or_404(rows, public_id=public_id)
