"""The way back up the list: from the cursor of a page to that of the page before it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Value

from sutura.incidents.listing import SIZE, Filters, Shape, apart_by_month, months, position, read_scope
from sutura.incidents.querysets import IncidentQuerySet, RowFrom


class Newer(Shape):
    """Those which stand before a page, its first row included."""

    order = "occurred_on, id"

    def __call__(self, branch: IncidentQuerySet) -> IncidentQuerySet:
        """Filtered, from that row upwards, and cut."""
        day, pk = self.after or (date.max, 0)
        row = RowFrom(F("occurred_on"), F("id"), Value(day), Value(pk))
        return self.filters.of(branch).filter(row).order_by("occurred_on", "id")[: self.size]


def newer_cursor(user: Any, filters: Filters, cursor: str, size: int = SIZE) -> str | None:
    """The cursor of the page before; "" for the first page, None where there is none before. Two statements."""
    after = position(cursor)
    if after is None:
        return None
    shape = Newer(filters, after, size + 1)
    before = [(str(day), pk) for day, pk in read_scope(user, filters.region, shape, ("occurred_on", "id"))]
    # As in the list: where there are enough, those told apart of later months are on a page further up.
    latest = date.fromisoformat(before[size][0]) if len(before) > size else None
    apart = months(apart_by_month(user, filters), after[0], latest).filter(
        RowFrom(F("month"), F("id"), Value(after[0]), Value(after[1]))
    )
    before += [
        (str(day), pk) for day, pk in apart.order_by("month", "id").values_list("month", "id")[: size + 1]
    ]
    before.sort()
    if len(before) <= size:
        return ""
    day, pk = before[size]
    return f"{day}~{pk}"
