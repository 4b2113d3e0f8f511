"""The way back up the list: from the cursor of a page to that of the page before it."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Value

from sutura.incidents.listing import SIZE, Filters, apart_by_month, position, read_scope
from sutura.incidents.querysets import IncidentQuerySet, RowFrom


def newer_cursor(user: Any, filters: Filters, cursor: str, size: int = SIZE) -> str | None:
    """The cursor of the page before; "" for the first page, None where there is none before. Two statements."""
    after = position(cursor)
    if after is None:
        return None
    row = RowFrom(F("occurred_on"), F("id"), Value(after[0]), Value(after[1]))

    def shaped(branch: IncidentQuerySet) -> IncidentQuerySet:
        return filters.of(branch).filter(row).order_by("occurred_on", "id")[: size + 1]

    before = [(str(day), pk) for day, pk in read_scope(user, filters.region, shaped, ("occurred_on", "id"))]
    apart = apart_by_month(user, filters).filter(
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
