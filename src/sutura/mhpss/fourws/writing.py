"""Services as a 4Ws workbook, or as CSV with its row of HXL tags and P-codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import xlsxwriter
from django.utils.translation import override

from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.fourws.cells import written
from sutura.mhpss.fourws.columns import EVERY, Column
from sutura.mhpss.querysets import ServiceQuerySet
from sutura.mhpss.shape import told
from sutura.places.resolver import Register

SHEET = "4Ws"
WIDTHS = {
    "organisation": 30,
    "description": 50,
    "where": 32,
    "site": 26,
    "groups": 32,
    "staff": 40,
    "layers": 34,
}
BATCH = 1000


def rows(services: ServiceQuerySet, language: str, *, reform: bool = False) -> Iterator[list[str | int]]:
    """One list of cells for each service, in the order of the columns; `reform`: under the regions of 2023."""
    with override(language):
        catalogue, register = Catalogue(), Register.current()
        found = services.select_related("organisation", "place").prefetch_related("staff")
        for service in found.iterator(chunk_size=BATCH):
            yield row_of(service, catalogue, register, language, reform=reform)


def row_of(
    service: Any, catalogue: Catalogue, register: Register, language: str, *, reform: bool = False
) -> list[str | int]:
    """The cells of one service."""
    said = told(service, service.staff.all()) | {"ref": service.ref}
    counted = service.place.region_2023 if reform else service.region
    region, cercle = register.by_code.get(counted), register.by_code.get(service.place.cercle)
    steps = [region, cercle, service.place]
    said |= {
        "where": " / ".join(dict.fromkeys(unit.name for unit in steps if unit)),
        "headings": "; ".join(dict.fromkeys(code.partition(".")[0] for code in said["codes"].split())),
        "verified_on": service.verified_on.isoformat() if service.verified_on else "",
        "verified_by": service.verified_by,
        "adm1_name": region.name if region else "", "adm1_code": counted,
        "adm2_name": cercle.name if cercle else "", "adm2_code": cercle.code if cercle else "",
    }  # fmt: skip
    return [written(column.field, said, catalogue, language) for column in EVERY]


def workbook(services: ServiceQuerySet, language: str, *, reform: bool = False) -> bytes:
    """The sheet in .xlsx, and a second one with the codes."""
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, **safe})
    sheet = book.add_worksheet(SHEET)
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4", "bottom": 1}
    )
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    for place, column in enumerate(EVERY):
        sheet.set_column(place, place, WIDTHS.get(column.field, 16))
        sheet.write_string(0, place, column.heading(language), head)
    for number, cells in enumerate(rows(services, language, reform=reform), start=1):
        for place, cell in enumerate(cells):
            if cell != "":
                (sheet.write_number if isinstance(cell, int) else sheet.write_string)(number, place, cell)
    _codes(book, language)
    book.close()
    return out.getvalue()


def _codes(book: Any, language: str) -> None:
    """The lists of codes in use, to copy from."""
    sheet = book.add_worksheet("Codes")
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 70)
    with override(language):
        terms = [term for known in Catalogue().terms.values() for term in known.values()]
        for number, term in enumerate(terms):
            for place, cell in enumerate((str(term.scheme), term.code, str(term))):
                sheet.write_string(number, place, cell)


def table(services: ServiceQuerySet, language: str, *, hxl: bool = True, reform: bool = False) -> bytes:
    """CSV that a spreadsheet opens well and runs nothing of; the second row holds HXL tags."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if language == "fr" else ",")
    writer.writerow(_head(EVERY, language))
    if hxl:
        writer.writerow([column.hxl for column in EVERY])
    found = rows(services, language, reform=reform)
    writer.writerows([harmless(cell) for cell in cells] for cells in found)
    return out.getvalue().encode("utf-8-sig")


def _head(columns: Iterable[Column], language: str) -> list[str]:
    return [column.heading(language) for column in columns]


def harmless(cell: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@" and cell else cell
