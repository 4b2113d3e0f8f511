"""How long a school was used or closed, from days as they are known; no end noted is never “still”, and never “over”.

A day known to the month is the whole of that month. What may be is told apart from what is sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sutura.response.rules.clocks import Span, before, between

Key = tuple[str, int, str]
"""What makes two records tell of the same school."""


@dataclass(frozen=True)
class Stretch:
    """One time during which a school was used, or closed: first known, last confirmed, and its end where one is noted.

    `unsure`: an end is noted which may be that of an earlier time.
    """

    start: Span
    seen: Span
    end: Span | None = None
    unsure: bool = False

    @property
    def open(self) -> bool:
        """No end is noted, or none that is surely its own."""
        return self.end is None

    @property
    def length(self) -> tuple[timedelta | None, timedelta | None]:
        """At least and at most; while no end is noted there is no most."""
        if self.end is not None:
            return between(self.start, self.end)
        return between(self.start, self.seen)[0], None


def keys(facility: int | None, place: int, folded: str) -> set[Key]:
    """By which a school is found again: its row of the register, and its name in its place."""
    found: set[Key] = {("register", facility, "")} if facility else set()
    return found | {("name", place, folded)} if folded else found


def key(facility: int | None, place: int, folded: str, violation: int) -> Key:
    """By which a record names a school: the register first; a school without a name is that of its record alone."""
    if facility:
        return ("register", facility, "")
    return ("name", place, folded) if folded else ("violation", violation, "")


def order(span: Span) -> tuple[float, float]:
    """As things happened, as far as known; undated first."""
    return tuple(one.timestamp() if one else float("-inf") for one in (span.first, span.last))  # type: ignore[return-value]


def stretches(begins: Iterable[Span], ends: Iterable[Span]) -> list[Stretch]:
    """The times during which a school was used, or closed.

    `begins`: each day on which it was seen so; `ends`: each day on which it no longer was. The order in which they
    were noted says nothing.
    """
    starts, known = sorted(set(begins), key=order), sorted(set(ends), key=order)
    found: list[Stretch] = []
    for start in starts:
        end, unsure = _end(start, starts, known)
        last = found[-1] if found else None
        if last is not None and (last.end is None or not before(last.end, start)):
            found[-1] = _joined(last, Stretch(start, start, end, unsure))
        else:
            found.append(Stretch(start, start, end, unsure))
    return found


def _end(start: Span, starts: Sequence[Span], ends: Sequence[Span]) -> tuple[Span | None, bool]:
    """The end of what was so on a day, and whether one is noted which may belong to another time."""
    sure = [end for end in ends if before(start, end) or (start == end and one_day(end))]
    if sure:
        return sure[0], False
    maybe = [end for end in ends if not before(end, start)]
    own = [end for end in maybe if all(one is start or before(end, one) for one in starts)]
    return (own[0], False) if own else (None, bool(maybe))


def one_day(span: Span) -> bool:
    """Whether it is known to the day: seen so on a day and over on the same one, it was over after."""
    return span.first is not None and span.last is not None and span.last - span.first < timedelta(days=1)


def _joined(one: Stretch, other: Stretch) -> Stretch:
    """Two that overlap, or may: open where one of them is."""
    seen = max(one.seen, other.seen, key=order)
    if one.end is None or other.end is None:
        return Stretch(one.start, seen, None, one.unsure or other.unsure)
    return Stretch(one.start, seen, max(one.end, other.end, key=order))


def orphans(begins: Iterable[Span], ends: Iterable[Span]) -> list[Span]:
    """Ends which are surely before all that could have ended: their days are to be looked at again."""
    starts = list(begins)
    if not starts:
        return []  # nobody told of the beginning, which contradicts nothing
    return [end for end in sorted(set(ends), key=order) if all(before(end, start) for start in starts)]


def inside(span: Span, first: datetime | None, last: datetime | None) -> bool | None:
    """Whether something happened in a period; None where its day is too vague to tell, or not known."""
    if first is None and last is None:
        return True
    if span.first is None or span.last is None:
        return None
    if (last and span.first > last) or (first and span.last < first):
        return False
    return True if (not first or span.first >= first) and (not last or span.last <= last) else None


def during(stretch: Stretch, first: datetime | None, last: datetime | None) -> bool | None:
    """Whether a school was so at some time of a period; what nobody confirmed is perhaps."""
    if first is None and last is None:
        return True
    start, seen = stretch.start, stretch.end or stretch.seen
    if not start.known or not seen.known:
        return None
    assert start.first is not None
    assert start.last is not None
    assert seen.first is not None
    if last and start.first > last:
        return False
    over = seen.last if stretch.end is not None else None
    if first and over and over < first:
        return False
    # Sure where some day that is surely in it is surely in the period.
    sure = (not last or start.last <= last) and (not first or seen.first >= first)
    return True if sure else None
