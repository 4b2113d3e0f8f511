"""Figures, reported values and definitions as a workbook, or as CSV with HXL and P-codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from textwrap import wrap
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from sutura.coordination.workbooks import EPOCH, OPTIONS
from sutura.indicators.choices import Unit
from sutura.indicators.figures import told
from sutura.indicators.models import Definition, Value
from sutura.indicators.rules import Answer, sendable, shown
from sutura.places.models import Unit as Place
from sutura.security.formulas import harmless
from sutura.ui import wording

HXL = (
    "#indicator+code", "#indicator+name", "#indicator+category", "#org+prog", "#adm1+name", "#adm1+code", "#date+start",
    "#date+end", "#indicator+value+num", "#indicator+numerator+num", "#indicator+denominator+num", "#meta+version",
    "#meta+source",
)  # fmt: skip
Cell = str | int | Decimal | date | None
Row = Sequence[Cell]
WIDE = (9, 44, 16, 26, 15, 8, 11, 11, 10, 13, 10, 12, 38)
"""How wide each column of figures and values is."""
WIDE_DEFINITIONS = (9, 42, 11, 11, 18, 30, 30, 15, 24, 24, 13, 10, 18, 12, 13, 44)
CELL = {"font_name": "Arial", "font_size": 10, "valign": "top", "bottom": 1, "bottom_color": "#C9D2DC"}
LINE = 13.5
"""The height of a line. Of these letters, five go into the width of four digits."""


class Percent(Decimal):
    """A share, which a workbook prints with its sign."""


def heads() -> list[str]:
    """The headings of figures and values, in the reader's language."""
    return [
        _("Code"), _("Indicator"), _("Part of the count"), _("Organisation"), _("Region"), _("P-code"), _("From"),
        _("Until"), _("Value"), _("Part counted"), _("Of the whole"), _("Version of the definition"),
        _("How it was counted"),
    ]  # fmt: skip


def figures(user: Any, first: date, last: date, region: str) -> Iterable[Row]:
    """One row for each indicator in use; a figure that its method forbids says so instead of a number."""
    where = Place.objects.region_names().get(region, _("The whole country"))
    found = Definition.objects.visible_to(user).current().filter(indicator__retired_on=None)
    for definition in found.in_order().select_related("body"):
        now = told(definition, first, last, region)
        yield (
            definition.indicator.code, str(definition), "", "", where, region or "ML", first, last,
            *numbers(definition, now.answer), definition.version, now.refusal or now.basis,
        )  # fmt: skip


def numbers(definition: Definition, answer: Answer | None) -> tuple[Cell, Cell, Cell]:
    """The number that is printed; of a percentage, the part that was counted; of how many."""
    value, whole = shown(definition.unit, answer), answer.whole if answer else None
    if definition.unit != Unit.PERCENT or answer is None:
        return value, None, whole
    return None if value is None else Percent(value), answer.value, whole


def reported(user: Any, first: date, last: date, region: str) -> Iterable[Row]:
    """Accepted values, report by report; parts of a count stay behind where one is below ten."""
    found = Value.objects.visible_to(user).filter(
        report__state="accepted", report__round__first__gte=first, report__round__last__lte=last
    )
    if region:
        found = found.filter(report__region=region)
    names = Place.objects.region_names()
    of: dict[tuple[int, int], dict[str, Decimal]] = {}
    rows = list(found.select_related("report__round", "report__organisation", "definition__indicator"))
    for value in rows:
        of.setdefault((value.report_id, value.definition_id), {})[value.category] = value.value
    for value in rows:
        parts = dict(of[value.report_id, value.definition_id])
        if value.category and not sendable(parts.pop("", None), parts):
            continue
        report = value.report
        yield (
            value.definition.indicator.code, str(value.definition), value.get_category_display(),
            report.organisation.name, names.get(report.region, _("The whole country")), report.region or "ML",
            report.round.first, report.round.last,
            *numbers(value.definition, Answer(value.value, value.whole)), value.definition.version, report.round.title,
        )  # fmt: skip


