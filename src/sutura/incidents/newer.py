"""The way back up the list: from the cursor of a page to that of the page before it."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThanOrEqual

from sutura.incidents import listing
from sutura.incidents.listing import SIZE, Filters


def newer_cursor(user: Any, filters: Filters, cursor: str, size: int = SIZE) -> str | None:
    """The cursor of the page before; "" for the first page, None where there is none before. One statement."""
    after = listing._position(cursor)
    if after is None:
        return None
    branches = [
        filters.of(branch)
        .filter(TupleGreaterThanOrEqual(Tuple(F("occurred_on"), F("id")), after))
        .order_by("occurred_on", "id")[: size + 1]
        for branch in listing._branches(user, filters.region)
    ]
    found = {row[0]: row[3] for row in listing._union(branches)}
    before = sorted(((day, pk) for pk, day in found.items()))
    if len(before) <= size:
        return ""
    day, pk = before[size]
    return f"{day.isoformat()}~{pk}"
