"""A report as an Excel workbook: one fact a row, definitions and bases printed, totals as formulas that recalculate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from sutura.reporting.render import words
from sutura.reporting.render.paper import Paper
from sutura.reporting.render.sheets import Cell, Sum, definitions, incident_sheet, sheets
from sutura.security.formulas import harmless

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Words are written as words: a cell that begins with = + - @ can never run (formula injection)."""
EPOCH = datetime(2000, 1, 1)  # the file says when it was made on its first sheet, not in hidden properties


def report_xlsx(paper: Paper) -> bytes:
    """The workbook of a report, in the language in force."""

    def write(book: _Book) -> None:
        book.about(definitions(paper))
        for name, heads, rows, sums in sheets(paper):
            book.sheet(name, heads, rows, sums)

    return _made(paper, write)


def incidents_xlsx(paper: Paper) -> bytes:
    """The incident list alone, by code, with its definitions."""

    def write(book: _Book) -> None:
        book.about(definitions(paper))
        book.sheet(*incident_sheet(paper))

    return _made(paper, write)


def _made(paper: Paper, write: Callable[[_Book], None]) -> bytes:
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, OPTIONS)
    workbook.set_properties(
        {"author": "", "title": f"{paper.period.product} {paper.period.text}", "created": EPOCH}
    )
    write(_Book(workbook, paper))
    workbook.close()
    return out.getvalue()


class _Book:
    """Writes sheets that look alike."""

    def __init__(self, workbook: Any, paper: Paper) -> None:
        self.workbook, self.paper = workbook, paper
        font = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        self.plain = workbook.add_format(font)
        self.wrap = workbook.add_format({**font, "text_wrap": True})
        self.bold = workbook.add_format({**font, "bold": True, "text_wrap": True})
        self.title = workbook.add_format({**font, "bold": True, "font_size": 16, "font_color": "#2d3f97"})
        self.head = workbook.add_format(
            {**font, "bold": True, "bg_color": "#ebeef9", "bottom": 1, "text_wrap": True}
        )
        self.number = workbook.add_format({**font, "num_format": "#,##0"})
        self.total = workbook.add_format(
            {**font, "bold": True, "top": 1, "num_format": "#,##0", "bg_color": "#ebeef9"}
        )
        self.day = workbook.add_format({**font, "num_format": "yyyy-mm-dd", "align": "left"})
        self.demo = workbook.add_format({**font, "bold": True, "font_color": "#8a4300"})

    def about(self, rows: Sequence[tuple[str, str]]) -> None:
        """The first sheet: what the numbers mean, for whom and when the file was made."""
        sheet = self.workbook.add_worksheet(_("Definitions")[:31])
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        sheet.write_string(
            0,
            0,
            f"{words.title(self.paper.period.product)} · Mali · {words.period(self.paper.period)}",
            self.title,
        )
        if self.paper.demo:
            sheet.write_string(1, 0, words.invented(), self.demo)
        for index, (label, text) in enumerate(rows, start=2):
            sheet.write_string(index, 0, label, self.bold)
            sheet.write_string(index, 1, text, self.wrap)
            sheet.set_row(index, 14 * (1 + len(text) // 105))
        self._page(sheet)

    def sheet(
        self, name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], sums: Sequence[int]
    ) -> None:
        """One sheet: heads, facts, and under the last row the sums of the columns of numbers as formulas."""
        sheet = self.workbook.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for column, text in enumerate(heads):
            sheet.write_string(0, column, text, self.head)
            lengths = [len(str(row[column] or "")) for row in rows[:400]]
            sheet.set_column(column, column, min(max([len(text) * 0.8, 9, *lengths]) + 2, 46))
        for index, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._cell(sheet, index, column, value)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        if sums and rows:
            self._sums(sheet, heads, rows, sums)
        self._page(sheet)

    def _sums(
        self, sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[Cell]], sums: Sequence[int]
    ) -> None:
        last = len(rows) + 1
        for column in range(len(heads)):
            sheet.write_blank(last, column, None, self.total)
        sheet.write_string(last, 0, _("Total"), self.total)
        for column in sums:
            span = f"{xl_rowcol_to_cell(1, column)}:{xl_rowcol_to_cell(len(rows), column)}"
            value = sum(cell for row in rows if isinstance(cell := row[column], int))
            # The value is written beside the formula: a reader that does not calculate shows it too.
            sheet.write_formula(last, column, f"=SUM({span})", self.total, value)

    def _cell(self, sheet: Any, row: int, column: int, value: Cell) -> None:
        if isinstance(value, Sum):
            span = f"{xl_rowcol_to_cell(row, column - value.cells)}:{xl_rowcol_to_cell(row, column - 1)}"
            sheet.write_formula(row, column, f"=SUM({span})", self.number, value.value)
        elif value is None:
            sheet.write_blank(row, column, None, self.plain)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self.day)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.number)
        else:
            sheet.write_string(row, column, harmless(value), self.plain)

    def _page(self, sheet: Any) -> None:
        """How it prints: landscape, one page wide, restriction and version on every page."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L&8{_safe(words.restricted(self.paper))}&R&8&A")
        sheet.set_footer(f"&L&8{_safe(words.watermark(self.paper))}&R&8&P / &N")


def _safe(text: str) -> str:
    """A header's own code begins with an ampersand."""
    return text.replace("&", "&&")
