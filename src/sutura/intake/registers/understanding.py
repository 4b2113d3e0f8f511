"""The sheets of a list as typed rows, every cell that cannot be read as a fault; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sutura.intake.cells import Wrong, written
from sutura.intake.faults import Fault
from sutura.intake.registers.kinds import CellFault, Column, Kind, Row, Tell
from sutura.intake.registers.receipts import Receipt
from sutura.intake.registers.sheets import Match, Sheet, heading_key, letter_of, matched

SHOWN = 60  # letters of a first value, beside its heading


@dataclass
class Understood:
    """Typed rows and the faults of their cells."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def match_of(
    sheets: Sequence[Sheet],
    kind: Kind,
    remembered: Mapping[str, str],
    columns: Mapping[str, str],
    *,
    whole: bool,
) -> Match:
    """As somebody told for this very file (column → heading), else as `matched` finds.

    `whole`: she looked at every column, so that what she did not name is not in the file.
    """
    there = {heading for sheet in sheets for heading in sheet.at}
    told = {name: key for name, text in columns.items() if (key := heading_key(text)) in there}
    if whole:
        return Match(told)
    found = matched(sheets, kind, remembered)
    free = {name: key for name, key in found.at.items() if key not in told.values()}
    return Match(free | told, found.guessed - told.keys())


def describe(receipt: Receipt, sheets: Sequence[Sheet], match: Match) -> Match:
    """Note in the receipt how the headings were understood; the match without what is only guessed."""
    for sheet in sheets:
        for key, position in sheet.at.items():
            if key not in receipt.headings:
                first = next((row[position] for _n, row in sheet.rows[:50] if position < len(row)), None)
                receipt.headings[key] = (sheet.words[key], written(first)[:SHOWN])
    sure = {name: key for name, key in match.at.items() if name not in match.guessed}
    receipt.columns = {name: receipt.headings[key][0] for name, key in sure.items()}
    receipt.guessed = {name: match.at[name] for name in sorted(match.guessed)}
    receipt.unknown = [words for key, (words, _first) in receipt.headings.items() if key not in sure.values()]
    return Match(sure)


def typed(
    sheets: Sequence[Sheet], kind: Kind, match: Match, told: Mapping[str, str], receipt: Receipt, tell: Tell
) -> Understood:
    """Every row of the file; one value told for the whole file stands where a cell is empty."""
    found = Understood()
    constants = dict(_constants(kind, told, found))
    for sheet in sheets:
        at = [
            (sheet.at[key], column)
            for column in kind.columns
            if (key := match.at.get(column.name)) in sheet.at
        ]
        for number, cells in sheet.rows:
            found.rows.append(_row(sheet, number, cells, at, found))
            if not len(found.rows) % 1000:
                tell("check", len(found.rows), 0)
    fallen = kind.defaults(found.rows, receipt.name)
    for name, value in fallen.items():
        if name not in constants and name not in match.at:
            constants[name] = value
            receipt.told.setdefault(name, str(value))
    receipt.told |= {name: told[name] for name in told if told[name]}
    receipt.rows = len(found.rows)
    _fill(found, kind, constants)
    _lacking(sheets, kind, match, constants, receipt, found)
    return found


def _constants(kind: Kind, told: Mapping[str, str], found: Understood) -> Iterator[tuple[str, Any]]:
    for name, text in told.items():
        column = next((one for one in kind.columns if one.name == name), None)
        if column is None or not text.strip():
            continue
        try:
            yield name, column.read(text.strip())
        except Wrong as wrong:
            found.faults.append(CellFault(wrong.code, "", 0, str(column.label), text[:120], wrong.details))


def _row(
    sheet: Sheet, number: int, cells: list[Any], at: Sequence[tuple[int, Column]], found: Understood
) -> Row:
    row = Row(sheet.name, number, {}, {}, {column.name: letter_of(position) for position, column in at})
    for position, column in at:
        cell = cells[position] if position < len(cells) else None
        if cell is None:
            continue
        row.written[column.name] = written(cell)[:120]
        try:
            row.said[column.name] = column.read(cell)
        except Wrong as wrong:
            found.faults.append(_fault(row, column, wrong.code, wrong.details))
    return row


def _fill(found: Understood, kind: Kind, constants: Mapping[str, Any]) -> None:
    for row in found.rows:
        for name, value in constants.items():
            if name not in row.written:
                row.said[name] = value
        for column in kind.columns:
            if (
                column.required
                and column.name in row.letters
                and column.name not in {*row.written, *constants}
            ):
                found.faults.append(_fault(row, column, "missing"))


def _lacking(
    sheets: Sequence[Sheet], kind: Kind, match: Match, constants: Mapping[str, Any], receipt: Receipt,
    found: Understood,
) -> None:  # fmt: skip
    for column in kind.columns:
        if not column.required or column.name in constants:
            continue
        for sheet in sheets:
            if match.at.get(column.name) not in sheet.at:
                details = (("label", column.label),)
                found.faults.append(
                    CellFault("missing_column", sheet.name, sheet.heading_row, str(column.label), "", details)
                )
                if column.name not in receipt.lacking:
                    receipt.lacking.append(column.name)


def _fault(row: Row, column: Column, code: str, details: tuple[tuple[str, object], ...] = ()) -> CellFault:
    said, letter = row.written.get(column.name, ""), row.letters.get(column.name, "")
    return CellFault(code, row.sheet, row.number, str(column.label), said, details, letter=letter)