def definitions(user: Any) -> Iterable[Row]:
    """What each indicator means, as it stands."""
    for each in Definition.objects.visible_to(user).current().filter(indicator__retired_on=None).in_order():
        yield (
            each.indicator.code, str(each), each.indicator.get_level_display(), _("yes") if each.official else _("no"),
            each.get_unit_display(), each.said("numerator"), each.said("denominator"), each.get_frequency_display(),
            each.get_places_display(), each.get_periods_display(), each.baseline, each.target,
            each.get_origin_display(), each.version, each.valid_from, each.credit,
        )  # fmt: skip


def of_definitions() -> list[str]:
    """Their headings."""
    return [
        _("Code"), _("Indicator"), _("Level"), _("Official wording"), _("Unit"), _("What is counted"),
        _("Of what whole"), _("How often"), _("Several places together"), _("Several periods together"), _("Baseline"),
        _("Target"), _("Source of the value"), _("Version of the definition"), _("Valid from"),
        _("Source of the wording"),
    ]  # fmt: skip


def as_xlsx(user: Any, first: date, last: date, region: str) -> bytes:
    """Three sheets: figures, what organisations reported, what each indicator means."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"author": "", "title": _("Indicators"), "created": EPOCH})
    span = wording.days(first, last)
    told_now = [in_one(row) for row in figures(user, first, last, region)]
    sheet(book, _("Figures"), in_one(heads()), in_one(WIDE), told_now, span)
    sheet(book, _("Reported values"), heads(), WIDE, reported(user, first, last, region), span)
    across = sheet(book, _("Definitions"), of_definitions(), WIDE_DEFINITIONS, definitions(user), span)
    across.fit_to_pages(2, 0)
    across.repeat_columns(0, 1)
    book.close()
    return out.getvalue()


def in_one(row: Sequence[Any]) -> Sequence[Any]:
    """A row of figures without the part of the count and the organisation: a figure has neither."""
    return [*row[:2], *row[4:]]


def sheet(
    book: Any, title: str, columns: Sequence[str], widths: Sequence[int], rows: Iterable[Row], span: str
) -> Any:
    """One sheet that prints on A4 across: headings stay in sight, wide texts wrap."""
    head = book.add_format({**CELL, "bold": True, "text_wrap": True, "bg_color": "#E8EEF4"})
    words = book.add_format({**CELL, "text_wrap": True})
    day = book.add_format({**CELL, "num_format": "yyyy-mm-dd", "align": "left"})
    number, version = book.add_format(CELL), book.add_format({**CELL, "align": "center"})
    percent = book.add_format({**CELL, "num_format": 'General" %"'})
    made = paper(book.add_worksheet(title[:31]), f"&L{title} – {span}&R&P / &N")
    for place, (heading, width) in enumerate(zip(columns, widths, strict=True)):
        made.set_column(place, place, width)
        made.write_string(0, place, heading, head)
    made.set_row(0, height(columns, widths))
    for line, row in enumerate(rows, start=1):
        made.set_row(line, height(row, widths))
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                made.write_datetime(line, place, cell, day)
            elif isinstance(cell, int):
                made.write_number(line, place, cell, version)
            elif isinstance(cell, Decimal):
                made.write_number(line, place, cell, percent if isinstance(cell, Percent) else number)
            else:
                made.write_string(line, place, harmless(str(cell or "")), words)
    return made


def height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """Room for the longest words of a row: not every spreadsheet makes it by itself."""
    words = (
        wrap(cell, width * 5 // 4) for cell, width in zip(row, widths, strict=True) if isinstance(cell, str)
    )
    return LINE * max(1, *(len(lines) for lines in words))


def paper(made: Any, footer: str) -> Any:
    """How a sheet is printed: A4 across, its headings on each page, what it is and the page below."""
    made.set_landscape()
    made.set_paper(9)
    made.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)
    made.set_footer(footer)
    made.freeze_panes(1, 2)
    return made


def as_csv(user: Any, first: date, last: date, region: str, *, hxl: bool = True) -> bytes:
    """Figures and values in one table that a spreadsheet opens well; the second row holds HXL tags."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if wording.language() == "fr" else ",")
    writer.writerow(heads())
    if hxl:
        writer.writerow(HXL)
    for row in [*figures(user, first, last, region), *reported(user, first, last, region)]:
        writer.writerow([written(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def written(cell: Cell) -> str:
    """A cell of a CSV: days as ISO, numbers with a point, nothing that runs."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return harmless(str(cell)) if cell is not None else ""
