"""Trends and maps, read from the roll-up: counts by quarter along one axis, within a person's regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Sum

from sutura.access.rules import require
from sutura.ledger.choices import Axis
from sutura.ledger.models import Margin
from sutura.ledger.querysets import ScopedQuerySet
from sutura.ledger.rules import GRAVE_TYPES, VERIFIED


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a trend: counts by quarter of the incident (20261 = first quarter of 2026)."""

    value: str
    type: str
    counts: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def trend(
    axis: str,
    *,
    user: object = None,
    statuses: Collection[str] = (VERIFIED,),
    types: Collection[str] = GRAVE_TYPES,
    quarters: tuple[int, int] | None = None,
) -> list[Series]:
    """Read a trend along an axis (region, region_2023, cercle, party, sex, age; or `type` alone).

    Children for person-counted types, records for the others. Sorted by value, then type.
    """
    margins = _margins(user, statuses, types, quarters)
    if axis == "type":
        rows = margins.filter(axis=Axis.SEX).values_list("type", "event_quarter").annotate(n=Sum("count"))
        found = [("", kind, quarter, count) for kind, quarter, count in rows]
    else:
        along = margins.filter(axis=Axis(axis)).values_list("value", "type", "event_quarter")
        found = list(along.annotate(n=Sum("count")))
    counts: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for value, kind, quarter, count in found:
        counts[value, kind][quarter] = count
    return [Series(value, kind, dict(sorted(by.items()))) for (value, kind), by in sorted(counts.items())]


def map_values(
    level: str,
    *,
    user: object = None,
    statuses: Collection[str] = (VERIFIED,),
    types: Collection[str] = GRAVE_TYPES,
    quarters: tuple[int, int] | None = None,
) -> dict[str, int]:
    """Count by place for a map: P-code of `region`, `region_2023` or `cercle` → count; "" = not known."""
    rows = _margins(user, statuses, types, quarters).filter(axis=Axis(level)).values_list("value")
    return dict(sorted(rows.annotate(n=Sum("count"))))


def _margins(
    user: object, statuses: Collection[str], types: Collection[str], quarters: tuple[int, int] | None
) -> ScopedQuerySet:
    margins = Margin.objects.all()
    if user is not None:
        require(user, "reporting.read")
        margins = margins.visible_to(user)
    margins = margins.filter(status__in=sorted(statuses), type__in=sorted(types)).order_by()
    return margins.filter(event_quarter__range=quarters) if quarters else margins
