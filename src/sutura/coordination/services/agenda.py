"""The agenda of a meeting: points set by whoever keeps the body, points proposed and supported by its members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed, given_reason
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.coordination.agenda import close_with_other_business, fill, last_place, place
from sutura.coordination.choices.meetings import Source, Verdict
from sutura.coordination.models import AgendaItem, Body, Meeting, Proposal, Support
from sutura.coordination.querysets.bodies import seats_of
from sutura.coordination.services.meetings import REASON, hold
from sutura.partners.models import Organisation


@transaction.atomic
def fill_agenda(*, meeting: Meeting, by: Any) -> Meeting:
    """Put on the agenda what has fallen due since it was begun."""
    require(by, "coordination.manage", meeting.body.region)
    _open(meeting)
    fill(meeting, by=by)
    record(by, "coordination.fill_agenda", of=meeting)
    return meeting


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    title: str,
    by: Any,
    presenter: str = "",
    duration: int | None = None,
    detail: str = "",
    source: str = Source.SECRETARIAT,
) -> AgendaItem:
    """One more point, before any other business; also in the meeting itself, when something new comes up."""
    require(by, "coordination.manage", meeting.body.region)
    now = hold(meeting)
    if not (now.is_to_come or now.is_written):
        raise Invalid(_("The agenda of this meeting is closed."))
    item = AgendaItem(
        meeting=meeting, title=title.strip(), presenter=presenter.strip(), duration=duration, detail=detail,
        source=source, position=last_place(meeting) + 1,
    )  # fmt: skip
    keep(item, by=by)
    close_with_other_business(meeting, by=by)
    record(by, "coordination.add_item", of=meeting)
    return item


@transaction.atomic
def order_agenda(*, meeting: Meeting, items: Sequence[AgendaItem], by: Any) -> Meeting:
    """Put the points in this order; those not named follow."""
    require(by, "coordination.manage", meeting.body.region)
    _open(meeting)
    named = [item.pk for item in items]
    known = {item.pk: item for item in meeting.items.all()}
    order = [known[pk] for pk in named if pk in known] + [one for pk, one in known.items() if pk not in named]
    place(order, by=by)
    record(by, "coordination.order_agenda", of=meeting)
    return meeting


@transaction.atomic
def drop_item(*, item: AgendaItem, by: Any) -> None:
    """Take a point off the agenda; one of which something is minuted stays."""
    require(by, "coordination.manage", item.meeting.body.region)
    _open(item.meeting)
    if item.version:
        raise Invalid(_("The minutes speak of this point: it stays."))
    drop(item, by=by)
    record(by, "coordination.drop_item", of=item.meeting)


@transaction.atomic
def propose(*, meeting: Meeting, topic: str, title: str, by: Any, detail: str = "") -> Proposal:
    """A member proposes a point, in the name of the organisation she sits for."""
    organisation = seat_in(meeting.body, by=by)
    now = hold(meeting)
    if not now.takes_proposals:
        raise Invalid(_("Points are not asked for now: write to the secretariat of the body."))
    proposal = Proposal(
        meeting=meeting, organisation=organisation, topic=topic, title=title.strip(), detail=detail.strip()
    )
    keep(proposal, by=by)
    record(by, "coordination.propose", of=proposal)
    return proposal


@transaction.atomic
def support(*, proposal: Proposal, by: Any) -> Proposal:
    """A member stands behind a point which another organisation proposed; done again, it changes nothing."""
    organisation = seat_in(proposal.meeting.body, by=by)
    if not hold(proposal.meeting).takes_proposals:
        raise Invalid(_("Points are not asked for now: write to the secretariat of the body."))
    if proposal.organisation_id == organisation.pk:
        raise Invalid(_("Your organisation proposed this point itself."))
    if not proposal.supports.filter(organisation=organisation).exists():
        keep(Support(proposal=proposal, organisation=organisation), by=by)
        record(by, "coordination.support", of=proposal)
    return proposal


@transaction.atomic
def judge_proposal(*, proposal: Proposal, verdict: str, by: Any, reason: str = "") -> Proposal:
    """Put a proposed point on the agenda, leave it for another meeting, or set it aside; the last two say why."""
    require(by, "coordination.manage", proposal.meeting.body.region)
    _open(proposal.meeting)
    if proposal.verdict == Verdict.KEPT:
        raise Invalid(_("This point is on the agenda already."))
    if verdict in (Verdict.DEFERRED, Verdict.SET_ASIDE):
        reason = given_reason(reason, REASON)
    elif verdict != Verdict.KEPT:
        raise Invalid(_("Choose from the list."), field="verdict")
    proposal.verdict, proposal.reason = verdict, reason
    keep(proposal, by=by, why=reason)
    if verdict == Verdict.KEPT:
        add_item(
            meeting=proposal.meeting, title=proposal.title, presenter=proposal.organisation.short,
            detail=proposal.detail, source=Source.PROPOSAL, by=by,
        )  # fmt: skip
    record(by, "coordination.judge_proposal", of=proposal, fields=verdict)
    return proposal


def seat_in(body: Body, *, by: Any) -> Organisation:
    """The organisation for which somebody sits in a body today; NotAllowed without a seat."""
    require(by, "coordination.read")
    seat = seats_of(by).filter(body=body).select_related("organisation").first()
    if seat is None:
        raise NotAllowed(_("You have no seat in this body: ask its secretariat."))
    return seat.organisation


def _open(meeting: Meeting) -> None:
    if not hold(meeting).is_to_come:
        raise Invalid(_("The agenda of this meeting is closed."))
