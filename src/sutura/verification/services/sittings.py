"""Convene a sitting, make its agenda, decide its items one by one, close it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import drop, keep, keep_all, record
from sutura.incidents.editing import hold
from sutura.incidents.models import Violation
from sutura.verification.choices import Mode, Refusal
from sutura.verification.models import Sitting, SittingItem
from sutura.verification.services.opinions import decide

CHANGEABLE = ("held_on", "mode", "venue", "attendance", "access_issues", "recommendations")


@transaction.atomic
def convene_sitting(
    *, held_on: date, by: Any, mode: str = Mode.IN_PERSON, venue: str = "", attendance: str = ""
) -> Sitting:
    """A new sitting of the task force, with an empty agenda."""
    require(by, "verification.sitting", "")
    _check_mode(mode)
    sitting = Sitting(
        ref=_next_ref(held_on.year),
        held_on=held_on,
        mode=mode,
        venue=venue,
        attendance=attendance,
        convened_by=by,
    )
    keep(sitting, by=by)
    record(by, "verification.convene_sitting", of=sitting)
    return sitting


@transaction.atomic
def change_sitting(*, sitting: Sitting, by: Any, **values: Any) -> Sitting:
    """Change the day, the venue, who was present and what was noted, until the sitting is closed."""
    require(by, "verification.sitting", "")
    _hold_open(sitting)
    _check_mode(values.get("mode", sitting.mode))
    changed = [name for name in CHANGEABLE if name in values and getattr(sitting, name) != values[name]]
    for name in changed:
        setattr(sitting, name, values[name])
    if changed:
        keep(sitting, by=by)
        record(by, "verification.change_sitting", of=sitting, fields=" ".join(changed))
    return sitting


@transaction.atomic
def put_on_agenda(*, sitting: Sitting, violations: Iterable[Violation], by: Any) -> list[SittingItem]:
    """Put violations on the agenda; those already there stay as they are. Returns the new items."""
    violations = list(violations)
    require(by, "verification.sitting", "")
    for region in sorted({violation.region for violation in violations}):
        require(by, "verification.sitting", region=region)
    _hold_open(sitting)
    there = set(sitting.items.values_list("violation_id", flat=True))
    for violation in violations:
        if not violation.standing or not violation.incident.counts:
            raise Invalid(Refusal.VOID.label)
    items = [
        SittingItem(sitting=sitting, violation=violation, put_by=by)
        for violation in violations
        if violation.pk not in there
    ]
    keep_all(SittingItem, items, by=by)
    record(by, "verification.put_on_agenda", of=sitting, fields=f"{len(items)}")
    return items


@transaction.atomic
def take_off_agenda(*, item: SittingItem, by: Any, why: str = "") -> None:
    """Take an undecided violation off the agenda."""
    require(by, "verification.sitting", region=item.violation.region)
    _hold_open(item.sitting)
    if hold(item).opinion_id is not None:
        raise Invalid(_("This item is decided and stays in the minutes."))
    drop(item, by=by, why=why)
    record(by, "verification.take_off_agenda", of=item.sitting, fields=item.violation.ref)


@transaction.atomic
def decide_in_sitting(
    *,
    item: SittingItem,
    status: str,
    reason: str,
    by: Any,
    given_on: date | None = None,
    exception: str = "",
) -> SittingItem:
    """Decide one item, dated by the sitting unless told otherwise; deciding again in the sitting supersedes."""
    require(by, "verification.ctfmr", region=item.violation.region)
    sitting = _hold_open(item.sitting)
    if sitting.held_on > timezone.localdate():
        raise Invalid(
            _("The sitting has not been held yet: its decisions wait for its day."), field="given_on"
        )
    hold(item)
    item.opinion = decide(
        violation=item.violation,
        status=status,
        given_on=given_on or sitting.held_on,
        reason=reason,
        exception=exception,
        by=by,
    )
    keep(item, by=by, why=item.opinion.reason[:500])
    record(by, "verification.decide_in_sitting", of=item, fields=f"{sitting.ref} {status}")
    return item


@transaction.atomic
def close_sitting(*, sitting: Sitting, by: Any) -> Sitting:
    """Close a sitting which was held; undecided items wait for another one."""
    require(by, "verification.sitting", "")
    _hold_open(sitting)
    if sitting.held_on > timezone.localdate():
        raise Invalid(_("A sitting cannot be closed before its day."))
    if not sitting.attendance.strip():
        raise Invalid(_("Write which organisations were present before you close."), field="attendance")
    sitting.closed_at, sitting.closed_by = timezone.now(), by
    keep(sitting, by=by)
    record(by, "verification.close_sitting", of=sitting)
    return sitting


@transaction.atomic
def take_minutes(*, sitting: Sitting, by: Any, form: str) -> Sitting:
    """Note that the minutes extract left, as `html` or `docx`; the extract holds codes, never names."""
    require(by, "verification.read")
    record(by, "verification.take_minutes", of=sitting, fields=form)
    return sitting


def _hold_open(sitting: Sitting) -> Sitting:
    hold(sitting)
    if not sitting.is_open:
        raise Invalid(_("This sitting is closed."))
    return sitting


def _check_mode(mode: str) -> None:
    if mode not in Mode.values:
        raise Invalid(_("There is no such way to meet."), field="mode")


def _next_ref(year: int) -> str:
    last = Sitting.objects.select_for_update().filter(ref__startswith=f"CTF-{year}-").order_by("-ref").first()
    number = int(last.ref.rpartition("-")[2]) + 1 if last else 1
    return f"CTF-{year}-{number:03d}"
