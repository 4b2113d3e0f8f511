"""Practice groups and their sittings. The rule of what is functional has versions; a figure keeps its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, keep_all, record
from sutura.capacity.choices import GroupNeed, GroupState, GroupTheme, Mode
from sutura.capacity.models import Cohort, Group, GroupReading, GroupRule, NeedRaised, Professional, Sitting
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import faults_of_note, state_of_group
from sutura.partners.models import Organisation

NOTE_FAULTS = {
    "long": _("The note is longer than 280 characters. Shorten it."),
    "phone": _("The note holds what looks like a telephone number. Take it out."),
    "date": _("The note holds what looks like a date of somebody’s life. Take it out."),
    "name": _("The note holds what looks like somebody’s name. Say it without a name."),
}


@transaction.atomic
def open_group(
    *,
    code: str,
    name: str,
    region: str,
    host: Organisation,
    opened_on: date,
    by: Any,
    facilitator: Professional | None = None,
    second: Professional | None = None,
    charter_on: date | None = None,
    days_between: int = 30,
) -> Group:
    """A practice group begins."""
    require(by, MANAGE, region)
    group = Group(
        code=code.strip(), name=name.strip(), region=region, host=host, opened_on=opened_on, second=second,
        facilitator=facilitator, charter_on=charter_on, days_between=days_between,
    )  # fmt: skip
    _check(group)
    keep(group, by=by)
    record(by, "capacity.open_group", of=group)
    return group


@transaction.atomic
def change_group(*, group: Group, by: Any, **said: Any) -> Group:
    """Change what is said of a group, suspend or close it; the old version stays."""
    require(by, MANAGE, group.region)
    require(by, MANAGE, said.get("region", group.region))
    changed = [name for name, value in said.items() if getattr(group, name) != value]
    for name in changed:
        setattr(group, name, said[name])
    _check(group)
    if changed:
        keep(group, by=by)
        record(by, "capacity.change_group", of=group, fields=" ".join(changed))
    return group


@transaction.atomic
def note_sitting(
    *,
    group: Group,
    held_on: date,
    by: Any,
    women: int = 0,
    men: int = 0,
    situations: int = 0,
    minutes: int | None = None,
    mode: str = Mode.IN_PERSON,
    themes: Iterable[str] = (),
    needs: Iterable[str] = (),
    note: str = "",
    cancelled: str = "",
) -> Sitting:
    """A group met, or was to meet and did not: numbers and codes, and a note which tells of nobody."""
    require(by, MANAGE, group.region)
    _check_sitting(group, held_on, people=women + men, cancelled=cancelled)
    for fault in faults_of_note(note):
        raise Invalid(NOTE_FAULTS[fault], field="note")
    chosen, asked = set(themes), set(needs)
    sitting = keep(
        Sitting(
            group=group, held_on=held_on, women=women, men=men, situations=situations, minutes=minutes, mode=mode,
            themes=" ".join(theme for theme in GroupTheme.values if theme in chosen), note=note.strip(),
            cancelled=cancelled,
        ),
        by=by,
    )  # fmt: skip
    raised = [NeedRaised(sitting=sitting, kind=kind) for kind in GroupNeed.values if kind in asked]
    keep_all(NeedRaised, raised, by=by)
    record(by, "capacity.note_sitting", of=group)
    return sitting


@transaction.atomic
def plan_need(*, need: NeedRaised, cohort: Cohort, by: Any) -> NeedRaised:
    """A training that groups asked for is planned in a cohort."""
    require(by, MANAGE, need.sitting.group.region)
    if need.kind != GroupNeed.TRAINING:
        raise Invalid(_("Only a training is planned in a cohort."))
    if cohort.ends_on < need.sitting.held_on:
        raise Invalid(_("This cohort ended before the need was raised. Choose a later one."), field="cohort")
    need.planned_in = cohort
    keep(need, by=by)
    record(by, "capacity.plan_need", of=need)
    return need


@transaction.atomic
def set_rule(*, window_days: int, sittings: int, attendance: int, by: Any) -> GroupRule:
    """The next version of what “functional” means; figures kept before stay as they were read."""
    require(by, MANAGE, "")
    last = GroupRule.objects.select_for_update().last()
    rule = GroupRule(
        version=last.version + 1 if last else 1, window_days=window_days, sittings=sittings, attendance=attendance,
        valid_from=timezone.localdate(),
    )  # fmt: skip
    keep(rule, by=by)
    record(by, "capacity.set_rule", of=rule)
    return rule


@transaction.atomic
def keep_reading(*, by: Any) -> GroupReading:
    """Keep today's figure for a bulletin, with the rule it is read by; it does not change any more."""
    require(by, MANAGE, "")
    rule, today = GroupRule.objects.last(), timezone.localdate()
    if rule is None:
        raise Invalid(_("There is no rule yet of what functional means. Set it first."))
    states = [
        state_of_group(rule.measure, group.standing, today)
        for group in Group.objects.prefetch_related("sittings")
    ]
    reading = GroupReading(
        read_on=today, rule=rule, functional=states.count(GroupState.FUNCTIONAL),
        groups=len(states) - states.count(GroupState.CLOSED),
    )  # fmt: skip
    keep(reading, by=by)
    record(by, "capacity.keep_reading", of=reading)
    return reading


def _check(group: Group) -> None:
    if Group.objects.filter(code__iexact=group.code).exclude(pk=group.pk).exists():
        raise Invalid(_("Another group bears this code. Choose a code of its own."), field="code")
    for field in ("suspended_on", "closed_on"):
        day = getattr(group, field)
        if day and day < group.opened_on:
            raise Invalid(_("This day is before the group was opened. Correct it."), field=field)
    if group.facilitator_id and group.facilitator_id == group.second_id:
        raise Invalid(_("The second facilitator is another person. Choose her, or nobody."), field="second")


def _check_sitting(group: Group, held_on: date, *, people: int, cancelled: str) -> None:
    if not group.opened_on <= held_on <= timezone.localdate():
        raise Invalid(
            _("This day is before the group was opened, or after today. Correct it."), field="held_on"
        )
    if group.closed_on and held_on > group.closed_on:
        raise Invalid(_("The group was closed by then. Correct the day."), field="held_on")
    if group.sittings.filter(held_on=held_on).exists():
        raise Invalid(_("The sitting of this day is noted already."), field="held_on")
    if not cancelled and not people:
        raise Invalid(_("Say how many came, or why the sitting was not held."), field="women")
    if cancelled and people:
        raise Invalid(
            _("A sitting that was not held has nobody present. Take out the numbers."), field="cancelled"
        )
