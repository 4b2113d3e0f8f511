"""A workbook's rows, typed, and every fault of them (formats/incidents-workbook.md, "Meaning" and "Faults").

No query and no write: the registers and what is already imported come in as values.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sutura.intake import cells
from sutura.intake.columns import (
    DATE,
    OWN_REF,
    PARTIES,
    PLACE,
    SHEETS,
    SOURCES,
    VICTIMS,
    VIOLATIONS,
    WORD,
    WORDS,
    Column,
    Layout,
)
from sutura.intake.crosschecks import CrossCheck
from sutura.intake.faults import Fault
from sutura.intake.reading import Cell, Table, Workbook

LONGEST_BESIDE = 200
TOLD_EVERY = 2_000  # rows
Watch = Callable[[int, int], None]


class Places(Protocol):
    """The register of places: a code or a path → the unit, or the reason why not."""

    def path(self, text: str) -> Any: ...


@dataclass(slots=True)
class Row:
    """One row: number in its sheet, own reference, typed values of its filled cells, notes, columns at fault."""

    sheet: str
    number: int
    ref: str
    values: dict[str, Any]
    notes: dict[str, str]
    broken: set[str]

    def get(self, name: str, default: Any = None) -> Any:
        """The typed value of a column; the default when empty or at fault."""
        return self.values.get(name, default)


@dataclass(frozen=True, slots=True)
class KnownViolation:
    """What is already imported of a violation."""

    incident_ref: str
    type: str
    status: str
    boys: int
    girls: int
    unknown: int
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class KnownVictim:
    """What is already imported of a victim."""

    violation_refs: tuple[str, ...]
    kind: str
    sex: str
    child_ref: str
    boys: int = 0
    girls: int = 0
    unknown: int = 0


@dataclass
class Known:
    """Already imported records that the file's references touch."""

    incidents: dict[str, date] = field(default_factory=dict)  # → occurred_on
    violations: dict[str, KnownViolation] = field(default_factory=dict)
    victims: dict[str, KnownVictim] = field(default_factory=dict)
    source_incidents: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, dict[str, date]] = field(default_factory=dict)  # incident → violation → decided_on


@dataclass
class Wanted:
    """References and child keys of a file, to look up among imported records."""

    refs: dict[str, set[str]]
    incident_refs: set[str]
    violation_refs: set[str]
    child_refs: set[str]


@dataclass
class Checked:
    """The typed rows of each sheet, all faults in order, what was kept aside, and what was known before."""

    rows: dict[str, list[Row]]
    faults: list[Fault]
    notes: dict[tuple[str, str], int]
    known: Known


def check(
    book: Workbook,
    layout: Layout,
    *,
    places: Places,
    parties: Collection[str],
    today: date,
    known: Callable[[Wanted], Known],
    watch: Watch = lambda done, total: None,
) -> Checked:
    """Type and check every row; `known` is asked once for what the references of the file already name.

    `watch(rows done, rows of the file)` is called now and then.
    """
    total = sum(len(table.rows) for table in book.tables.values())
    reader = RowReader(layout, places, parties, today, lambda done: watch(done, total))
    rows = {sheet: reader.rows(book.tables[sheet]) if sheet in book.tables else [] for sheet in SHEETS}
    before = known(wanted(rows))
    faults = [*book.faults, *reader.faults]
    readable = {sheet for sheet in SHEETS if sheet in book.tables}
    cross = CrossCheck(rows, before, readable)
    cross.run()
    faults += cross.faults
    order = {sheet: position for position, sheet in enumerate(SHEETS)}
    faults.sort(key=lambda fault: (order.get(fault.sheet, -1), fault.row))
    return Checked(rows, faults, reader.notes, before)


def wanted(rows: dict[str, list[Row]]) -> Wanted:
    """All references of the rows, by what they name."""
    linking = [*rows[VICTIMS], *rows[SOURCES]]
    return Wanted(
        refs={sheet: {row.ref for row in rows[sheet] if row.ref} for sheet in SHEETS},
        incident_refs={row.get("incident_ref", "") for row in rows[VIOLATIONS]} - {""},
        violation_refs={ref for row in linking for ref in row.get("violation_refs", ())},
        child_refs={row.get("child_ref", "") for row in rows[VICTIMS]} - {""},
    )


