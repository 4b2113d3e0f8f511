"""Rows of a body as an Excel workbook: words stay words, days are days, nothing runs when it is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter

from sutura.security.formulas import harmless

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
EPOCH = datetime(2000, 1, 1)  # nothing about when or by whom in hidden properties
WIDEST = 60
Cell = str | int | date | None


def as_xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet: headings that stay in sight, one row for each record."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"author": "", "title": title, "created": EPOCH})
    sheet = book.add_worksheet(title[:31])
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    wide = [len(head) for head in heads]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            wide[column] = max(wide[column], len(str(value or "")))
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(line, column, value)
            elif value:
                sheet.write_string(line, column, harmless(str(value)))
    for column, width in enumerate(wide):
        sheet.set_column(column, column, min(width, WIDEST) + 2)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
