"""A table as the public has it: numbers, totals, and cells without a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SMALLEST = 5
"""A count from 1 to 4 is small: it is never printed, and nobody may work it out (security.md)."""
LEVELS = {
    "region": "place",
    "region_2023": "place",
    "cercle": "place",
    "party": "party",
    "sex": "sex",
    "age": "age",
    "quarter": "time",
}
"""What a row may be, and the dimension it cuts: regions of both geographies and cercles cut the same places."""

Row = tuple[str, str]
"""Level and code: `("region", "ML05")`."""
Key = tuple[Row, str]
"""A cell: its row, and a type or nothing for the total of the row."""
TOTAL: Row = ("", "")
"""The row of totals."""


@dataclass(frozen=True)
class Copy:
    """One table at one moment. A number that is hidden is None; nothing says why."""

    universe: str
    """What is counted: product, period and block, such as `annual 2025 verified`."""
    moment: str
    types: tuple[str, ...]
    rows: tuple[Row, ...]
    """Rows without that of totals; those of one level together hold the whole universe."""
    cells: Mapping[Key, int | None]
    listed: bool = False
    """Whether a row is printed only when it counts something (parties): to be there says one at least."""

    @property
    def hidden(self) -> frozenset[Key]:
        """Cells without a number."""
        return frozenset(key for key, value in self.cells.items() if value is None)

    def without(self, hidden: Iterable[Key]) -> Copy:
        """The same table with these cells hidden."""
        gone = set(hidden)
        cells = {key: None if key in gone else value for key, value in self.cells.items()}
        return Copy(self.universe, self.moment, self.types, self.rows, cells, self.listed)


@dataclass(frozen=True)
class Fact:
    """So many of one type, with the label of every level, and the universes that count them."""

    universes: frozenset[str]
    type: str
    labels: Mapping[str, str]
    count: int


def table(
    facts: Iterable[Fact],
    *,
    universe: str,
    moment: str,
    types: tuple[str, ...],
    rows: tuple[Row, ...],
    listed: bool = False,
) -> Copy:
    """Count facts into a table with all its totals; nothing is hidden yet."""
    cells: dict[Key, int | None] = {(row, kind): 0 for row in (*rows, TOTAL) for kind in (*types, "")}
    levels = {level for level, _code in rows}
    for fact in facts:
        if universe not in fact.universes or fact.type not in types:
            continue
        for row in (*((level, fact.labels[level]) for level in levels), TOTAL):
            for kind in (fact.type, ""):
                cells[row, kind] = (cells[row, kind] or 0) + fact.count
    return Copy(universe, moment, types, rows, cells, listed)
