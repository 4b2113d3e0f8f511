"""The fourteen tables of the quarterly note (mrm.md 3.5), from the content of a report; no database.

Tables 1 to 4 verified, 5 to 8 late, 9 to 12 not verified: victims, events, by perpetrator, by region. Tables 13
and 14: children, and groups, in two or more violations. One label a violation, so that rows sum to the total.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sutura.ledger.rules import EVENT_TYPES, GRAVE_TYPES, PERSON_TYPES
from sutura.reporting.rules.counting import BLOCKS

VICTIMS, EVENTS, BY_PARTY, BY_REGION = "victims", "events", "by_party", "by_region"
INDIVIDUALS, GROUPS = "multiple_individuals", "multiple_groups"
SEX_COLUMNS = ("boys", "girls", "unknown", "total")
MULTIPLE_COLUMNS = (*SEX_COLUMNS[:3], "age_band", "types", "violations", "incidents")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a table and the address that opens its records ("" when it has none of its own)."""

    value: int
    figure: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the code of what it is about (a type, a party label, a region, a child), then its cells."""

    label: str
    cells: tuple[Number | str | tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table; labels and columns are codes which a rendering puts into words."""

    number: int
    kind: str
    block: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total: TableRow | None


def tables(report: dict[str, Any]) -> list[Table]:
    """Make the fourteen tables of a report in their order."""
    makers: tuple[Callable[[int, str, dict[str, Any]], Table], ...] = (
        _victims,
        _events,
        _by_party,
        _by_region,
    )
    found = []
    for place, block in enumerate(BLOCKS):
        figures = report["figures"]["blocks"][block]
        found += [make(4 * place + step, block, figures) for step, make in enumerate(makers, start=1)]
    children = [row for row in report["multiple"] if row["kind"] == "individual"]
    groups = [row for row in report["multiple"] if row["kind"] == "group"]
    return [*found, _multiple(13, INDIVIDUALS, children), _multiple(14, GROUPS, groups)]


def _victims(number: int, block: str, figures: dict[str, Any]) -> Table:
    rows = tuple(
        TableRow(
            row["type"],
            tuple(Number(row[column], f"{block}/victims/{row['type']}/{column}") for column in SEX_COLUMNS),
        )
        for row in figures["victims"]
    )
    sums = tuple(Number(sum(row[column] for row in figures["victims"]), "") for column in SEX_COLUMNS)
    return Table(number, VICTIMS, block, SEX_COLUMNS, rows, TableRow("total", sums))


def _events(number: int, block: str, figures: dict[str, Any]) -> Table:
    rows = tuple(
        TableRow(row["type"], (Number(row["count"], f"{block}/events/{row['type']}"),))
        for row in figures["events"]
    )
    total = Number(sum(row["count"] for row in figures["events"]), "")
    return Table(number, EVENTS, block, ("count",), rows, TableRow("total", (total,)))


def _by_party(number: int, block: str, figures: dict[str, Any]) -> Table:
    return _cross(number, BY_PARTY, block, [(row["party"], row) for row in figures["by_party"]])


def _by_region(number: int, block: str, figures: dict[str, Any]) -> Table:
    return _cross(number, BY_REGION, block, [(row["region"], row) for row in figures["by_region"]])


def _cross(number: int, kind: str, block: str, rows: list[tuple[str, dict[str, Any]]]) -> Table:
    """Labels down, types across, a total on both sides; the corner is the total of the block."""
    counts: dict[str, dict[str, int]] = {}
    for label, row in rows:
        counts.setdefault(label, {})[row["type"]] = row["count"]
    made = tuple(
        TableRow(
            label,
            (
                *(Number(by.get(one, 0), f"{block}/{kind}/{label}/{one}") for one in GRAVE_TYPES),
                Number(sum(by.values()), f"{block}/{kind}/{label}"),
            ),
        )
        for label, by in sorted(counts.items())
    )
    sums = {one: sum(by.get(one, 0) for by in counts.values()) for one in GRAVE_TYPES}
    total = (
        *(Number(sums[one], f"{block}/victims/{one}/total") for one in PERSON_TYPES),
        *(Number(sums[one], f"{block}/events/{one}") for one in EVENT_TYPES),
        Number(sum(sums.values()), f"{block}/totals/violations"),
    )
    return Table(number, kind, block, (*GRAVE_TYPES, "total"), made, TableRow("total", total))


def _multiple(number: int, kind: str, rows: list[dict[str, Any]]) -> Table:
    made = tuple(
        TableRow(
            row["child"],
            (
                *(Number(row[sex], "") for sex in SEX_COLUMNS[:3]),
                row["age_band"],
                tuple(row["types"]),
                Number(len(row["violations"]), f"multiple/{row['child']}"),
                Number(len(row["incidents"]), ""),
            ),
        )
        for row in rows
    )
    return Table(number, kind, "verified", MULTIPLE_COLUMNS, made, None)
