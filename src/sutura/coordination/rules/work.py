"""Workshops and missions, and the days of a mandate. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

LETTERS = {"mission": "M", "conference": "C"}
"""The letter in the reference: mission, conférence; a workshop is an atelier."""
REGIONAL = frozenset({"regional", "mission"})
"""Kinds that take place in a region, which is then named."""


def letter(kind: str) -> str:
    """The letter by which a reference tells what it is: `CCT-A-2026-07-01`."""
    return LETTERS.get(kind, "A")


def length(start: date, end: date) -> int:
    """Days from the first to the last, both counted."""
    return (end - start).days + 1


class Stretch(NamedTuple):
    """Days worked between two days, halves allowed."""

    start: date
    end: date
    days: Decimal


def fits(noted: Iterable[Stretch], new: Stretch) -> bool:
    """Whether the calendar holds the new days beside those already noted over the same time.

    Each noted stretch that touches the new one is counted whole, within the whole time they cover together.
    """
    touching = [one for one in noted if one.start <= new.end and new.start <= one.end]
    together = [*touching, new]
    covered = {day for one in together for day in range(one.start.toordinal(), one.end.toordinal() + 1)}
    return sum(one.days for one in together) <= len(covered)


class Pace(NamedTuple):
    """How a mandate stands: days left, days it would have used by now, and the rhythm that spends what is left."""

    used: Decimal
    left: Decimal
    expected: Decimal
    months_left: Decimal
    a_month: Decimal | None  # none once the mandate is over: there is no month to work in


MONTH = Decimal("30.4375")


def pace(*, allowed: int, used: Decimal, start: date, end: date, today: date) -> Pace:
    """Where a mandate stands today; `expected` spreads its days evenly over its time."""
    whole = length(start, end)
    gone = min(max((today - start).days, 0), whole)
    left = Decimal(allowed) - used
    months = (Decimal(whole - gone) / MONTH).quantize(Decimal("0.1"))
    rhythm = (left / (Decimal(whole - gone) / MONTH)).quantize(Decimal("0.1")) if whole > gone else None
    expected = (Decimal(allowed) * gone / whole).quantize(Decimal("0.1"))
    return Pace(used, left, expected, months, rhythm)
