"""Bodies and seats: pure functions."""

from __future__ import annotations

from datetime import date


def overlap(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    """Whether two spans share a day; no end means that it still runs."""
    return (other_end is None or start <= other_end) and (end is None or other_start <= end)
