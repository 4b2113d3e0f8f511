"""One page of a long list, which asks for one row more than it shows: to count them all costs as much as the page."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

SIZE, FURTHEST = 50, 1000


def turned(rows: Any, query: QueryDict) -> tuple[list[Any], dict[str, int]]:
    """The rows of the page that the address asks for, and the pages before and after it."""
    asked = str(query.get("page", ""))
    number = max(1, min(int(asked), FURTHEST)) if asked.isdecimal() else 1
    start = SIZE * (number - 1)
    found = list(rows[start : start + SIZE + 1])
    return found[:SIZE], {"before": number - 1, "next": number + 1 if len(found) > SIZE else 0}
