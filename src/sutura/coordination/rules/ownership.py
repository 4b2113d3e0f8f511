"""Who holds a body: what State services chair, write and answer for, and how regularly it meets. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

RHYTHM = {"weekly": 7, "fortnightly": 14, "monthly": 31, "quarterly": 92}
"""Days from one meeting to the next, as the body decided; one that is convened as needed has no gaps."""
TOO_LONG = 1.5
"""So many times its rhythm without a meeting is a gap."""


@dataclass(frozen=True)
class Span:
    """A stretch of days, both ends in it."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether a day is in it."""
        return day is not None and self.first <= day <= self.last


def year_to(day: date) -> Span:
    """The twelve months that end on a day."""
    before = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return Span(before.replace(year=day.year - 1) + timedelta(days=1), day)


@dataclass(frozen=True)
class Share:
    """A part of a whole, by the numbers of their rows; `unknown`: rows on which nobody noted the answer."""

    part: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def rate(self) -> float | None:
        """0 to 1; None when there is no whole."""
        return len(self.part) / len(self.whole) if self.whole else None


def share(answers: Iterable[tuple[int, bool | None]]) -> Share:
    """Those that answer yes, of those that answer at all; what is not noted stands apart, and in neither."""
    rows = list(answers)
    return Share(
        part=tuple(row for row, answer in rows if answer),
        whole=tuple(row for row, answer in rows if answer is not None),
        unknown=tuple(row for row, answer in rows if answer is None),
    )


@dataclass(frozen=True)
class Gap:
    """A stretch without a meeting: from the last one (or the beginning) to the next (or the end)."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How long it lasted."""
        return (self.last - self.first).days


def gaps(held: Iterable[date], span: Span, rhythm: str) -> list[Gap]:
    """The stretches of a span, the oldest first, in which a body should have met and did not."""
    if rhythm not in RHYTHM:
        return []
    limit = timedelta(days=RHYTHM[rhythm] * TOO_LONG)
    days = [span.first, *sorted(day for day in set(held) if span.holds(day)), span.last]
    return [Gap(one, two) for one, two in pairwise(days) if two - one > limit]


def leads_on(seats: Sequence[tuple[date, date | None, bool]], day: date) -> bool | None:
    """Whether a State service had the lead on a day; None when nobody had. Seats: from, until, of the State."""
    that_day = [state for first, last, state in seats if first <= day and (last is None or day <= last)]
    return any(that_day) if that_day else None