class RowReader:
    """Types the cells of rows one by one and keeps the faults it meets."""

    def __init__(
        self,
        layout: Layout,
        places: Places,
        parties: Collection[str],
        today: date,
        tell: Callable[[int], None],
    ) -> None:
        self.layout = layout
        self.places = places
        self.parties = parties
        self.today = today
        self.tell, self.done = tell, 0
        self.faults: list[Fault] = []
        self.notes: dict[tuple[str, str], int] = {}
        self._units: dict[str, Any] = {}

    def rows(self, table: Table) -> list[Row]:
        """The typed rows of a sheet."""
        sheet = table.sheet
        present = [
            (table.at[column.name], column) for column in self.layout[sheet] if column.name in table.at
        ]
        columns = [(position, column) for position, column in present if not column.types]
        details = [(position, column) for position, column in present if column.types]
        extras = list(table.extras.items())
        found = []
        for number, given in table.rows:
            row = Row(sheet, number, "", {}, {}, set())
            self._cells(row, given, columns)
            if details:
                self._details(row, given, details)
            self._extras(row, given, extras)
            row.ref = row.values.get(OWN_REF[sheet], "")
            found.append(row)
            self.done += 1
            if not self.done % TOLD_EVERY:
                self.tell(self.done)
        return found

    def _cells(self, row: Row, given: list[Cell], columns: list[tuple[int, Column]]) -> None:
        width = len(given)
        for position, column in columns:
            cell = given[position] if position < width else None
            if cell is None:
                if column.mandatory:
                    self._blame(row, column, cell, "missing")
                continue
            try:
                self._take(row, column, cells.read(cell, column))
            except cells.Wrong as reason:
                self._blame(row, column, cell, reason.code, reason.details)

    def _details(self, row: Row, given: list[Cell], details: list[tuple[int, Column]]) -> None:
        """The columns of the row's own type; filled columns of other types are kept as notes."""
        kind = row.get("type", "")
        own = [(position, column) for position, column in details if kind in column.types]
        self._cells(row, given, own)
        mine = {column.name for _, column in own}
        if kind:
            self._extras(row, given, [(column.name, at) for at, column in details if column.name not in mine])

    def _extras(self, row: Row, given: list[Cell], extras: list[tuple[str, int]]) -> None:
        for heading, position in extras:
            cell = given[position] if position < len(given) else None
            if cell is not None and heading not in row.notes:
                row.notes[heading] = cells.written(cell)
                self.note(row.sheet, heading)

    def _take(self, row: Row, column: Column, value: Any) -> None:
        kind = column.kind
        if kind == DATE:
            if value > self.today:
                raise cells.Wrong("future_date")
        elif kind == PLACE:
            value = self._unit(value)
        elif kind == PARTIES:
            unknown = [code for code in value if code not in self.parties]
            if unknown:
                row.values[column.name] = (
                    value  # how many were meant still tells whether the attribution fits
                )
                raise cells.Wrong("unknown_party", codes=", ".join(unknown))
        elif kind in {WORD, WORDS}:
            value = self._words(row, column, value)
            if not value:
                return  # only words beside the list: they are in the notes
        elif value == ():
            if column.mandatory:
                raise cells.Wrong("missing")
            return
        row.values[column.name] = value

    def _words(self, row: Row, column: Column, value: cells.Words) -> Any:
        """The codes of the list; words beside it are kept in the column made for them, else as a note."""
        if value.beside:
            said = "; ".join(value.beside)
            self.note(row.sheet, column.name)
            if column.beside and column.beside not in row.values and len(said) <= LONGEST_BESIDE:
                row.values[column.beside] = said
            else:
                row.notes[column.name] = said
        if column.kind == WORDS:
            return value.codes
        return value.codes[0] if value.codes else ""

    def _unit(self, text: str) -> Any:
        found = self._units.get(text)
        if found is None:
            found = self._units[text] = self.places.path(text)
        if found.unit is None:
            raise cells.Wrong("ambiguous_place" if found.reason == "ambiguous" else "unknown_place")
        return found.unit

    def _blame(
        self, row: Row, column: Column, cell: Cell, code: str, details: tuple[tuple[str, object], ...] = ()
    ) -> None:
        row.broken.add(column.name)
        self.faults.append(Fault(code, row.sheet, row.number, column.name, cells.written(cell), details))

    def note(self, sheet: str, heading: str) -> None:
        """Count one cell kept aside."""
        self.notes[sheet, heading] = self.notes.get((sheet, heading), 0) + 1
