"""The messy twin: the same facts in the form in which real files arrive."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.truth.headings import DATES, FRENCH, LISTS, POINTS, WHOLE, YES_NO, columns, is_word
from tests.truth.places import Gazetteer
from tests.truth.workbook import SHEETS, Book, Row, spelled
from tests.truth.writing import Formula, Grids, Serial, write_folder, write_messy_xlsx, write_zip

FRENCH_YES_NO = {"yes": "oui", "no": "non"}
Dress = Callable[[random.Random, str, Any], Any]


def dressed(rng: random.Random, book: Gazetteer, sheet: str, column: str, cell: Any) -> Any:
    """One cell as a hurried hand writes it: the meaning stays."""
    if cell is None or cell == "":
        return rng.choice(("", "", " "))
    if column in DATES:
        return cell
    if column in WHOLE:
        return rng.choice((cell, cell, f" {cell} "))
    if column in POINTS:
        return str(cell).replace(".", ",")
    if column == "place":
        return f" {spelled(rng, book, book.find(cell) or '')}  " if rng.random() < 0.7 else f"{cell} "
    if column in LISTS:
        return rng.choice(("{}", " {} ", "{}\u00a0")).format(
            cell.replace(";", rng.choice((";", " ; ", "; ")))
        )
    if column in YES_NO:
        cell = FRENCH_YES_NO.get(cell, cell)
    if is_word(sheet, column):
        cell = rng.choice((str, str.upper, str.capitalize))(cell)
    return rng.choice(("{}", "{}", " {}", "{}  ")).format(cell)


def as_csv_date(rng: random.Random, column: str, cell: Any) -> Any:
    """Dates of the `.csv` twin: ISO text, with stray spaces."""
    return f" {cell.isoformat()} " if isinstance(cell, date) and rng.random() < 0.3 else cell


def as_csv_serial(rng: random.Random, column: str, cell: Any) -> Any:
    """Dates of the serial `.csv` twin: days as Excel exports them from cells without a date format."""
    return Serial(cell) if isinstance(cell, date) and rng.random() < 0.7 else cell


def as_xlsx_value(rng: random.Random, column: str, cell: Any) -> Any:
    """Values of the `.xlsx` twin: serials, ISO text, formulas with cached values."""
    if isinstance(cell, date):
        return rng.choice(
            (
                cell,
                Serial(cell),
                cell.isoformat(),
                Formula(f"DATE({cell.year},{cell.month},{cell.day})", cell),
            )
        )
    if isinstance(cell, int) and column in WHOLE and rng.random() < 0.2:
        return Formula(f"{cell}+0", cell)
    if isinstance(cell, str) and column.endswith("_ref") and cell.strip() and rng.random() < 0.2:
        return Formula(f'TRIM("{cell}")', cell.strip())
    return cell


def messy_grids(book: Book, seed: int, dress: Dress) -> Grids:
    """The four sheets with banners, French headings, shuffled columns and empty last rows."""
    rng = random.Random(seed)
    result: Grids = {}
    for sheet in rng.sample(SHEETS, len(SHEETS)):
        names = columns(sheet)
        rng.shuffle(names)
        empty = [""] * len(names)
        title = [f"Équipe spéciale : {sheet} (données inventées)", *empty[1:]]
        heads = [rng.choice((" {}", "{} ", "{}")).format(FRENCH[sheet].get(n, n)) for n in names]
        heads = [rng.choice((str, str.upper))(head).replace("'", rng.choice("'’")) for head in heads]
        body = [
            [dress(rng, n, dressed(rng, book.map, sheet, n, row.get(n))) for n in names]
            for row in book.sheets[sheet]
        ]
        result[sheet] = [title, empty, heads, *body, empty, empty]
    return result


def messy_twin(book: Book, path: Path, form: str = "folder", seed: int = 7) -> Path:
    """Write the twin: `folder`, `zip`, `bom`, `serials` (csv) or `xlsx`; the facts are those of `book`."""
    if form == "xlsx":
        sheets = messy_grids(book, seed, as_xlsx_value)
        note: Grids = {"LISEZ-MOI": [["Fichier inventé, pour essais."]]}
        return write_messy_xlsx(note | sheets, path.with_suffix(".xlsx"), merged="A1:D1")
    sheets = messy_grids(book, seed, as_csv_serial if form == "serials" else as_csv_date)
    if form == "zip":
        return write_zip(sheets, path.with_suffix(".zip"), "cp1252", ";")
    return write_folder(sheets, path, "utf-8-sig" if form == "bom" else "cp1252", ";")


def same_rows(book: Book) -> dict[str, list[Row]]:
    """The rows which any faithful reader finds in `book`: canonical values, places as P-codes."""
    return {
        sheet: [{n: same_cell(book.map, sheet, n, row.get(n)) for n in columns(sheet)} for row in rows]
        for sheet, rows in book.sheets.items()
    }


def same_cell(book: Gazetteer, sheet: str, column: str, cell: Any) -> Any:
    """A cell without its form."""
    if cell is None or cell == "":
        return None
    if column == "place":
        return book.find(cell)
    if column in LISTS:
        return tuple(part.strip() for part in cell.split(";") if part.strip()) or None
    return cell.strip() if isinstance(cell, str) else cell
