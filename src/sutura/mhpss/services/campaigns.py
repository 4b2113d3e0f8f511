"""Hold a mapping round: invite organisations, note their answers, hand out links by which they confirm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.mhpss.choices import Answer
from sutura.mhpss.models import Campaign, ConfirmLink, Invitation, Service
from sutura.mhpss.querysets import ServiceQuerySet
from sutura.partners.models import Organisation
from sutura.places.resolver import Register

REVIEW = "mhpss.review"
LINK_REFUSALS = {
    "used": _("This link was used already. Thank you. Ask for a new one if something changed."),
    "expired": _("This link has expired. Ask whoever sent it for a new one."),
    "closed": _("This mapping round is over. Ask whoever sent the link when the next one begins."),
}


@transaction.atomic
def open_campaign(
    *,
    title: str,
    region: str,
    method: str,
    starts_on: date,
    ends_on: date,
    by: Any,
    cercles: Iterable[str] = (),
) -> Campaign:
    """A mapping round of a region; without cercles it asks about all of them."""
    require(by, REVIEW, region)
    campaign = Campaign(
        title=title.strip(), region=region, method=method, starts_on=starts_on, ends_on=ends_on,
        cercles=" ".join(sorted(cercles)),
    )  # fmt: skip
    if ends_on < starts_on:
        raise Invalid(_("The end is before the beginning. Correct one of the two days."), field="ends_on")
    register = Register.current()
    for code in campaign.cercles.split():
        unit = register.by_code.get(code)
        if unit is None or unit.level != 2 or unit.region != region:
            raise Invalid(_("“%(code)s” is not a cercle of this region.") % {"code": code}, field="cercles")
    keep(campaign, by=by)
    record(by, "mhpss.open_campaign", of=campaign)
    return campaign


@transaction.atomic
def invite(*, campaign: Campaign, organisations: Iterable[Organisation], by: Any) -> list[Invitation]:
    """Organisations whose answer is awaited; those invited already stay as they are."""
    require(by, REVIEW, campaign.region)
    known = set(campaign.invitations.values_list("organisation_id", flat=True))
    made = [
        keep(Invitation(campaign=campaign, organisation=each), by=by)
        for each in organisations
        if each.pk not in known
    ]
    if not made:
        raise Invalid(
            _("All of these are invited already. Choose another organisation."), field="organisations"
        )
    record(by, "mhpss.invite", of=campaign, fields=f"{len(made)}")
    return made


@transaction.atomic
def note_answer(*, invitation: Invitation, answer: str, answered_on: date, by: Any) -> Invitation:
    """An organisation answered, on paper or by telephone: in part, or about all that it does."""
    require(by, REVIEW, invitation.campaign.region)
    if answered_on > timezone.localdate():
        raise Invalid(_("This day is after today. Correct it."), field="answered_on")
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    held.answer, held.answered_on = answer, None if answer == Answer.INVITED else answered_on
    keep(held, by=by, why=answer)
    record(by, "mhpss.note_answer", of=held, fields="answer")
    return held


@transaction.atomic
def hand_out_link(*, invitation: Invitation, by: Any) -> ConfirmLink:
    """A link by which the organisation confirms once, without an account."""
    require(by, REVIEW, invitation.campaign.region)
    if invitation.campaign.ends_on < timezone.localdate():
        raise Invalid(LINK_REFUSALS["closed"])
    link = keep(ConfirmLink(invitation=invitation, made_by=by), by=by)
    record(by, "mhpss.hand_out_link", of=invitation)
    return link


@transaction.atomic
def confirm_by_link(*, link: ConfirmLink, services: Iterable[Service]) -> Invitation:
    """The organisation says which of its services still stand as the map tells; the link is spent."""
    held = (
        ConfirmLink.objects.select_for_update(of=("self",))
        .select_related("invitation__campaign")
        .get(pk=link.pk)
    )
    refusal = refusal_of(held)
    if refusal:
        raise Invalid(LINK_REFUSALS[refusal])
    invitation, today = held.invitation, timezone.localdate()
    mine = {each.pk: each for each in services_of(invitation)}
    chosen = [mine[each.pk] for each in services if each.pk in mine]
    for service in chosen:
        service.verified_on, service.verified_by = today, invitation.organisation.short
        keep(service, by=None, why="confirmed by link")
    invitation.answer = Answer.COMPLETE if len(chosen) == len(mine) else Answer.ANSWERED
    invitation.answered_on = today
    keep(invitation, by=None, why="confirmed by link")
    held.used_at = timezone.now()
    keep(held, by=None, why="used")
    record(None, "mhpss.confirm_by_link", of=invitation, fields=f"confirmed={len(chosen)} of={len(mine)}")
    return invitation


def refusal_of(link: ConfirmLink) -> str:
    """Why a link no longer opens, as a word; nothing if it does."""
    if link.used_at:
        return "used"
    if link.invitation.campaign.ends_on < timezone.localdate():
        return "closed"
    return "expired" if link.expires_at <= timezone.now() else ""


def services_of(invitation: Invitation) -> ServiceQuerySet:
    """What an organisation runs in the places that its round asks about."""
    found = Service.objects.on_the_map().filter(
        organisation=invitation.organisation_id, region=invitation.campaign.region
    )
    asked = Q()
    for code in invitation.campaign.cercles.split():
        asked |= Q(place__code=code) | Q(place__path__contains=f"/{code}/")
    return found.filter(asked).select_related("organisation", "place")
