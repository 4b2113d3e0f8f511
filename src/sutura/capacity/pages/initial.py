"""The table of modules by course with the state of each, and one module's way into one course."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.capacity.choices import UnitState
from sutura.capacity.models import Course, CourseUnit
from sutura.capacity.querysets import MANAGE
from sutura.ui import wording

LEVELS = {UnitState.VALIDATED: 1, UnitState.TAUGHT: 2}
"""How dark a cell is: the further it came."""
ICONS = {
    UnitState.PROPOSED: "circle",
    UnitState.STUDIED: "hourglass",
    UnitState.VALIDATED: "badge-check",
    UnitState.TAUGHT: "check",
    UnitState.SET_ASIDE: "ban",
}


def curriculum(user: Any) -> dict[str, Any]:
    """Modules down, courses across; a cell tells how far the module has come there, and since when."""
    courses = list(Course.objects.visible_to(user).select_related("institute"))
    units = list(CourseUnit.objects.visible_to(user).select_related("module").prefetch_related("steps"))
    states = [unit.last.state for unit in units]
    return {
        "courses": courses,
        "rows": rows(courses, units),
        "figures": [
            {"label": _("Institutes"), "value": len({course.institute_id for course in courses}),
             "url": "#courses", "basis": _("Institutes with at least one course in the table below.")},
            {"label": _("Modules taught"), "value": states.count(UnitState.TAUGHT), "url": "#courses",
             "unit": _("of %(n)s") % {"n": len(units)},
             "basis": _("Pairs of a module and a course whose last step is “taught”, of all that were proposed.")},
            {"label": _("Students"), "value": students(units), "url": "#courses",
             "basis": _("In the last academic year noted of each pair; one student may follow several modules.")},
        ],
        "keeper": may(user, MANAGE, ""),
    }  # fmt: skip


def rows(courses: list[Course], units: list[CourseUnit]) -> list[dict[str, Any]]:
    """One line a module."""
    placed = {(unit.module_id, unit.course_id): unit for unit in units}
    modules = {unit.module_id: unit.module for unit in units}
    found = []
    for pk, module in sorted(modules.items(), key=lambda pair: str(pair[1])):
        cells = [cell(placed[pk, course.pk]) if (pk, course.pk) in placed else None for course in courses]
        found.append({"module": module, "cells": cells})
    return found


def cell(unit: CourseUnit) -> dict[str, Any]:
    """A module in a course: its state, since when, and where that opens."""
    last = unit.last
    state = UnitState(last.state)
    return {
        "url": unit.get_absolute_url(),
        "label": state.label,
        "level": LEVELS.get(state, 0),
        "since": last.year or wording.day(last.since),
    }


def students(units: list[CourseUnit]) -> int:
    """How many sat in the last year noted of each pair of a module and a course."""
    taught = [[step for step in unit.steps.all() if step.state == UnitState.TAUGHT] for unit in units]
    return sum((steps[-1].women or 0) + (steps[-1].men or 0) for steps in taught if steps)


def unit_page(user: Any, unit: CourseUnit) -> dict[str, Any]:
    """One module in one course: every step with its day."""
    return {
        "unit": unit,
        "state": UnitState(unit.last.state),
        "icon": ICONS[UnitState(unit.last.state)],
        "entries": [
            {"title": step.get_state_display(), "day": step.since, "icon": ICONS[UnitState(step.state)],
             "text": told(step)}
            for step in reversed(unit.steps.all())
        ],
        "facts": [
            {"label": _("Institute"), "value": unit.course.institute},
            {"label": _("Level"), "value": unit.course.get_level_display()},
            {"label": _("Module"), "value": unit.module, "url": unit.module.get_absolute_url()},
            {"label": _("Hours in the course"), "value": unit.hours},
        ],
        "keeper": may(user, MANAGE, ""),
    }  # fmt: skip


def told(step: Any) -> str:
    """What is known of a step, in words."""
    students = (
        _("%(women)s women and %(men)s men") % {"women": step.women or 0, "men": step.men or 0}
        if step.women is not None or step.men is not None
        else ""
    )
    return " · ".join(part for part in (step.year, students, step.words) if part)
