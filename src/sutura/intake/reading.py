"""Any workbook of incidents → its sheets as rows of plain cells, with the row numbers a person sees.

The form is forgiven here (kind of file, letters, separators, banners, merged headings, French words); the meaning is
judged in `checking`. Nothing here touches the database.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutura.intake import csv_text
from sutura.intake.budgets import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Unreadable,
    damaged,
    open_archive,
    too_big,
    unpack,
)
from sutura.intake.columns import MANDATORY_SHEETS, SHEETS, Column, Layout, fold, headings
from sutura.intake.faults import Fault
from sutura.security import child

Cell = str | int | float | bool | None
Tell = Callable[[str, int, int], None]
"""Sheet, rows read so far, rows that it says to have (0: not known)."""
Row = tuple[int, list[Cell]]
_READER = Path(__file__).with_name("sheet_process.py")
_OLE = b"\xd0\xcf\x11\xe0"
_STRAY: dict[int, str | None] = {ord(letter): " " for letter in "\u00a0\u202f\u2007\u2009\u200a\u3000"}
_STRAY |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), 8203, 8204, 8288, 65279, 65534))


@dataclass
class RawSheet:
    """The rows of a sheet that hold anything; `merged` as (first row, column, last row)."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    title: str = ""  # the name as it is written


@dataclass
class Table:
    """A sheet under its headings: `at` gives the position of each canonical column, `extras` those of ours unknown."""

    sheet: str
    heading_row: int = 0
    at: dict[str, int] = field(default_factory=dict)
    extras: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


@dataclass
class Workbook:
    """What a file holds: a table per sheet found, what is wrong with its shape, sheets left aside."""

    tables: dict[str, Table]
    faults: list[Fault]
    others: list[str]


def clean(cell: Any) -> Cell:
    """A cell without stray spaces and control characters; empty text is None; a whole float is an int."""
    if cell is None or cell.__class__ is int or cell.__class__ is bool:
        return cell
    if cell.__class__ is str:
        text = cell if cell.isalnum() and cell.isascii() else cell.translate(_STRAY).strip()
        if len(text) > MAX_TEXT:
            raise too_big()
        return text or None
    return int(cell) if cell.is_integer() else cell


def cleaned(rows: Iterable[tuple[int, list[Any]]]) -> list[Row]:
    """Clean rows that hold anything more than spaces."""
    found = ((number, [clean(cell) for cell in cells]) for number, cells in rows)
    return [(number, cells) for number, cells in found if any(cell is not None for cell in cells)]


def read_file(source: Path | bytes, layout: Layout, progress: Tell | None = None) -> Workbook:
    """The workbook in a file, a folder of CSV, or bytes; raises Unreadable with one sentence.

    `layout` names the columns of each sheet; `progress` is called now and then.
    """
    tell = progress or (lambda sheet, rows, total: None)
    if isinstance(source, Path) and source.is_dir():
        sheets, others = _read_folder(source, layout)
    else:
        content = source if isinstance(source, bytes) else _bytes_of(source)
        sheets, others = _read_bytes(content, layout, tell)
    return _tables(sheets, others, layout)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_big()
        return path.read_bytes()
    except OSError as reason:
        raise Unreadable(
            _("This file cannot be opened. Check its name and try again."), code="not_found"
        ) from reason


def _read_bytes(content: bytes, layout: Layout, tell: Tell) -> tuple[dict[str, RawSheet], list[str]]:
    if len(content) > MAX_BYTES:
        raise too_big()
    if content.startswith(_OLE):
        raise Unreadable(
            _(
                "This is an old .xls file, or one with a password. Save it as .xlsx without password and try again."
            ),
            code="old_format",
        )
    if not content.startswith(b"PK"):
        raise Unreadable(
            _(
                "This is not a workbook: give an .xlsx or .ods file, or a zip of .csv files named after the sheets."
            ),
            code="not_a_workbook",
        )
    with open_archive(content) as archive:
        names = archive.namelist()
        if any(name in {"xl/workbook.xml", "content.xml", "[Content_Types].xml"} for name in names):
            return read_spreadsheet(content, SHEETS, tell)
        return _read_csv_entries(archive, names, layout)


def _read_csv_entries(
    archive: zipfile.ZipFile, names: list[str], layout: Layout
) -> tuple[dict[str, RawSheet], list[str]]:
    contents: dict[str, bytes] = {}
    others = []
    for name in names:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.suffix.lower() != ".csv" or path.name.startswith(".") or "__MACOSX" in path.parts:
            continue
        sheet = path.stem.strip().lower()
        if sheet in SHEETS and sheet not in contents:
            contents[sheet] = unpack(archive, name)
        else:
            others.append(path.stem)
    return _read_csv(contents, layout), others


def _read_folder(folder: Path, layout: Layout) -> tuple[dict[str, RawSheet], list[str]]:
    contents: dict[str, bytes] = {}
    others = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() != ".csv" or path.name.startswith("."):
            continue
        sheet = path.stem.strip().lower()
        if sheet in SHEETS and sheet not in contents:
            contents[sheet] = _bytes_of(path)
        else:
            others.append(path.stem)
    return _read_csv(contents, layout), others


def _read_csv(contents: dict[str, bytes], layout: Layout) -> dict[str, RawSheet]:
    if not contents:
        raise Unreadable(
            _("No sheet was found: the .csv files must be named incidents, violations, victims and sources."),
            code="no_sheets",
        )
    found = {}
    for sheet, content in contents.items():
        test = _heading_test(layout[sheet])
        found[sheet] = RawSheet(sheet, cleaned(csv_text.read(content, sheet, test)))
    return found


