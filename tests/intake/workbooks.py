"""Workbooks for the tests of intake: valid rows to start from, written as .xlsx, .ods or CSV."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import xlsxwriter

Sheets = dict[str, list[list[Any]]]
FRENCH = {
    "incident_ref": "Référence incident",
    "occurred_on": "Survenu le",
    "occurred_to": "Survenu jusqu'au",
    "open_ended": "Toujours en cours",
    "place": "Lieu",
    "locality": "Localité",
    "latitude": "Latitude",
    "account_shareable": "Récit partageable",
    "violation_ref": "Référence violation",
    "type": "Type",
    "boys": "Garçons",
    "girls": "Filles",
    "unknown": "Sexe inconnu",
    "parties": "Parties",
    "attribution": "Attribution",
    "status": "Statut",
    "decided_on": "Décidé le",
    "victim_ref": "Référence victime",
    "violation_refs": "Références violations",
    "kind": "Nature",
    "child_ref": "Référence enfant",
    "sex": "Sexe",
    "age": "Âge",
    "source_ref": "Référence source",
    "category": "Catégorie",
}

INCIDENT = {"incident_ref": "I1", "occurred_on": "2026-01-10", "place": "ML05"}
VIOLATION = {
    "violation_ref": "V1",
    "incident_ref": "I1",
    "type": "killing",
    "boys": 1,
    "status": "verified",
    "decided_on": "2026-02-01",
}
VICTIM = {"victim_ref": "K1", "violation_refs": "V1", "sex": "boy", "age": 9}
SOURCE = {"source_ref": "S1", "violation_refs": "V1", "category": "secondary"}


def sheet(*rows: Mapping[str, Any]) -> list[list[Any]]:
    """Rows given by column → a heading row and the rows below it."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [names, *[[row.get(name) for name in names] for row in rows]]


def book(**rows: Sequence[Mapping[str, Any]]) -> Sheets:
    """A workbook of one valid incident with one violation, but for the sheets given."""
    sheets = {"incidents": [INCIDENT], "violations": [VIOLATION]} | {
        name: list(given) for name, given in rows.items()
    }
    return {name: sheet(*given) for name, given in sheets.items()}


def xlsx(sheets: Sheets) -> bytes:
    """The workbook as .xlsx, dates as true dates."""
    out = io.BytesIO()
    writer = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        page = writer.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(number, column, cell)
    writer.close()
    return out.getvalue()


def csv_bytes(rows: list[list[Any]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """One sheet as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue().encode(encoding)


def csv_zip(sheets: Sheets, delimiter: str = ",", encoding: str = "utf-8", folder: str = "") -> bytes:
    """The workbook as a zip of CSV."""
    return packed(
        {f"{folder}{name}.csv": csv_bytes(rows, delimiter, encoding) for name, rows in sheets.items()}
    )


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(
                name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def ods(sheets: Sheets) -> bytes:
    """The workbook as .ods, with the million repeated empty rows which office suites leave at the end."""
    tables = []
    for name, rows in sheets.items():
        lines = [
            "<table:table-row>" + "".join(_ods_cell(cell) for cell in row) + "</table:table-row>"
            for row in rows
        ]
        lines.append(
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        )
        tables.append(f'<table:table table:name="{name}">{"".join(lines)}</table:table>')
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_cell(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, datetime.date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}">'
            f"<text:p>{cell:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )
    text = escape(str(cell))
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
