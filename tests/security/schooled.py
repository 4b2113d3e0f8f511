"""What the register of schools holds in one region, for the walks: one school, its line, its action; all invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sutura.incidents.models import Violation
from sutura.incidents.parts import IncidentBundle, ViolationPart
from sutura.incidents.services import open_incident
from sutura.places.models import Unit
from sutura.response.models import School, SchoolAction, SchoolLine
from sutura.response.services.schools import follow_school, note_line, plan_action
from tests.security.case import Case

LISTS = {
    **{f"response:{name}": ("binta", {}) for name in ("schools", "school_new", "school_actions")},
    "response:school_counts": ("fatou", {}),
    "response:declaration_new": ("fatou", {}),
}
OF_SCHOOLS = {
    f"response:{name}"
    for name in (
        "school", "school_of", "school_follow", "school_note", "school_action_new", "school_action", "school_correct",
        "school_take_back", "school_paper",
    )
}  # fmt: skip


@dataclass
class Schooled:
    """A school that was closed, and one that only an incident tells of."""

    school: School
    line: SchoolLine
    action: SchoolAction
    told: Violation

    def cases(self) -> Iterator[Case]:
        """Each address, and who reads it in Mopti."""
        yield _case("school", self.school.public_id)
        yield _case("school_note", self.school.public_id, "reopened")
        yield _case("school_action_new", self.school.public_id)
        yield _case("school_action", self.action.public_id)
        yield _case("school_correct", self.line.public_id)
        yield _case("school_take_back", self.line.public_id)
        yield _case("school_paper", self.school.region)
        yield _case("school_of", self.told.public_id)
        yield _case("school_follow", self.told.public_id, who="")

    @property
    def marks(self) -> set[str]:
        """What no outsider may be told."""
        return {self.school.name, *(str(one.public_id) for one in (self.school, self.line, self.action))}


def attend(region: str, *, by: Any) -> Schooled:
    """A school of a region, closed after threats, and an attack on another."""
    place, today = Unit.objects.filter(region=region, level=2).order_by("code")[0], timezone.localdate()
    school = follow_school(name=f"École inventée suivie de {region}", place=place, by=by)
    line = note_line(
        school=school,
        kind="closed",
        answer="threat",
        basis="told",
        office="cap",
        precision="day",
        day=today,
        by=by,
    )
    action = plan_action(school=school, task="assess", office="academy", due_on=today, by=by)
    part = ViolationPart(
        key="v", type="attack_school", detail={"facility_name": f"Autre école inventée de {region}"}
    )
    told = open_incident(
        bundle=IncidentBundle(place=place, occurred_on=today, title="École (inventé)", violations=(part,)),
        by=by, why="alerte",
    )  # fmt: skip
    return Schooled(school, line, action, told.violations.get())


def _case(name: str, *arguments: object, who: str = "binta") -> Case:
    return Case(f"response:{name}", reverse(f"response:{name}", args=arguments), who)
