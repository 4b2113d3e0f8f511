"""A CSV file of any origin as rows of text: byte order marks, cp1252, `;`, multi-line cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sutura.intake.leads.faults import BadFile

MAX_ROWS = 200_000
MAX_CELL = 131_072
MAX_COLUMNS = 400
MAX_CELLS = 8_000_000


@dataclass(frozen=True)
class Row:
    """One record: its number in the file (the heading is 1) and its cells by heading."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


@dataclass(frozen=True)
class Table:
    """Headings (lower case) and the records under them."""

    headings: tuple[str, ...]
    rows: list[Row]


def decode(data: bytes) -> str:
    """Text of the file: UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252."""
    if not data.strip():
        raise BadFile(_("The file is empty."))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as broken:
            raise BadFile(_("The file is not readable text. Save it as CSV in UTF-8.")) from broken
    if data[:4] == b"PK\x03\x04":
        raise BadFile(_("This is a spreadsheet or a zip file. Save the sheet as CSV and try again."))
    if b"\x00" in data:
        raise BadFile(_("The file is not readable text. Save it as CSV in UTF-8."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read(data: bytes, *, required: tuple[str, ...]) -> Table:
    """The table of a file which must have the required headings; raises BadFile with one clear sentence."""
    text = decode(data)
    records = _records(text)
    first = next(records, None)
    if first is None:
        raise BadFile(_("The file is empty."))
    headings = tuple(_heading(cell) for cell in first)
    missing = [name for name in required if name not in headings]
    if missing:
        raise BadFile(_missing(missing))
    return Table(headings, list(_rows(headings, records)))


def _missing(names: list[str]) -> object:
    listed = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
    return ngettext_lazy(
        "The file is not of the chosen source: the column %(names)s is missing.",
        "The file is not of the chosen source: the columns %(names)s are missing.",
        len(names),
    ) % {"names": listed}


def _heading(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split()).lower()[:80]


def _records(text: str) -> Iterator[list[str]]:
    line = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            if len(record) > MAX_COLUMNS:
                raise BadFile(_("The file is not a table: a row has too many columns."))
            yield record
    except csv.Error as broken:
        raise BadFile(_("The file is not a readable CSV: a quotation mark or a cell is broken.")) from broken


def _rows(headings: tuple[str, ...], records: Iterator[list[str]]) -> Iterator[Row]:
    cells = 0
    for number, record in enumerate(records, start=2):
        cells += len(record)
        if number > MAX_ROWS or cells > MAX_CELLS:
            raise BadFile(_("The file has too many rows. Cut it by year or by country."))
        if is_blank(record):
            continue
        yield Row(number, dict(zip(headings, record, strict=False)))


def is_blank(record: list[str]) -> bool:
    """Whether a record holds nothing but spaces and the junk that spreadsheets leave at the end."""
    return not any(cell.replace("_x000D_", "").strip() for cell in record)
