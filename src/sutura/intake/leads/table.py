"""A CSV file of any origin as rows of text: byte order marks, cp1252, `;`, multi-line cells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sutura.intake import csv_text
from sutura.intake.budgets import Unreadable
from sutura.intake.leads.faults import BadFile

MAX_CELLS = 2_000_000  # each record is kept under its headings, which costs more than a list
_SAID = {
    "too_big": _("The file has too many rows or columns. Cut it by year or by country."),
    "encoding": _("The file is not readable text. Save it as CSV in UTF-8."),
    "quotes": _("The file is not a readable CSV: a quotation mark or a cell is broken."),
}


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


def refuse_others(data: bytes) -> None:
    """Refuse what is clearly no text, with the way to make it one."""
    if not data.strip():
        raise BadFile(_("The file is empty."))
    if data[:4] == b"PK\x03\x04":
        raise BadFile(_("This is a spreadsheet or a zip file. Save the sheet as CSV and try again."))
    if b"\x00" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise BadFile(_("The file is not readable text. Save it as CSV in UTF-8."))


def read(data: bytes, *, required: tuple[str, ...]) -> Table:
    """The table of a file which must have the required headings; raises BadFile with one clear sentence."""
    refuse_others(data)
    try:
        records = csv_text.records(data, _delimiter(csv_text.head(data)), strict=False, cells=MAX_CELLS)
        _number, first = next(records, (0, []))
        if not first:
            raise BadFile(_("The file is empty."))
        headings = tuple(_heading(cell) for cell in first)
        missing = [name for name in required if name not in headings]
        if missing:
            raise BadFile(_missing(missing))
        return Table(headings, [_row(headings, *one) for one in records if not is_blank(one[1])])
    except Unreadable as refusal:
        raise BadFile(_SAID.get(refusal.code, _SAID["quotes"])) from refusal


def _missing(names: list[str]) -> object:
    listed = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
    return ngettext_lazy(
        "The file is not of the chosen source: the column %(names)s is missing.",
        "The file is not of the chosen source: the columns %(names)s are missing.",
        len(names),
    ) % {"names": listed}


def _heading(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split()).lower()[:80]


def _delimiter(text: str) -> str:
    line = text.lstrip("\r\n").split("\n", 1)[0]
    return max((",", ";", "\t"), key=line.count)


def _row(headings: tuple[str, ...], number: int, record: list[str]) -> Row:
    return Row(number, dict(zip(headings, record, strict=False)))


def is_blank(record: list[str]) -> bool:
    """Whether a record holds nothing but spaces and the junk that spreadsheets leave at the end."""
    return not any(cell.replace("_x000D_", "").strip() for cell in record)
