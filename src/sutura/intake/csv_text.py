"""Comma-separated text as offices write it: BOM or none, UTF-8 or cp1252, `;` `,` or tab, quoted line ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from sutura.intake.budgets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Unreadable, too_big

DELIMITERS = ";,\t|"
SAMPLE = 200
LONGEST_FIELD = 1_000_000
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Record = tuple[int, list[str]]


def decode(content: bytes, sheet: str) -> str:
    """The text, by its BOM, else as UTF-8, else as Windows cp1252; never by guessing letters away."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding, sheet).removeprefix("\ufeff")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252", sheet)


def _decoded(content: bytes, encoding: str, sheet: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as reason:
        raise Unreadable(
            _("The letters of this CSV sheet cannot be read. Save it again as “CSV UTF-8”."),
            code="encoding",
            sheet=sheet,
        ) from reason


def records(text: str, delimiter: str, sheet: str, most: int = MAX_ROWS) -> Iterator[Record]:
    """Numbered records (the first is 1) that hold anything; a quote left open is refused, since it swallows rows."""
    before = csv.field_size_limit(LONGEST_FIELD)
    number = 0
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
        ):
            if number > most:
                return
            if len(cells) > MAX_COLUMNS:
                raise too_big()
            if any(cells):
                yield number, cells
    except csv.Error as reason:
        raise Unreadable(
            _(
                "A quotation mark is not closed here, or text follows it. Correct it or save the sheet as .xlsx."
            ),
            code="quotes",
            sheet=sheet,
            row=number + 1,
        ) from reason
    finally:
        csv.field_size_limit(before)


def delimiter_of(text: str, sheet: str, has_headings: Callable[[list[str]], bool]) -> str:
    """The separator under which a heading row appears; else the most frequent one.

    A `sep=;` first line says it outright.
    """
    first = text[:8].lower()
    if first.startswith("sep=") and len(text) > 4 and text[4] in DELIMITERS:
        return text[4]
    for delimiter in DELIMITERS:
        try:
            if any(has_headings(cells) for _, cells in records(text, delimiter, sheet, SAMPLE)):
                return delimiter
        except Unreadable:
            continue
    return max(DELIMITERS, key=text[:20_000].count)


def read(content: bytes, sheet: str, has_headings: Callable[[list[str]], bool]) -> list[Record]:
    """All records of one CSV sheet; raises Unreadable."""
    text = decode(content, sheet)
    delimiter = delimiter_of(text, sheet, has_headings)
    found: list[Record] = []
    cells = 0
    for record in records(text, delimiter, sheet, MAX_ROWS + 1):
        found.append(record)
        cells += len(record[1])
        if len(found) > MAX_ROWS or cells > MAX_CELLS:
            raise too_big()
    return found
