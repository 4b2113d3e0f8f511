"""What visits and advocacy hold in one region, for the walks: a visit, a thing to do, an approach, all invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sutura.partners.models import Organisation
from sutura.response.models import Approach, Docket, Site, ToDo, Visit
from sutura.response.services.advocacy import make_approach
from sutura.response.services.seen import note_child
from sutura.response.services.visits import hold_visit, leave_to_do, plan_visit
from tests.security.case import Case

VISIT_LISTS: dict[str, tuple[str, dict[str, str]]] = {
    **{
        f"response:{name}": ("binta", {})
        for name in ("visits", "visit_new", "access", "approaches", "approach_new")
    },
    "response:reach": ("fatou", {}),
}
OF_VISIT = ("visit", "visit_child", "visit_first", "to_do_new")
OF_APPROACH = ("approach", "reply_new", "approach_void", "approach_words")
OF_VISITS = {f"response:{name}" for name in (*OF_VISIT, *OF_APPROACH, "visit_act", "to_do_end")}


@dataclass
class Visited:
    """A visit that was made, with a child seen, and an approach for that child."""

    visit: Visit
    to_do: ToDo
    approach: Approach

    def cases(self) -> Iterator[Case]:
        """Each address, and who reads it in Mopti."""
        for name in OF_VISIT:
            yield _case(name, self.visit.public_id)
        yield _case("visit_act", self.visit.public_id, "find")
        yield _case("to_do_end", self.to_do.public_id)
        for name in OF_APPROACH:
            yield _case(name, self.approach.public_id)

    @property
    def marks(self) -> set[str]:
        """What no outsider may be told."""
        rows = (self.visit, self.to_do, self.approach)
        return {self.visit.ref, self.approach.ref, *(str(one.public_id) for one in rows)}


def visit_place(site: Site, docket: Docket, *, by: Any) -> Visited:
    """A visit to a place where a child is held."""
    today, lead = timezone.localdate(), Organisation.objects.order_by("id")[0]
    planned = plan_visit(site=site, planned_on=today, lead=lead, by=by)
    visit = hold_visit(visit=planned, made_on=today, by=by, mixed="yes")
    note_child(visit=visit, docket=docket, answer="seen", by=by)
    to_do = leave_to_do(visit=visit, task="separate", organisation=lead, due_on=today, by=by)
    approach = make_approach(
        region=site.region, about="children", subject="separation", office="prison", reach="local", channel="meeting",
        made_on=today, made_for=lead, message="Texte inventé", dockets=[docket], by=by,
    )  # fmt: skip
    return Visited(visit, to_do, approach)


def _case(name: str, *arguments: object) -> Case:
    return Case(f"response:{name}", reverse(f"response:{name}", args=arguments), "binta")
