"""What is unknown behind some tables, and which unknowns each cell is the sum of.

All tables have the type as columns and cut one dimension by their rows. So the unknowns are: the count of each type in
each part of time, and the same cut by the parts of each dimension. Tables of different dimensions meet only in those
first counts; any whole numbers which agree there belong to some list of facts, so nothing is lost by this.
Parts are as fine as the tables tell apart: a cercle of one region of 2021 and one of 2023, or the facts that both a
quarter and a year count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sutura.disclosure.rules.copies import LEVELS, TOTAL, Copy, Fact, Key, Row

Part = tuple[tuple[str, str], ...]
"""A part of a dimension: its label on each level that the tables use."""
Time = tuple[str, frozenset[str]]
"""A part of time: the quarter, where a table cuts by it, and the universes that count it."""
Unknown = tuple[str, str, str, Time, Part]
"""Moment, dimension (none: not cut), type, part of time, part of the dimension."""


@dataclass(frozen=True)
class Frame:
    """The unknowns behind some tables."""

    copies: Sequence[Copy]
    places: Sequence[Mapping[str, str]]
    """Labels of every smallest place there is."""
    times: Sequence[Time]

    @cached_property
    def moments(self) -> list[str]:
        """Moments of the tables, in order."""
        return sorted({copy.moment for copy in self.copies})

    @cached_property
    def levels(self) -> frozenset[str]:
        """Levels by which some table is cut."""
        return frozenset(level for copy in self.copies for level, _code in copy.rows)

    @cached_property
    def parts(self) -> dict[str, list[Part]]:
        """Parts of each dimension but time."""
        found: dict[str, set[Part]] = {}
        for level in self.levels:
            if LEVELS[level] not in ("time", "place"):
                codes = {row[1] for copy in self.copies for row in copy.rows if row[0] == level}
                found[LEVELS[level]] = {((level, code),) for code in codes}
        used = sorted(level for level in self.levels if LEVELS[level] == "place")
        if used:
            found["place"] = {tuple((level, place[level]) for level in used) for place in self.places}
        return {dimension: sorted(parts) for dimension, parts in sorted(found.items())}

    @cached_property
    def cuts(self) -> dict[str, list[Part]]:
        """Parts of each dimension but time, and the whole."""
        whole: list[Part] = [()]
        return {"": whole, **self.parts}

    @cached_property
    def known_times(self) -> list[Time]:
        """Parts of time; quarters only where a table is cut by them."""
        found = {self._time(quarter, universes) for quarter, universes in self.times}
        return sorted((time for time in found if time[1]), key=lambda time: (time[0], sorted(time[1])))

    @cached_property
    def universes(self) -> frozenset[str]:
        """What some table counts."""
        return frozenset(copy.universe for copy in self.copies)

    def _time(self, quarter: str, universes: frozenset[str]) -> Time:
        return quarter if "quarter" in self.levels else "", universes & self.universes

    def types_of(self, dimension: str) -> list[str]:
        """Types that are counted along a dimension; none: all types."""
        return sorted(
            {
                kind
                for copy in self.copies
                if not dimension or any(LEVELS[level] == dimension for level, _code in copy.rows)
                for kind in copy.types
            }
        )

    @cached_property
    def unknowns(self) -> dict[Unknown, int]:
        """Each unknown with its number."""
        found = [
            (moment, dimension, kind, time, part)
            for moment in self.moments
            for dimension, parts in self.cuts.items()
            for kind in self.types_of(dimension)
            for time in self.known_times
            for part in parts
        ]
        return {unknown: number for number, unknown in enumerate(found)}

    @cached_property
    def links(self) -> list[tuple[list[int], int]]:
        """Unknowns which together are one other: the parts of a dimension are the whole."""
        cuts = [(cut, parts, set(self.types_of(cut))) for cut, parts in self.parts.items()]
        return [
            ([self.unknowns[moment, cut, kind, time, one] for one in parts], whole)
            for (moment, dimension, kind, time, _part), whole in self.unknowns.items()
            if not dimension
            for cut, parts, kinds in cuts
            if kind in kinds
        ]

    def cell(self, copy: Copy, key: Key) -> list[int]:
        """The unknowns whose sum is a cell."""
        row, kind = key
        kinds = (kind,) if kind else copy.types
        return [
            self.unknowns[copy.moment, dimension, one, time, part]
            for one in kinds
            for dimension, time, part in self._under[row]
            if copy.universe in time[1]
        ]

    @cached_property
    def _under(self) -> dict[Row, list[tuple[str, Time, Part]]]:
        """What each row of any table holds, of every part of time."""
        rows = {row for copy in self.copies for row in (*copy.rows, TOTAL)}
        return {row: list(self._held(row)) for row in rows}

    def _held(self, row: Row) -> Iterator[tuple[str, Time, Part]]:
        level, code = row
        dimension = LEVELS.get(level, "time")
        for time in self.known_times:
            if dimension != "time":
                yield from ((dimension, time, part) for part in self.parts[dimension] if row in part)
            elif row == TOTAL or time[0] == code:
                yield "", time, ()

    def nothing(self, *, but: int = -1) -> set[int]:
        """Unknowns that a table says are nothing: it prints nought for them, or has no row (`but` one table)."""
        found = set(self._without_row)
        for index, copy in enumerate(self.copies):
            if index != but:
                for key, value in copy.cells.items():
                    if value == 0:
                        found.update(self.cell(copy, key))
        return found

    @cached_property
    def _without_row(self) -> set[int]:
        found: set[int] = set()
        for copy in self.copies:
            for level in {level for level, _code in copy.rows}:
                said = {number for row in copy.rows if row[0] == level for number in self._row(copy, row)}
                whole = {
                    number
                    for unknown, number in self.unknowns.items()
                    if unknown[0] == copy.moment
                    and unknown[1] == ("" if LEVELS[level] == "time" else LEVELS[level])
                    and unknown[2] in copy.types
                    and copy.universe in unknown[3][1]
                }
                found |= whole - said
        return found

    def _row(self, copy: Copy, row: Row) -> list[int]:
        return self.cell(copy, (row, ""))

    def truth(self, facts: Mapping[str, Iterable[Fact]]) -> dict[int, int]:
        """The true value of each unknown, from the facts as they stood at each moment."""
        found = dict.fromkeys(self.unknowns.values(), 0)
        for moment in self.moments:
            for fact in facts[moment]:
                time = self._time(fact.labels["quarter"], fact.universes)
                for dimension, parts in self.cuts.items():
                    part = _part(fact, parts[0] if parts else ())
                    number = self.unknowns.get((moment, dimension, fact.type, time, part))
                    if number is not None:
                        found[number] += fact.count
        return found


def _part(fact: Fact, like: Part) -> Part:
    return tuple((level, fact.labels[level]) for level, _code in like)
