"""The empty workbook: four sheets with their headings and lists, a page that explains, every list in words."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from sutura.intake.columns import (
    DATE,
    FLAG,
    NUMBER,
    OPTION,
    PARTIES,
    PLACE,
    REF,
    REFS,
    SHEETS,
    TEXT,
    WHOLE,
    WORD,
    WORDS,
    Column,
)
from sutura.intake.layout import layout

ROWS = 5_000  # how far down lists and date formats reach
NO_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def template(language: str) -> bytes:
    """The workbook in `fr` or `en`; the names of the sheets stay English, so do the words of the lists."""
    out = io.BytesIO()
    with override(language):
        book = xlsxwriter.Workbook(out, NO_FORMULAS)
        for sheet in SHEETS:
            columns = tuple(column for column in layout()[sheet] if not column.types)
            _sheet(book, sheet, columns, language)
        _words(book, language)
        _explanations(book)
        book.close()
    return out.getvalue()


def heading(column: Column, language: str) -> str:
    """The heading of a column in a language."""
    return column.french if language == "fr" and column.french else column.name


def _sheet(book: Any, name: str, columns: tuple[Column, ...], language: str) -> None:
    page = book.add_worksheet(name)
    formats = {
        True: book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1}),
        False: book.add_format({"bg_color": "#F2F2F2", "bottom": 1}),
    }
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.freeze_panes(1, 1)
    for number, column in enumerate(columns):
        title = heading(column, language)
        page.write_string(0, number, title, formats[column.mandatory])
        page.set_column(number, number, max(12, len(title) + 2), day if column.kind == DATE else None)
        page.write_comment(0, number, hint(column), {"x_scale": 2})
        choices = options(column)
        if choices and len(",".join(choices)) <= 255:
            page.data_validation(
                1, number, ROWS, number, {"validate": "list", "source": choices, "error_type": "warning"}
            )


def options(column: Column) -> list[str]:
    """The words a cell may hold; none where it is free."""
    if column.kind == FLAG:
        return ["yes", "no"]
    return list(column.options) if column.kind in {OPTION, WORD} else []


def hint(column: Column) -> str:
    """One sentence on what to write."""
    sentences = {
        REF: _("A reference of your own: the same each time you send the row."),
        REFS: _("References with ; between them."),
        DATE: _("A date: year-month-day, not after today."),
        FLAG: _("yes or no (oui or non)."),
        OPTION: _("One word of the list."),
        WORD: _("One word of the list; another word is kept beside it."),
        WORDS: _("Words of the list with ; between them."),
        WHOLE: _("A whole number, 0 or more; empty is 0 for numbers of children."),
        NUMBER: _("Degrees, with a point or a comma."),
        TEXT: _("Free text. No names of children or of witnesses."),
        PARTIES: _("Codes of the register with ; between them; empty: unidentified."),
        PLACE: _("A P-code, or Region / Cercle / Commune."),
    }
    said = sentences[column.kind]
    must = _("Mandatory.")
    return f"{must} {said}" if column.mandatory else said


def _words(book: Any, language: str) -> None:
    """Every column with its words, and the columns of details which may be added to the sheet of violations."""
    page = book.add_worksheet(_("lists"))
    bold = book.add_format({"bold": True})
    titles = (_("Sheet"), _("Column"), _("Heading"), _("For the types"), _("Words"))
    page.write_row(0, 0, titles, bold)
    page.set_column(0, 2, 26)
    page.set_column(3, 4, 60)
    rows = [(sheet, column) for sheet in SHEETS for column in layout()[sheet]]
    for number, (sheet, column) in enumerate(rows, 1):
        said = "; ".join(options(column) or column.options) or hint(column)
        cells = (sheet, column.name, heading(column, language), "; ".join(column.types), said)
        for at, cell in enumerate(cells):
            page.write_string(number, at, cell)
    page.freeze_panes(1, 0)


def _explanations(book: Any) -> None:
    page = book.add_worksheet(_("read me"))
    page.set_column(0, 0, 110)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sentences = (
        _("Sutura: workbook of incidents, version 1."),
        _("One row for each incident, violation, victim, source. Rows are tied by their references."),
        _("The file is taken whole or not at all. Send the same file again: nothing changes. Change a row: its"
          " record changes. Leave a row out: its record stays."),
        _("Coloured bold headings must be filled. Other columns of yours are kept as notes."),
        _("The sheet of lists names every column, also the details of each type, which you may add to the sheet"
          " “violations”."),
        _("Write no name of a child, a family or a witness anywhere: use codes."),
        _("Listed victims may not be more than the count of their violation."),
    )  # fmt: skip
    for number, sentence in enumerate(sentences):
        page.write_string(number, 0, sentence, wrap)
