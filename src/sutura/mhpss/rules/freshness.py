"""How old a verification may be, and when funding is about to end: days in, words out."""

from __future__ import annotations

from datetime import date, timedelta

FRESH, AMBER, RED = "fresh", "amber", "red"
LEVELS = (FRESH, AMBER, RED)
SOON = 90  # days before the end of funding when the gap page begins to say so


def level(verified_on: date | None, *, today: date, fresh: int, stale: int) -> str:
    """Fresh below `fresh` days, red beyond `stale`, amber between; what was never verified is red."""
    if verified_on is None:
        return RED
    age = (today - verified_on).days
    return FRESH if age < fresh else RED if age > stale else AMBER


def bounds(which: str, *, today: date, fresh: int, stale: int) -> tuple[date | None, date | None]:
    """The first and the last day of verification of a level; None for no bound on that side."""
    youngest, oldest = today - timedelta(days=fresh - 1), today - timedelta(days=stale)
    day = timedelta(days=1)
    return {FRESH: (youngest, None), AMBER: (oldest, youngest - day), RED: (None, oldest - day)}[which]


def ends_soon(funded_until: date | None, *, today: date) -> bool:
    """Whether funding ends within 90 days, today among them; what is over already does not end soon."""
    return funded_until is not None and today <= funded_until <= today + timedelta(days=SOON)
