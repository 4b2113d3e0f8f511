"""Courses of institutes and the way of a module into them: each step is dated, and none is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.capacity.choices import UnitState
from sutura.capacity.models import Course, CourseUnit, Module, UnitStep
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import AHEAD, is_academic_year
from sutura.partners.choices import OrganisationKind
from sutura.partners.models import Organisation


@transaction.atomic
def add_course(*, institute: Organisation, name: str, level: str, by: Any) -> Course:
    """A course of study of an institute."""
    require(by, MANAGE, "")
    name = name.strip()
    if institute.kind != OrganisationKind.TRAINING:
        raise Invalid(
            _("Choose a training or research institution; others have no courses."), field="institute"
        )
    if Course.objects.filter(institute=institute, name__iexact=name).exists():
        raise Invalid(_("This institute has a course of that name already."), field="name")
    course = keep(Course(institute=institute, name=name, level=level), by=by)
    record(by, "capacity.add_course", of=course)
    return course


@transaction.atomic
def propose_unit(*, course: Course, module: Module, hours: int, since: date, by: Any) -> CourseUnit:
    """A course is asked to teach a module."""
    require(by, MANAGE, "")
    if since > timezone.localdate():
        raise Invalid(_("This day is after today. Correct it."), field="since")
    if CourseUnit.objects.filter(course=course, module=module).exists():
        raise Invalid(
            _("This module is in the table of this course already: note its next step there."), field="module"
        )
    unit = keep(CourseUnit(course=course, module=module, hours=hours), by=by)
    keep(UnitStep(unit=unit, state=UnitState.PROPOSED, since=since), by=by)
    record(by, "capacity.propose_unit", of=unit)
    return unit


@transaction.atomic
def note_step(
    *,
    unit: CourseUnit,
    state: str,
    since: date,
    by: Any,
    year: str = "",
    women: int | None = None,
    men: int | None = None,
    words: str = "",
) -> UnitStep:
    """A module comes one step further in a course: studied, validated, taught each year; or it is set aside."""
    require(by, MANAGE, "")
    last = CourseUnit.objects.select_for_update().get(pk=unit.pk).last
    if state not in AHEAD[last.state]:
        raise Invalid(_("This step does not follow the last one. Choose one of the list."), field="state")
    if not last.since <= since <= timezone.localdate():
        raise Invalid(_("This day is before the last step, or after today. Correct it."), field="since")
    _check_year(unit, state, year, counted=women is not None or men is not None)
    step = keep(
        UnitStep(
            unit=unit, state=state, since=since, year=year.strip(), women=women, men=men, words=words.strip()
        ),
        by=by,
    )
    record(by, "capacity.note_step", of=unit)
    return step


def _check_year(unit: CourseUnit, state: str, year: str, *, counted: bool) -> None:
    year = year.strip()
    if state != UnitState.TAUGHT:
        if year or counted:
            raise Invalid(
                _("A year and students go with a module that is taught. Take them out."), field="year"
            )
    elif not is_academic_year(year):
        raise Invalid(_("Write the academic year with its two years, such as 2026-2027."), field="year")
    elif unit.steps.filter(year=year).exists():
        raise Invalid(_("This academic year is noted already."), field="year")
