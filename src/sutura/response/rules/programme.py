"""Who is in a centre, and whether a line still stands: pure functions over the lines of a child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sutura.response.choices import Kind
from sutura.response.rules.clocks import Fact, Span, before, of_kind

ENDS_STAY = (Kind.CARE, Kind.REUNIFICATION, Kind.OUTCOME)
V = TypeVar("V")


@dataclass(frozen=True)
class Stay:
    """A child in a place of care, from a day to a day as far as they are known; without `end` it goes on."""

    site: int | None
    begin: Span
    end: Span | None

    def touches(self, first: date, last: date) -> bool:
        """Whether it may have gone on within some days; a date nobody knows may be any."""
        begun = self.begin.first is None or self.begin.first.date() <= last
        return begun and (self.end is None or self.end.last is None or self.end.last.date() >= first)


def stays(facts: Sequence[Fact], sites: Mapping[int, int | None], *, latest: bool) -> list[Stay]:
    """The stays of one encounter; `sites`: where each line says the child is. A further encounter ends the last one."""
    lines = of_kind(facts, *ENDS_STAY)
    found = []
    for place, line in enumerate(lines):
        if line.kind == Kind.CARE:
            ended = next((end for end in lines[place + 1 :] if not before(end.span, line.span)), None)
            end = ended.span if ended else None if latest else Span()
            found.append(Stay(sites.get(line.number), line.span, end))
    return found


def end_of_chain(number: int, corrections: Mapping[int, tuple[int, str]]) -> tuple[int, str | None]:
    """The line that took the place of another in the end, and its kind: None where nothing did, "" when taken back."""
    kind: str | None = None
    while number in corrections:
        number, kind = corrections[number]
    return number, kind


def in_force(versions: Iterable[V], day: date) -> V | None:
    """The newest version that a day falls under; None before the first."""
    begun = [each for each in versions if each.valid_from <= day]  # type: ignore[attr-defined]
    return max(begun, key=lambda each: each.valid_from, default=None)  # type: ignore[attr-defined]


def per_head(spent: int | None, children: int) -> int | None:
    """What was spent for each child, rounded; nothing is told of no child or of a sum nobody reported."""
    return round(spent / children) if spent is not None and children else None
