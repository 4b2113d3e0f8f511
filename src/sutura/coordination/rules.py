"""Bodies and meetings: pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def overlap(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    """Whether two spans share a day; no end means that it still runs."""
    return (other_end is None or start <= other_end) and (end is None or other_start <= end)


def goes_round(own: int, parent: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether a body would stand under itself if `parent` became its parent."""
    seen = {own}
    while parent is not None:
        if parent in seen:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False
