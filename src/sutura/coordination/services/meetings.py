"""Plan a meeting and lead it from one state to the next; what was announced before stays in its history."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.coordination.agenda import fill
from sutura.coordination.choices.bodies import BodyStatus
from sutura.coordination.choices.meetings import MeetingKind, Mode, State
from sutura.coordination.models import Body, Meeting
from sutura.coordination.rules.meetings import STEPS, possible
from sutura.partners.models import Organisation

REASON = 300


@transaction.atomic
def plan_meeting(
    *,
    body: Body,
    planned_on: date,
    by: Any,
    kind: str = MeetingKind.ORDINARY,
    starts_at: time | None = None,
    ends_at: time | None = None,
    mode: str = Mode.IN_PERSON,
    venue: str = "",
) -> Meeting:
    """A new meeting, its agenda already filled with what is due."""
    require(by, "coordination.manage", body.region)
    if body.status == BodyStatus.CLOSED:
        raise Invalid(_("This body is closed: it meets no more."))
    meeting = Meeting(
        body=body, ref=_next_ref(body, planned_on.year), kind=kind, planned_on=planned_on,
        starts_at=starts_at, ends_at=ends_at, mode=mode, venue=venue or body.venue,
    )  # fmt: skip
    _check(meeting)
    keep(meeting, by=by)
    fill(meeting, by=by)
    record(by, "coordination.plan_meeting", of=meeting)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: Any, **said: Any) -> Meeting:
    """Change the hours, the venue or the mode of a meeting to come; another day is a postponement."""
    require(by, "coordination.manage", meeting.body.region)
    now = hold(meeting)
    if not now.is_to_come:
        raise Invalid(_("This meeting is over: it is changed no more."))
    changed = [name for name, value in said.items() if getattr(now, name) != value]
    for name in changed:
        setattr(now, name, said[name])
    _check(now)
    if changed:
        keep(now, by=by)
        record(by, "coordination.change_meeting", of=now, fields=" ".join(changed))
    return now


@transaction.atomic
def call_for_points(*, meeting: Meeting, until: date, by: Any) -> Meeting:
    """Ask the members for points of the agenda, until a day not after the meeting."""
    require(by, "coordination.manage", meeting.body.region)
    if not timezone.localdate() <= until <= meeting.planned_on:
        raise Invalid(_("Choose a day from today to the day of the meeting."), field="until")
    return _step(meeting, "call", act="coordination.call_meeting", by=by, proposals_until=until)


@transaction.atomic
def publish_agenda(*, meeting: Meeting, by: Any) -> Meeting:
    """Publish the agenda, with what has fallen due since it was begun."""
    require(by, "coordination.manage", meeting.body.region)
    fill(meeting, by=by)
    return _step(meeting, "publish", act="coordination.publish_meeting", by=by)


@transaction.atomic
def postpone(*, meeting: Meeting, to: date, reason: str, by: Any) -> Meeting:
    """Move a meeting to a later day, and say why; how often it was moved is kept."""
    require(by, "coordination.manage", meeting.body.region)
    if to <= meeting.planned_on:
        raise Invalid(_("The new day comes after the one it replaces."), field="to")
    reason = given_reason(reason, REASON)
    count = hold(meeting).postponed + 1
    return _step(
        meeting,
        "postpone",
        act="coordination.postpone_meeting",
        by=by,
        planned_on=to,
        reason=reason,
        postponed=count,
        proposals_until=None,
    )


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: Any) -> Meeting:
    """Cancel a meeting, and say why; its agenda waits for the next one."""
    require(by, "coordination.manage", meeting.body.region)
    return _step(
        meeting, "cancel", act="coordination.cancel_meeting", by=by, reason=given_reason(reason, REASON)
    )


@transaction.atomic
def open_minutes(
    *,
    meeting: Meeting,
    held_on: date,
    by: Any,
    chaired_by: Organisation | None = None,
    minuted_by: Organisation | None = None,
) -> Meeting:
    """Say that a meeting is held, on which day, who chairs and who writes; the minutes are open from now on."""
    require(by, "coordination.manage", meeting.body.region)
    if held_on > timezone.localdate():
        raise Invalid(
            _("A meeting cannot be held before its day: write today or a day before."), field="held_on"
        )
    return _step(
        meeting,
        "hold",
        act="coordination.hold_meeting",
        by=by,
        held_on=held_on,
        chaired_by=chaired_by,
        minuted_by=minuted_by,
    )


@transaction.atomic
def open_review(*, meeting: Meeting, until: date, by: Any) -> Meeting:
    """Give the draft minutes to the members, who may comment until a day."""
    require(by, "coordination.manage", meeting.body.region)
    if until < timezone.localdate():
        raise Invalid(_("Choose today or a day to come."), field="until")
    return _step(meeting, "review", act="coordination.review_meeting", by=by, review_until=until)


@transaction.atomic
def validate_minutes(*, meeting: Meeting, by: Any, on: date | None = None) -> Meeting:
    """Validate the minutes: nobody changes them any more. Attendance must be written, and something minuted.

    `on`: the day, today unless it was done on paper before.
    """
    require(by, "coordination.manage", meeting.body.region)
    if not meeting.attendance.exists():
        raise Invalid(_("Write who came before you validate the minutes."))
    if not meeting.items.exclude(discussion="", decisions="").exists():
        raise Invalid(_("These minutes are empty: write what was said before you validate them."))
    return _step(meeting, "validate", act="coordination.validate_meeting", by=by, validated_on=_past(on))


@transaction.atomic
def send_minutes(*, meeting: Meeting, by: Any, on: date | None = None) -> Meeting:
    """Say that the validated minutes went out to the members."""
    require(by, "coordination.manage", meeting.body.region)
    return _step(meeting, "send", act="coordination.send_meeting", by=by, sent_on=_past(on))


def hold(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, nobody else changing it until the act is done."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)


def _step(meeting: Meeting, step: str, *, act: str, by: Any, **facts: Any) -> Meeting:
    """Lead a meeting to its next state; it must be in one from which that is possible."""
    now = hold(meeting)
    if not possible(step, now.state):
        raise Invalid(
            _("This meeting is at “%(state)s”: this cannot be done now. Reload its page.")
            % {"state": State(now.state).label}
        )
    for name, value in {**facts, "state": STEPS[step].after}.items():
        setattr(now, name, value)
    keep(now, by=by, why=facts.get("reason", ""))
    record(by, act, of=now, fields=now.state)
    return now


def _past(on: date | None) -> date:
    """The day when something was done: today unless an earlier one is told."""
    today = timezone.localdate()
    if on is not None and on > today:
        raise Invalid(_("Choose today or a day before."), field="on")
    return on or today


def _next_ref(body: Body, year: int) -> str:
    """`CCT-2026-07` for the seventh meeting that the body plans in a year."""
    Body.objects.select_for_update().get(pk=body.pk)  # two plans at once would take one number
    begins = f"{body.acronym}-{year}-"
    taken = Meeting.objects.filter(body=body, ref__startswith=begins).values_list("ref", flat=True)
    return f"{begins}{max((int(ref.rpartition('-')[2]) for ref in taken), default=0) + 1:02d}"


def _check(meeting: Meeting) -> None:
    if meeting.kind not in MeetingKind.values or meeting.mode not in Mode.values:
        raise Invalid(_("Choose from the list."), field="kind")
    if meeting.starts_at and meeting.ends_at and meeting.ends_at <= meeting.starts_at:
        raise Invalid(_("The meeting ends before it begins."), field="ends_at")
