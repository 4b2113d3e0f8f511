"""A reader of its own for every form of the workbook: it forgives the form and gives canonical values."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped,unused-ignore]
from python_calamine import CalamineWorkbook

from tests.truth.headings import (
    DATES,
    LISTS,
    MANDATORY,
    POINTS,
    WHOLE,
    YES_NO,
    canonical,
    columns,
    is_word,
)
from tests.truth.places import Gazetteer
from tests.truth.workbook import SHEETS, Row
from tests.truth.writing import EPOCH, Grid, Grids


def read(path: Path, book: Gazetteer) -> dict[str, list[Row]]:
    """The four sheets of a workbook as canonical rows, places as P-codes."""
    raw = read_grids(path)
    return {sheet: rows_of(sheet, raw.get(sheet, []), book) for sheet in SHEETS}


def read_grids(path: Path) -> Grids:
    """The cells of a workbook, whatever its form."""
    if path.is_dir():
        return {file.stem: csv_grid(file.read_bytes()) for file in path.glob("*.csv")}
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as pack:
            return {Path(name).stem: csv_grid(pack.read(name)) for name in pack.namelist()}
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, data_only=True)
        return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    sheets = CalamineWorkbook.from_path(str(path))
    return {n: sheets.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in sheets.sheet_names}


def csv_grid(data: bytes) -> Grid:
    """The cells of one `.csv`, in UTF-8 or cp1252, with `;` or `,`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    first = text.split("\r\n", 1)[0]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ","))


def rows_of(sheet: str, grid: Grid, book: Gazetteer) -> list[Row]:
    """The rows under the heading row, canonical; empty rows left out."""
    rows: list[Row] = []
    names: list[str] = []
    for cells in grid:
        if not names:
            heads = [canonical(sheet, str(cell or "")) for cell in cells]
            names = heads if set(MANDATORY[sheet]) <= set(heads) else []
        elif any(str(cell or "").strip() for cell in cells):
            row: Row = dict.fromkeys(columns(sheet))
            row |= {n: value(sheet, n, c, book) for n, c in zip(names, cells, strict=False) if n}
            rows.append(row)
    return rows


def value(sheet: str, column: str, cell: Any, book: Gazetteer) -> Any:
    """One cell as its meaning."""
    text = str(cell if cell is not None else "").replace("\u00a0", " ").strip()
    if not text:
        return None
    if column in DATES:
        return day(cell)
    if column in WHOLE:
        return int(float(text))
    if column in POINTS:
        return float(text.replace(",", "."))
    if column == "place":
        return book.find(text)
    if column in LISTS:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if column in YES_NO:
        text = {"oui": "yes", "non": "no"}.get(text.casefold(), text)
    return text.casefold() if is_word(sheet, column) else text


def day(cell: Any) -> date:
    """A date: true, ISO text, or the bare number of days of a spreadsheet."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    if "-" in text:
        return date.fromisoformat(text)
    return EPOCH + timedelta(days=int(float(text)))
