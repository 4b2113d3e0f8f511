"""A published table as a file: XLSX, CSV or one page, each with its basis, period, unit, moment and what is hidden."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import xlsxwriter
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sutura.disclosure.models import Release
from sutura.disclosure.showing import SIGN, about, heads, printed, public_page, title_of
from sutura.reporting.papers import is_demo
from sutura.reporting.render.tidy import plain
from sutura.reporting.render.workbook import EPOCH, MIME, OPTIONS


def as_csv(release: Release) -> bytes:
    """Comma-separated, in UTF-8 with the mark that spreadsheets need; first what it is, then the table."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow([title_of(release)])
    rows.writerows([plain(label), plain(text)] for label, text in about(release))
    rows.writerow([])
    rows.writerow([_("Row"), *heads(release)])
    for label, values in printed(release):
        rows.writerow([plain(label), *(SIGN if value is None else value for value in values)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(release: Release) -> bytes:
    """One sheet with the table, one with what it is; no author, no hidden property."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"author": "", "title": title_of(release), "created": EPOCH})
    bold, number = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"num_format": "#,##0"}),
    )
    sheet = book.add_worksheet(_("Table")[:31])
    sheet.set_column(0, 0, 36)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, [_("Row"), *heads(release)], bold)
    for index, (label, values) in enumerate(printed(release), start=1):
        sheet.write_string(index, 0, label)
        for column, value in enumerate(values, start=1):
            if value is None:
                sheet.write_string(index, column, SIGN)
            else:
                sheet.write_number(index, column, value, number)
    notes = book.add_worksheet(_("Definitions")[:31])
    notes.set_column(0, 0, 30)
    notes.set_column(1, 1, 100)
    for index, (label, text) in enumerate(about(release)):
        notes.write_string(index, 0, label, bold)
        notes.write_string(index, 1, text)
    book.close()
    return out.getvalue()


def as_html(release: Release) -> bytes:
    """One page that stands alone."""
    return render_to_string("disclosure/table_print.html", public_page(release)).encode()


FORMS: dict[str, tuple[str, Callable[[Release], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (MIME, as_xlsx),
    "html": ("text/html; charset=utf-8", as_html),
}


def form_or_404(ending: str) -> tuple[str, Callable[[Release], bytes]]:
    """How a form is written, or no such page."""
    if ending not in FORMS:
        raise Http404
    return FORMS[ending]


def file_name(release: Release, ending: str) -> str:
    """A name made of codes only."""
    when = release.period.replace("..", "_")
    demo = "invente-" if is_demo() else ""
    return f"{demo}mali-{release.product}-{when}-{release.block}-{release.shape}-{release.number}.{ending}"
