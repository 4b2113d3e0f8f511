"""Tell the members of a body by e-mail: who is to be told is kept first, then what became of each message."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.coordination.choices.mailings import Notice, Outcome
from sutura.coordination.models import Mailing, Meeting
from sutura.coordination.services.meetings import hold
from sutura.partners.models import Organisation


@transaction.atomic
def announce(*, meeting: Meeting, notice: str, by: Any) -> list[Mailing]:
    """Keep that every organisation that sits is to be told; those told already are not told twice of one day.

    Returns the messages that can go: the others have no address.
    """
    require(by, "coordination.manage", meeting.body.region)
    now = hold(meeting)
    day = now.held_on or now.planned_on
    if not is_announced(now, notice, day):
        raise Invalid(_("There is nothing to tell of this meeting now. Reload its page."))
    known = {row.organisation_id: row for row in now.mailings.filter(notice=notice, day=day)}
    rows = []
    for organisation in members(now, notice):
        row = known.get(organisation.pk) or Mailing(
            meeting=now, organisation=organisation, notice=notice, day=day
        )
        if row.outcome != Outcome.SENT:
            row.address, row.asked_by, row.asked_at, row.tried_at = (
                organisation.contact_email,
                by,
                timezone.now(),
                None,
            )
            row.outcome = Outcome.WAITING if row.address else Outcome.NO_ADDRESS
            rows.append(keep(row, by=by))
    record(by, "coordination.announce", of=now, fields=notice)
    return [row for row in rows if row.outcome == Outcome.WAITING]


@transaction.atomic
def note_mailing(*, mailing: Mailing, outcome: str, by: Any) -> Mailing:
    """Keep what became of one message."""
    require(by, "coordination.manage", mailing.meeting.body.region)
    mailing.outcome, mailing.tried_at = outcome, timezone.now()
    keep(mailing, by=by, why=outcome)
    record(by, "coordination.note_mailing", of=mailing.meeting, fields=f"{mailing.notice} {outcome}")
    return mailing


def members(meeting: Meeting, notice: str) -> list[Organisation]:
    """Who is told: those that sit on the day of the invitation, or who sit now and so may read the minutes."""
    day = meeting.planned_on if notice == Notice.CONVENING else timezone.localdate()
    seats = meeting.body.memberships.running(day).in_order().select_related("organisation")
    return [seat.organisation for seat in seats]


def is_announced(meeting: Meeting, notice: str, day: date) -> bool:
    """Whether there is something to tell of that day now: it is still to come, or its minutes are validated."""
    if notice == Notice.CONVENING:
        return meeting.is_to_come and day == meeting.planned_on
    return notice == Notice.MINUTES and meeting.validated_on is not None and day == meeting.held_on
