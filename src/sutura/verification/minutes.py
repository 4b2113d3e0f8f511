"""The minutes extract of a sitting: codes, decisions and organisations; neither names nor free reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sutura.incidents.choices import Status, Type
from sutura.places.models import Unit
from sutura.verification.choices import Mode
from sutura.verification.models import Sitting, SittingItem
from sutura.verification.pages import attributed, children


@dataclass(frozen=True)
class Decided:
    """One row of the extract."""

    ref: str
    type: str
    region: str
    children: str
    party: str
    decision: str
    on: date | None


@dataclass(frozen=True)
class Minutes:
    """What leaves the room: built once, printed as a page or a document."""

    ref: str
    held_on: date
    mode: str
    venue: str
    organisations: list[str]
    decided: list[Decided]
    left: list[str]
    totals: list[tuple[str, int]]
    access_issues: str
    recommendations: str
    closed: bool


def minutes_of(sitting: Sitting, user: Any) -> Minutes:
    """The extract of a sitting, with the items of the regions the reader may see."""
    items = list(
        SittingItem.objects.visible_to(user)
        .filter(sitting=sitting)
        .select_related("violation__incident", "opinion")
        .order_by("id")
    )
    names = Unit.objects.region_names()
    decided = [_row(item, names) for item in items if item.opinion]
    counts = Counter(item.opinion.status for item in items if item.opinion)
    return Minutes(
        ref=sitting.ref,
        held_on=sitting.held_on,
        mode=str(Mode(sitting.mode).label),
        venue=sitting.venue,
        organisations=[line.strip() for line in sitting.attendance.splitlines() if line.strip()],
        decided=decided,
        left=[item.violation.ref for item in items if not item.opinion],
        totals=[(str(status.label), counts[status]) for status in Status if counts[status]],
        access_issues=sitting.access_issues,
        recommendations=sitting.recommendations,
        closed=not sitting.is_open,
    )


def _row(item: SittingItem, regions: dict[str, str]) -> Decided:
    violation, opinion = item.violation, item.opinion
    return Decided(
        ref=violation.ref,
        type=str(Type(violation.type).label),
        region=regions.get(violation.region, ""),
        children=children(violation),
        party=attributed(violation),
        decision=str(Status(opinion.status).label) if opinion else "",
        on=opinion.given_on if opinion else None,
    )
