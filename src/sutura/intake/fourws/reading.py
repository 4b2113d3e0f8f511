"""Any 4Ws sheet (.xlsx, .ods, .csv) → its rows under columns by letter; headings of several rows, HXL tags or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutura.intake import csv_text
from sutura.intake.budgets import MAX_BYTES, Unreadable, too_big
from sutura.intake.reading import Row, cleaned, read_spreadsheet
from sutura.mhpss.fourws.columns import heading_key

LOOKED_AT = 30  # rows among which the headings stand
ENOUGH = 3  # headings that make a row of headings


@dataclass
class Sheet:
    """Rows under their headings. `at`: letter → position; `unknown`: headings as compared → as written."""

    name: str
    heading_row: int
    at: dict[str, int]
    unknown: dict[str, str]
    rows: list[Row] = field(default_factory=list)


def read(content: bytes, known: Mapping[str, str]) -> Sheet:
    """The sheet of a file with the most headings that we know; raises Unreadable with one sentence."""
    if len(content) > MAX_BYTES:
        raise too_big()
    found = [under_headings(name, rows, known) for name, rows in _sheets(content, known)]
    best = max((each for each in found if each is not None), key=lambda each: len(each.at), default=None)
    if best is None:
        raise Unreadable(
            _(
                "No row of headings was found. Keep the headings of the 4Ws sheet: organisation, place, activity code …"
            ),
            code="no_headings",
        )
    return best


def _sheets(content: bytes, known: Mapping[str, str]) -> list[tuple[str, list[Row]]]:
    if content.startswith(b"PK"):
        sheets, _others = read_spreadsheet(content, ["*"], lambda _name, _rows, _total: None)
        return [(name, _filled(sheet.rows, sheet.merged)) for name, sheet in sheets.items()]
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _(
                "This is an old .xls file, or one with a password. Save it as .xlsx without password and try again."
            ),
            code="old_format",
        )

    def has_headings(cells: list[Any]) -> bool:
        return len(_letters(cells, known)) >= ENOUGH

    return [("", cleaned(csv_text.read(content, "4Ws", has_headings)))]


def _filled(rows: list[Row], merged: list[tuple[int, int, int]]) -> list[Row]:
    """The first rows with each merged cell repeated downwards, so that a heading over two rows is one."""
    by_number = dict(rows[:LOOKED_AT])
    for top, column, low in merged:
        for number in range(top + 1, low + 1):
            row, above = by_number.get(number), by_number.get(top)
            if row is not None and above is not None and column < len(above):
                row += [None] * (column + 1 - len(row))
                row[column] = above[column] if row[column] is None else row[column]
    return rows


def _letters(cells: list[Any], known: Mapping[str, str]) -> set[str]:
    return {known[name] for cell in cells if isinstance(cell, str) and (name := heading_key(cell)) in known}


def under_headings(name: str, rows: list[Row], known: Mapping[str, str]) -> Sheet | None:
    """The rows below the block of headings; None when there is none."""
    counts = [len(_letters(cells, known)) for _number, cells in rows[:LOOKED_AT]]
    best = max(range(len(counts)), key=lambda place: counts[place], default=None)
    if best is None or counts[best] < ENOUGH:
        return None
    first = last = best
    while first > 0 and _is_heading(rows[first - 1][1], known):
        first -= 1
    while last + 1 < len(rows) and _is_heading(rows[last + 1][1], known):
        last += 1
    at, unknown = _columns([cells for _number, cells in rows[first : last + 1]], known)
    return Sheet(name, rows[best][0], at, unknown, rows[last + 1 :])


def _is_heading(cells: list[Any], known: Mapping[str, str]) -> bool:
    """A row of headings or of tags beside the best one: at least half of what it says is known."""
    said = [cell for cell in cells if cell is not None]
    tags = [cell for cell in said if isinstance(cell, str) and cell.startswith("#")]
    return bool(said) and (2 * len(_letters(cells, known)) >= len(said) or 2 * len(tags) >= len(said))


def _columns(block: list[list[Any]], known: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """Position of each letter, by the lowest heading of the block that is known; the headings that are not."""
    at: dict[str, int] = {}
    unknown: dict[str, str] = {}
    for position in range(max(map(len, block))):
        texts = [
            str(cells[position]) for cells in block if position < len(cells) and cells[position] is not None
        ]
        letters = [known[heading_key(text)] for text in reversed(texts) if heading_key(text) in known]
        if not letters and texts:
            unknown[heading_key(texts[0])[:120]] = texts[0]
        elif letters and letters[0]:
            at.setdefault(letters[0], position)
    return at, unknown
