"""Grids of cells written as `.xlsx`, `.ods`, folder or zip of `.csv`, plain or as messy as real files are."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook as Spreadsheet  # type: ignore[import-untyped,unused-ignore]

from tests.truth.headings import columns
from tests.truth.workbook import SHEETS, Book

Grid = list[list[Any]]
Grids = dict[str, Grid]
EPOCH = date(1899, 12, 30)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Formula:
    """A formula with the value which the spreadsheet last computed."""

    text: str
    cached: Any


@dataclass(frozen=True)
class Serial:
    """A date left as a bare number of days, without a date format."""

    day: date


def grids(book: Book) -> Grids:
    """The four sheets as rows of cells, canonical headings first."""
    return {
        sheet: [columns(sheet), *([row.get(name) for name in columns(sheet)] for row in book.sheets[sheet])]
        for sheet in SHEETS
    }


def as_text(cell: Any) -> str:
    """A cell as a `.csv` file holds it; dates as ISO text."""
    if isinstance(cell, Formula):
        return as_text(cell.cached)
    if isinstance(cell, Serial):
        return str((cell.day - EPOCH).days)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def csv_bytes(grid: Grid, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """One sheet as the bytes of a `.csv` file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(
        [as_text(c) for c in row] for row in grid
    )
    return text.getvalue().encode(encoding)


def write_folder(sheets: Grids, folder: Path, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A folder with one `.csv` file a sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, grid in sheets.items():
        (folder / f"{name}.csv").write_bytes(csv_bytes(grid, encoding, delimiter))
    return folder


def write_zip(sheets: Grids, path: Path, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A zip with one `.csv` file a sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, grid in sheets.items():
            pack.writestr(f"{name}.csv", csv_bytes(grid, encoding, delimiter))
    return path


def write_xlsx(sheets: Grids, path: Path, *, iso_text_every: int = 3) -> Path:
    """An `.xlsx` as a tidy person makes it; each n-th row gives its dates as ISO text, the others as true dates."""
    book = Spreadsheet(write_only=True)
    for name, grid in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(grid):
            as_iso = number % iso_text_every == 0
            sheet.append([c.isoformat() if as_iso and isinstance(c, date) else c for c in row])
    book.save(path)
    return path


# -- an .xlsx written by hand: formulas with cached values, bare serials, merged banners ---------------------------


def letters(index: int) -> str:
    """The letters of a column, counted from 0."""
    head, last = divmod(index, 26)
    return (letters(head - 1) if head else "") + chr(65 + last)


def xlsx_cell(where: str, cell: Any) -> str:
    """One cell in SpreadsheetML; style 1 is a date."""
    if cell is None or cell == "":
        return f'<c r="{where}" s="2"/>'
    if isinstance(cell, Formula):
        inner = xlsx_cell(where, cell.cached)
        formula = f"<f>{escape(cell.text)}</f>"
        if isinstance(cell.cached, str):
            return f'<c r="{where}" t="str">{formula}<v>{escape(cell.cached)}</v></c>'
        return inner.replace("<v>", f"{formula}<v>")
    if isinstance(cell, Serial):
        return f'<c r="{where}"><v>{(cell.day - EPOCH).days}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{where}" s="1"><v>{(cell - EPOCH).days}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{where}"><v>{cell}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def xlsx_sheet(grid: Grid, merged: str) -> str:
    """One worksheet part."""
    rows = "".join(
        f'<row r="{r}">'
        + "".join(xlsx_cell(f"{letters(c)}{r}", cell) for c, cell in enumerate(row))
        + "</row>"
        for r, row in enumerate(grid, 1)
    )
    tail = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>'


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def relations(links: Iterable[tuple[str, str]]) -> str:
    """A relationships part: kind and target of each link, `rId1` onwards."""
    items = "".join(
        f'<Relationship Id="rId{i}" Type="{DOC}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(links, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def write_messy_xlsx(sheets: Grids, path: Path, merged: str = "") -> Path:
    """An `.xlsx` by hand, where formulas keep cached values and cells A1:… of each sheet may be merged."""
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [f"xl/worksheets/sheet{i}.xml" for i in range(1, len(sheets) + 1)]
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{office}.{kind}+xml"/>'
        for part, kind in [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
        + [(part, "worksheet") for part in parts]
    )
    names = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(sheets, 1))
    links = [("worksheet", part.removeprefix("xl/")) for part in parts] + [("styles", "styles.xml")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(
            "[Content_Types].xml",
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        )
        pack.writestr("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")]))
        pack.writestr(
            "xl/workbook.xml",
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{DOC}"><sheets>{names}</sheets></workbook>',
        )
        pack.writestr("xl/_rels/workbook.xml.rels", relations(links))
        pack.writestr("xl/styles.xml", STYLES)
        for part, grid in zip(parts, sheets.values(), strict=True):
            pack.writestr(part, xlsx_sheet(grid, merged))
    return path


# -- .ods ------------------------------------------------------------------------------------------------------


def ods_cell(cell: Any) -> str:
    """One cell in OpenDocument."""
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{cell}">'
            f"<text:p>{cell:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(cell, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def write_ods(sheets: Grids, path: Path) -> Path:
    """An `.ods` with true dates."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in grid)
        + "</table:table>"
        for name, grid in sheets.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("mimetype", kind, zipfile.ZIP_STORED)
        pack.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        pack.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
            '<office:automatic-styles><style:style style:name="day" style:family="table-cell"/>'
            f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return path
