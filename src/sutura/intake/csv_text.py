"""Comma-separated text as offices write it: BOM or none, UTF-8 or cp1252, `;` `,` or tab, quoted line ends.

Here only its first lines are looked at, for the separator; the whole is read in a limited process.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sutura.intake.budgets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Unreadable, damaged, too_big
from sutura.intake.csv_process import encoding_of
from sutura.security import child

DELIMITERS = ";,\t|"
SAMPLE = 200  # records
SAMPLE_BYTES = 256 * 1024
_READER = Path(__file__).with_name("csv_process.py")

Record = tuple[int, list[str]]


def head(content: bytes) -> str:
    """The first letters of the file, for a look; what cannot be read is judged later."""
    start = content[:SAMPLE_BYTES]
    return start.decode(encoding_of(start[:-4]), errors="replace").removeprefix("\ufeff")


def delimiter_of(text: str, has_headings: Callable[[list[str]], bool]) -> str:
    """The separator under which a heading row appears; else the most frequent one.

    A `sep=;` first line says it outright.
    """
    first = text[:8].lower()
    if first.startswith("sep=") and len(text) > 4 and text[4] in DELIMITERS:
        return text[4]
    for delimiter in DELIMITERS:
        if any(has_headings(cells) for cells in _sampled(text, delimiter)):
            return delimiter
    return max(DELIMITERS, key=text[:20_000].count)


def _sampled(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            if number == SAMPLE:
                return
            yield cells
    except csv.Error:
        return


def records(
    content: bytes, delimiter: str, *, strict: bool = True, sheet: str = "", cells: int = MAX_CELLS
) -> Iterator[Record]:
    """Numbered records (the first is 1) that hold anything; raises Unreadable with the sheet and the record.

    Strict: a quotation mark left open is refused, since it swallows rows; otherwise it ends with the file.
    """
    budgets = (MAX_ROWS, MAX_COLUMNS, 3 * cells, MAX_TEXT if strict else csv.field_size_limit())
    words = (delimiter, *map(str, budgets), "strict" if strict else "lax")
    fault: tuple[str, int] | None = None
    try:
        with child.reading(_READER, *words, content=content) as lines:
            for line in lines:
                told = json.loads(line)
                if isinstance(told, list):
                    yield from ((number, cells_) for number, cells_ in told)
                elif "fault" in told:
                    fault = told["fault"], told["row"]
    except child.NotUnderstood as reason:
        raise damaged() from reason
    except child.Stopped as reason:
        raise too_big() from reason
    if fault:
        raise _refused(*fault, sheet)


def _refused(code: str, row: int, sheet: str) -> Unreadable:
    if code == "encoding":
        said = _("The letters of this CSV sheet cannot be read. Save it again as “CSV UTF-8”.")
        return Unreadable(said, code=code, sheet=sheet)
    said = _(
        "A quotation mark is not closed here, or text follows it. Correct it or save the sheet as .xlsx."
    )
    return Unreadable(said, code=code, sheet=sheet, row=row)


def read(content: bytes, sheet: str, has_headings: Callable[[list[str]], bool]) -> list[Record]:
    """All records of one CSV sheet; raises Unreadable."""
    return list(records(content, delimiter_of(head(content), has_headings), sheet=sheet))
