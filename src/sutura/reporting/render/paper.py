"""What a document is written from: the content of a report and all that is printed beside it, as frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sutura.ledger.rules import EVENT_TYPES
from sutura.reporting.rules.note import Table, tables
from sutura.reporting.rules.periods import Period, period


@dataclass(frozen=True, slots=True)
class Signed:
    """One clearance: its level, who gave it, when; `by` empty while it is awaited."""

    level: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """What makes a document an edition: its number, its hash, who froze it and why, who cleared it."""

    number: int
    sha256: str
    by: str
    reason: str
    code_version: str
    clearances: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The watermark of a file: for whom it was made, when, and the request it answers if it needed one."""

    who: str
    at: datetime
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A violation of the incident list, by codes only."""

    block: str
    ref: str
    type: str
    status: str
    party: str
    region: str
    occurred_on: date
    occurred_to: date | None
    open_ended: bool
    decided_on: date | None
    boys: int
    girls: int
    unknown: int
    events: int
    late_for_quarter: bool
    late_for_year: bool
    month_only: bool = False
    """The reader may not know its day: its date is the first of its month."""

    @property
    def count(self) -> int:
        """What it gives to the figures: its children, or one event."""
        return self.boys + self.girls + self.unknown + self.events


@dataclass(frozen=True, slots=True)
class Covered:
    """What is known of one cercle in the period: access, silence, alerts received."""

    code: str
    name: str
    region: str
    access: str
    silence: str
    alerts: int


@dataclass(frozen=True)
class Paper:
    """Everything that a rendering prints. Labels of parties by language, then by label of the violation."""

    period: Period
    geography: str
    as_at: datetime
    report: Mapping[str, Any]
    parties: Mapping[str, Mapping[str, str]]
    regions: Mapping[str, str]
    items: tuple[Item, ...] = ()
    ages: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    trend: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    coverage: tuple[Covered, ...] = ()
    frozen: Frozen | None = None
    stamp: Stamp | None = None
    demo: bool = False
    scope: tuple[str, ...] = ()
    """Codes of the regions it is limited to; none means the whole country."""
    coded: bool = True
    """Whether it has rows about one incident, violation or child, by code; they leave by request only."""

    def aggregate(self) -> Paper:
        """The same report as numbers alone: what may leave without a second person."""
        figures = {name: value for name, value in self.figures.items() if name != "multiple"}
        report = {**self.report, "figures": figures, "multiple": []}
        return replace(self, report=report, items=(), coded=False)

    @property
    def codes(self) -> str:
        """Product, period and version in codes, as printed in logs."""
        version = f"edition {self.frozen.number}" if self.frozen else f"draft as at {self.as_at.isoformat()}"
        return f"{self.period.product} {self.period.text}, {version}, geography {self.geography}"

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures JSON."""
        found: Mapping[str, Any] = self.report["figures"]
        return found

    def block(self, name: str) -> Mapping[str, Any]:
        """One block of the figures."""
        found: Mapping[str, Any] = self.figures["blocks"][name]
        return found

    def victims(self, block: str, kind: str) -> Mapping[str, int]:
        """Boys, girls, unknown and total of one person-counted type."""
        return next(row for row in self.block(block)["victims"] if row["type"] == kind)

    def count(self, block: str, kind: str) -> int:
        """Children of a person-counted type, records of another."""
        return count_in(self.block(block), kind)

    def beside(self) -> list[tuple[Period, Mapping[str, Any]]]:
        """The periods printed beside this one, with their blocks."""
        return [
            (period(self.period.product, row["period"]), row["blocks"]) for row in self.report["compared"]
        ]

    def tables(self) -> list[Table]:
        """The fourteen tables."""
        return tables(dict(self.report))

    def attributed(self, block: str, kind: str = "") -> list[tuple[str, int]]:
        """(party label, count) in descending number, then by label; of one type, or of all."""
        return ranked(self.block(block)["by_party"], "party", kind)

    def located(self, block: str, kind: str = "") -> list[tuple[str, int]]:
        """(region code, count) in descending number; of one type, or of all."""
        return ranked(self.block(block)["by_region"], "region", kind)

    def party(self, label: str, language: str) -> str:
        """A party label in words."""
        return self.parties.get(language, {}).get(label, label)


def count_in(block: Mapping[str, Any], kind: str) -> int:
    """Children of a person-counted type, records of another, in a block of figures."""
    if kind in EVENT_TYPES:
        return int(next(row["count"] for row in block["events"] if row["type"] == kind))
    return int(next(row["total"] for row in block["victims"] if row["type"] == kind))


def ranked(rows: list[dict[str, Any]], name: str, kind: str) -> list[tuple[str, int]]:
    """Rows of a cross table summed by label, the largest first."""
    sums: dict[str, int] = {}
    for row in rows:
        if not kind or row["type"] == kind:
            sums[row[name]] = sums.get(row[name], 0) + row["count"]
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))
