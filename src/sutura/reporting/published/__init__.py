"""Figures which the United Nations published on Mali, shipped with the software (mrm.md 6): read, never added up."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "figures.csv"
MEASURES = (
    "total", "children", "recruitment_use", "killing", "maiming", "killing_maiming", "sexual_violence",
    "attacks", "attack_school", "attack_hospital", "abduction", "denial_humanitarian_access", "late",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Published:
    """What one report printed for one window; a measure that was not found is absent."""

    kind: str
    label: str
    first: str
    last: str
    symbol: str
    source: str
    basis: str
    values: dict[str, int]

    @property
    def sum_of_types(self) -> int | None:
        """The closing formula over what was printed (mrm.md 4.7); None when a term was not found."""
        harmed = self.values.get("killing_maiming")
        if harmed is None and {"killing", "maiming"} <= self.values.keys():
            harmed = self.values["killing"] + self.values["maiming"]
        names = ("recruitment_use", "sexual_violence", "attacks", "abduction", "denial_humanitarian_access")
        terms = [harmed, *(self.values.get(name) for name in names)]
        return (
            None if any(term is None for term in terms) else sum(term for term in terms if term is not None)
        )


@lru_cache
def published() -> tuple[Published, ...]:
    """Every window of every report, in the order of the file."""
    found: dict[tuple[str, str], Published] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = ("kind", "label", "first", "last", "symbol", "source", "basis")
            kind, label, first, last, symbol, source, basis = (row[name] for name in names)
            new = Published(kind, label, first, last, symbol, source, basis, {})
            one = found.setdefault((kind, label), new)
            one.values[row["measure"]] = int(row["value"])
    return tuple(found.values())
