"""Follow a school: note what became of it by further lines, and what the education cluster waits for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.places.models import Facility, Unit
from sutura.places.rules import fold
from sutura.response.choices import Precision
from sutura.response.choices.schools import LINE_ANSWERS, TaskState
from sutura.response.models import School, SchoolAction, SchoolLine
from sutura.response.querysets import KEEP


@transaction.atomic
def follow_school(*, place: Unit, by: Any, name: str = "", facility: Facility | None = None) -> School:
    """Begin to follow a school of the register, or one that only its name and place tell; never twice the same."""
    require(by, KEEP, place.region)
    if facility is not None:
        name, place = facility.name, facility.unit
        require(by, KEEP, place.region)
    called = " ".join(name.split())
    folded = fold(called)
    if not folded:
        raise Invalid(_("Write the name of the school, or choose it from the register."), field="name")
    same = Q(facility=facility) if facility else Q(pk=None)
    found = School.objects.judged().filter(same | Q(place=place, folded=folded)).first()
    if found is None:
        found = School(
            facility=facility, name=called, folded=folded, region=place.region, place=place, followed_by=by
        )
    elif found.facility_id or facility is None:
        return found
    found.facility = facility
    keep(found, by=by)
    record(by, "response.follow_school", of=found)
    return found


@transaction.atomic
def note_line(*, school: School, kind: str, by: Any, **said: Any) -> SchoolLine:
    """Something became of a school."""
    require(by, KEEP, school.region)
    line = _write(SchoolLine(school=school, kind=kind, noted_by=by), said)
    record(by, "response.note_school", of=school, fields=kind)
    return line


@transaction.atomic
def correct_line(*, line: SchoolLine, why: str, by: Any, **said: Any) -> SchoolLine:
    """What was noted was wrong: a further line takes its place, both stay to be read."""
    require(by, KEEP, line.school.region)
    _still_stands(line)
    made = SchoolLine(school=line.school, kind=line.kind, noted_by=by, corrects=line, why=why)
    _write(made, said)
    record(by, "response.correct_school", of=line.school, fields=line.kind)
    return made


@transaction.atomic
def take_back_line(*, line: SchoolLine, why: str, by: Any) -> SchoolLine:
    """What was noted did not happen, or not to this school: the line stays to be read and no longer holds."""
    require(by, KEEP, line.school.region)
    _still_stands(line)
    made = SchoolLine(
        school=line.school, noted_by=by, corrects=line, why=why, precision=Precision.UNKNOWN, day=None
    )
    made.save(force_insert=True)
    record(by, "response.take_back_school", of=line.school, fields=line.kind)
    return made


@transaction.atomic
def plan_action(*, school: School, task: str, office: str, due_on: date, by: Any) -> SchoolAction:
    """The education cluster waits for something from an office, until a day."""
    require(by, KEEP, school.region)
    action = SchoolAction(school=school, task=task, office=office, due_on=due_on, noted_by=by)
    keep(action, by=by)
    record(by, "response.plan_school_action", of=school, fields=task)
    return action


@transaction.atomic
def answer_action(
    *, action: SchoolAction, state: str, by: Any, done_on: date | None = None, late_reason: str = ""
) -> SchoolAction:
    """How far an action has come; once its day has passed, the reason is said with it."""
    require(by, KEEP, action.school.region)
    today = timezone.localdate()
    done = state == TaskState.DONE
    if done and done_on is None:
        raise Invalid(_("Say on which day it was done."), field="done_on")
    if done_on and done_on > today:
        raise Invalid(_("This day has not come yet. Correct it."), field="done_on")
    if ((done_on if done else today) or today) > action.due_on and not late_reason:
        raise Invalid(_("Its day has passed: say why it is late."), field="late_reason")
    found = SchoolAction.objects.select_for_update().get(pk=action.pk)
    found.state, found.late_reason = state, late_reason
    found.done_on = done_on if done else None
    keep(found, by=by, why=state)
    record(by, "response.answer_school_action", of=action.school, fields=state)
    return found


def _still_stands(line: SchoolLine) -> None:
    School.objects.select_for_update().get(pk=line.school_id)
    if not line.kind or SchoolLine.objects.filter(corrects=line).exists():
        raise Invalid(_("This line was corrected in the meantime. Correct the line that took its place."))


def _write(line: SchoolLine, said: dict[str, Any]) -> SchoolLine:
    for name, value in said.items():
        setattr(line, name, value)
    codes = LINE_ANSWERS.get(line.kind)
    if codes and line.answer not in codes.values:
        raise Invalid(_("Choose one of the answers."), field="answer")
    if line.day and line.day > timezone.localdate():
        raise Invalid(_("This day has not come yet. Correct it."), field="day")
    line.save(force_insert=True)
    return line
