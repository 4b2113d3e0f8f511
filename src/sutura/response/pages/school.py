"""One school: what incidents tell of it, what became of it line by line, how long it lasted, and what is waited for."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.places.choices import FacilityKind
from sutura.response.choices import Correction, Precision
from sutura.response.choices.schools import Line, TaskState
from sutura.response.models import School, SchoolAction, SchoolLine
from sutura.response.pages.schools import closure_words, use_words
from sutura.response.pages.worklist import region_names
from sutura.response.querysets import KEEP
from sutura.response.rules.schools import orphans
from sutura.response.schooling import Happening, Known, all_seen
from sutura.response.words import day_of
from sutura.ui import wording
from sutura.ui.statuses import Status

LOOKS = {
    TaskState.PLANNED: ("circle-dashed", ""),
    TaskState.UNDER_WAY: ("circle-dot", ""),
    TaskState.DONE: ("circle-check", "accent"),
    TaskState.DROPPED: ("circle-minus", "quiet"),
}


def of_school(user: Any, school: School) -> Known:
    """What is known of a school that is followed."""
    return next(one for one in all_seen(user) if one.school == school)


def of_violation(user: Any, public_id: Any) -> Known:
    """The school that an incident tells of, where one reads it."""
    for one in all_seen(user):
        if any(each.detail.violation.public_id == public_id for each in one.told):
            return one
    raise Http404


def page(user: Any, one: Known) -> dict[str, Any]:
    """Everything of a school, the newest first."""
    names, school = region_names(user), one.school
    return {
        "known": one,
        "school": school,
        "where": f"{one.place} · {names.get(one.region, one.region)}",
        "registered": registered(one),
        "states": [*map(use_words, reversed(one.use)), *map(closure_words, reversed(one.closure))],
        "contradictory": bool(orphans(*one.marks_of_use) or orphans(*one.marks_of_closure)),
        "told": [happening(each) for each in sorted(one.told, key=newest)],
        "blind": not may(user, "incidents.read", one.region),
        "lines": [line(each, one.lines) for each in sorted(one.standing, key=latest)],
        "taken_back": taken_back(one.lines),
        "actions": [action(each) for each in sorted(one.actions, key=lambda each: (each.due_on, each.pk))],
        "keeper": may(user, KEEP, one.region),
        "kinds": [(kind, kind.label) for kind in Line],
        "nameless": nameless(one),
        "violation": None if school else one.told[0].detail.violation.public_id,
    }  # fmt: skip


def registered(one: Known) -> bool:
    """Whether the register of facilities has it."""
    facility = one.school.facility if one.school else one.told[0].detail.facility
    return facility is not None and facility.kind == FacilityKind.SCHOOL


def nameless(one: Known) -> bool:
    """Whether nobody said which school it is."""
    return one.school is None and one.told[0].key[0] == "violation"


def newest(each: Happening) -> tuple[int, int]:
    """The latest incident first."""
    return -each.incident.occurred_on.toordinal(), -each.detail.pk


def latest(each: SchoolLine) -> tuple[bool, int, int]:
    """The latest day first; those without a day before all, to be looked at."""
    return each.day is not None, -(each.day.toordinal() if each.day else 0), -each.pk


def happening(each: Happening) -> dict[str, Any]:
    """What one incident tells: what, when, by which kind of party, verified or not, with what effect."""
    detail = each.detail
    attack = each.kind == "attack"
    until = getattr(detail, "to_date", None)
    facts = [
        detail.get_attack_kind_display() if attack else "",
        _("used from %(day)s") % {"day": wording.day(detail.from_date)} if not attack and detail.from_date else "",
        _("used until %(day)s") % {"day": wording.day(until)} if until else "",
        _("vacated: %(answer)s") % {"answer": detail.get_vacated_display()} if not attack and detail.vacated else "",
        _("dates are estimated") if getattr(detail, "dates_estimated", False) else "",
        detail.get_impact_display(),
        _("closed: %(answer)s") % {"answer": detail.get_closed_display()} if detail.closed else "",
        _("days closed: %(n)s") % {"n": wording.number(detail.closed_days)} if detail.closed_days is not None else "",
        _("tells of %(n)s schools at once") % {"n": detail.number_of_facilities}
        if detail.number_of_facilities > 1 else "",
    ]  # fmt: skip
    look = (
        Status(each.detail.violation.get_status_display(), "badge-check", "accent")
        if each.verified
        else Status(each.detail.violation.get_status_display(), "circle-dashed", "")
    )
    return {
        "kind": _("Attack") if attack else _("Military use"),
        "incident": each.incident,
        "when": day_of(each.when),
        "by": ", ".join(each.by),
        "look": look,
        "facts": [fact for fact in facts if fact],
        "deprived": each.deprived,
        "estimated": detail.deprived_estimated,
    }


def said_day(each: SchoolLine) -> str:
    """The date of a line as exactly as it is known."""
    if each.day is None:
        return _("date not known")
    return wording.month(each.day) if each.precision == Precision.MONTH else wording.day(each.day)


def line(each: SchoolLine, lines: list[SchoolLine]) -> dict[str, Any]:
    """A standing line, with those it took the place of."""
    by_pk = {one.pk: one for one in lines}
    gone, at = [], each
    while at.corrects_id:
        before = by_pk[at.corrects_id]
        told = " · ".join(part for part in (said_day(before), before.answer_words) if part)
        gone.append(_("before: %(before)s") % {"before": told} + f" – {Correction(at.why).label}")
        at = before
    return {
        "line": each,
        "kind": each.get_kind_display(),
        "when": said_day(each),
        "told": each.answer_words,
        "known": f"{each.get_basis_display()} · {each.get_office_display()}",
        "corrected": gone,
        "correct_url": reverse("response:school_correct", args=[each.public_id]),
    }


def taken_back(lines: list[SchoolLine]) -> list[dict[str, Any]]:
    """The lines that no longer hold, and why."""
    by_pk = {one.pk: one for one in lines}
    return [
        {"kind": gone.get_kind_display(), "when": said_day(gone), "why": each.get_why_display()}
        for each in lines
        if not each.kind and each.corrects_id and (gone := by_pk[each.corrects_id])
    ]


def action(each: SchoolAction) -> dict[str, Any]:
    """One action, with its state and why it is late."""
    state = TaskState(each.state)
    return {
        "action": each,
        "look": Status(state.label, *LOOKS[state]),
        "late": each.late(timezone.localdate()),
        "waits": state in (TaskState.PLANNED, TaskState.UNDER_WAY),
    }
