"""What the pages of a sitting lay out: its list, its items with the form of each, what may be put on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.errors import Invalid
from sutura.access.rules import may
from sutura.incidents.apart import shown, when
from sutura.incidents.choices import Status, Type
from sutura.incidents.models import Violation
from sutura.places.models import Unit
from sutura.verification import bench, rules
from sutura.verification.choices import Lack, Level, Refusal
from sutura.verification.evidence import evidence_of, given_on, lacks_of
from sutura.verification.forms import OpinionForm
from sutura.verification.judging import fault
from sutura.verification.models import Sitting, SittingItem
from sutura.verification.pages import attributed, children
from sutura.verification.rules import CTFMR, Given

OFFERED = 200


@dataclass
class Row:
    """One item in meeting mode: what is judged, what was said before, and the form or why there is none."""

    item: SittingItem
    violation: Violation
    region: str
    lacks: list[str]
    said: list[dict[str, Any]]
    form: OpinionForm | None = None
    refusal: str = ""
    removable: bool = False
    saved: bool = False
    facts: dict[str, str] = field(default_factory=dict)


def rows_of(items: list[SittingItem], user: Any, bound: dict[Any, OpinionForm] | None = None) -> list[Row]:
    """The items of one sitting as rows: six statements at any length."""
    violations = [item.violation for item in items]
    evidence, given = evidence_of(violations), given_on(violations)
    regions = Unit.objects.region_names()
    found = []
    told = {violation.pk: violation for violation in shown(violations, user)}
    for item in items:
        violation = item.violation
        row = Row(
            item,
            told[violation.pk],
            regions.get(violation.region, ""),
            [str(Lack(code).label) for code in lacks_of(evidence[violation.pk])],
            said_before(given.get(violation.pk, [])),
        )
        row.facts = {
            "type": str(Type(violation.type).label),
            "when": when(told[violation.pk].incident),
            "children": children(violation),
            "party": attributed(violation),
        }
        open_row(row, given.get(violation.pk, []), user, bound or {})
        found.append(row)
    return found


def open_row(row: Row, given: list[Given], user: Any, bound: dict[Any, OpinionForm]) -> None:
    """Give the row its form, or say why this person has none."""
    item, violation = row.item, row.item.violation
    if not item.sitting.is_open:
        return
    row.removable = item.opinion_id is None and may(user, "verification.sitting", violation.region)
    if not may(user, "verification.ctfmr", violation.region):
        return
    # Whether she wrote a part of the file is asked when she decides: here it would cost statements a row.
    opened = violation.incident.opened_by_id == user.pk
    code = fault(violation, given, CTFMR, user, documented=opened)
    code = code or rules.transition_fault(violation.status, given, CTFMR, rules.NOT_MRM)
    if code:
        row.refusal = str(Refusal(code).label)
    elif item.sitting.held_on <= timezone.localdate():
        row.form = bound.get(item.pk) or item_form(item)


def item_form(item: SittingItem, data: Any = None) -> OpinionForm:
    """The decision form of one item, dated by the sitting."""
    return OpinionForm(
        data,
        level=CTFMR,
        current=item.violation.status,
        prefix=f"i{item.pk}",
        initial={"given_on": item.sitting.held_on},
    )


def said_before(given: list[Given]) -> list[dict[str, Any]]:
    """The opinions in force below the task force, in words."""
    below = [rules.in_force(given, level) for level in (rules.FOCAL_POINT, rules.TECHNICAL)]
    return [
        {
            "level": Level(each.level).label,
            "status": each.status,
            "words": Status(each.status).label,
            "on": each.given_on,
        }
        for each in below
        if each is not None
    ]


def items_of(sitting: Sitting, user: Any) -> list[SittingItem]:
    """The items a person may see, in the order of the agenda."""
    found = SittingItem.objects.visible_to(user).filter(sitting=sitting)
    return list(found.select_related("sitting", "opinion", "violation__incident__place").order_by("id"))


def sitting_page(user: Any, sitting: Sitting, bound: dict[Any, OpinionForm] | None = None) -> dict[str, Any]:
    """Meeting mode."""
    rows = rows_of(items_of(sitting, user), user, bound)
    decided = sum(1 for row in rows if row.item.opinion_id)
    return {
        "sitting": sitting,
        "rows": rows,
        "decided": decided,
        "left": len(rows) - decided,
        "may_sit": may(user, "verification.sitting"),
        "may_decide": may(user, "verification.ctfmr"),
        "held": sitting.held_on <= timezone.localdate(),
    }


def offered(user: Any, sitting: Sitting) -> list[tuple[str, str]]:
    """Violations which wait for the task force and are not on this agenda: (public id, words), oldest first."""
    regions = Unit.objects.region_names()
    waiting = bench.filtered(bench.waiting(user), {"stage": CTFMR})
    waiting = waiting.exclude(sitting_items__sitting=sitting).order_by("added_at", "id")[:OFFERED]
    return [
        (
            str(violation.public_id),
            " · ".join(
                part
                for part in (
                    violation.ref,
                    str(Type(violation.type).label),
                    regions.get(violation.region, ""),
                    children(violation),
                )
                if part
            ),
        )
        for violation in waiting
    ]


def picked(user: Any, violations: list[str], references: list[str]) -> tuple[list[Violation], list[str]]:
    """The violations meant, and the references which name none that this person may see."""
    seen = bench.open_to(user)
    wanted = list(seen.filter(public_id__in=violations).order_by("added_at", "id"))
    named = list(seen.filter(ref__in=references).order_by("ref"))
    strange = sorted(set(references) - {violation.ref for violation in named})
    return [*wanted, *(violation for violation in named if violation not in wanted)], strange


def refuse_strange(references: list[str]) -> None:
    """Raise Invalid when a reference names no violation in sight."""
    if references:
        raise Invalid(
            _("No violation in your regions has this reference: %(refs)s.") % {"refs": ", ".join(references)},
            field="references",
        )