def read_spreadsheet(
    content: bytes, wanted: Iterable[str], tell: Tell
) -> tuple[dict[str, RawSheet], list[str]]:
    """The sheets wanted of a workbook (`*`: all), read in a process of their own, and the names of the others."""
    words = (str(MAX_ROWS), str(MAX_COLUMNS), str(3 * MAX_CELLS), *wanted)
    try:
        with child.reading(_READER, *words, content=content) as lines:
            return _collect(lines, tell)
    except child.NotUnderstood as reason:
        raise damaged() from reason
    except child.Stopped as reason:
        raise too_big() from reason


def _collect(lines: Iterable[bytes], tell: Tell) -> tuple[dict[str, RawSheet], list[str]]:
    found: dict[str, RawSheet] = {}
    others: list[str] = []
    sheet, total = RawSheet(""), 0
    for line in lines:
        message = json.loads(line)
        if isinstance(message, list):
            sheet.rows.extend(cleaned(message))
            tell(sheet.name, len(sheet.rows), max(total, len(sheet.rows)))
        elif "sheet" in message:
            name, total = message["sheet"].strip().lower(), message["rows"]
            sheet = found[name] = RawSheet(
                name,
                merged=[(top, left, low) for top, left, low in message["merged"]],
                title=message["sheet"].strip(),
            )
        else:
            others = message["others"]
    return found, others


def _heading_test(columns: tuple[Column, ...]) -> Callable[[list[Any]], bool]:
    known = headings(columns)
    mandatory = {column.name for column in columns if column.mandatory}

    def test(cells: list[Any]) -> bool:
        if len(cells) < len(mandatory):
            return False
        return mandatory <= {
            known.get(fold(cell)) for cell in cells if isinstance(cell, str) and len(cell) < 200
        }

    return test


def _tables(sheets: dict[str, RawSheet], others: list[str], layout: Layout) -> Workbook:
    book = Workbook({}, [], others)
    if not sheets:
        raise Unreadable(
            _("No sheet was found: they must be named incidents, violations, victims and sources."),
            code="no_sheets",
        )
    for name in SHEETS:
        if name not in sheets:
            if name in MANDATORY_SHEETS:
                book.faults.append(Fault("missing_sheet", name, 1))
        elif sheets[name].rows or name in MANDATORY_SHEETS:
            table, faults = under_headings(sheets[name], layout[name])
            book.faults += faults
            if table is not None:
                book.tables[name] = table
    return book


def under_headings(sheet: RawSheet, columns: tuple[Column, ...]) -> tuple[Table | None, list[Fault]]:
    """The table under the first row which has all mandatory headings, or the faults that say which are missing."""
    test = _heading_test(columns)
    fillings: dict[int, list[tuple[int, int]]] = {}
    for top, column, low in sheet.merged:
        for number in range(top + 1, min(low, top + 20) + 1):
            fillings.setdefault(number, []).append((column, top))
    by_number = dict(sheet.rows[:200]) if fillings else {}
    for index, (number, cells) in enumerate(sheet.rows):
        row = cells
        for column, top in fillings.get(number, ()):
            row = [*row, *[None] * (column + 1 - len(row))]  # rows come without their empty ends
            if row[column] is None and column < len(by_number.get(top, ())):
                row = [*row[:column], by_number[top][column], *row[column + 1 :]]
        if test(row):
            return _table(sheet, index, number, row, columns)
    return None, _missing_headings(sheet, columns)


def _table(
    sheet: RawSheet, index: int, number: int, cells: list[Cell], columns: tuple[Column, ...]
) -> tuple[Table, list[Fault]]:
    known = headings(columns)
    table = Table(sheet.name, number, rows=sheet.rows[index + 1 :])
    faults = []
    for position, cell in enumerate(cells):
        if cell is None:
            if any(position < len(row) and row[position] is not None for _, row in table.rows):
                table.extras[f"({position + 1})"] = position
            continue
        name = known.get(fold(str(cell)))
        if name is None:
            table.extras[_fresh(str(cell), table.extras)] = position
        elif name not in table.at:
            table.at[name] = position
        elif any(position < len(row) and row[position] is not None for _, row in table.rows):
            faults.append(Fault("duplicate_heading", sheet.name, number, name, str(cell)))
    widest = max((len(row) for _, row in table.rows), default=0)
    for position in range(len(cells), widest):
        if any(position < len(row) and row[position] is not None for _, row in table.rows):
            table.extras[f"({position + 1})"] = position
    return table, faults


def _fresh(heading: str, taken: dict[str, int]) -> str:
    name, count = heading[:80], 1
    while name in taken:
        count += 1
        name = f"{heading[:80]} ({count})"
    return name


def _missing_headings(sheet: RawSheet, columns: tuple[Column, ...]) -> list[Fault]:
    """One fault for each mandatory heading that the best row lacks."""
    known = headings(columns)
    mandatory = [column.name for column in columns if column.mandatory]
    best: set[str | None] = set()
    best_row = 1
    for number, cells in sheet.rows[:1000]:
        names = {known.get(fold(cell)) for cell in cells if isinstance(cell, str) and len(cell) < 200} - {
            None
        }
        if len(names) > len(best):
            best, best_row = names, number
    return [Fault("missing_heading", sheet.name, best_row, name) for name in mandatory if name not in best]
