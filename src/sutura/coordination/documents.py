"""A paper of a meeting as a Word document: A4, the name of its body over it, tables as wide as they were asked."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from sutura.coordination.papers import Grid, Paper, Text
from sutura.ui.wording import says

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHORT, LONG, MARGIN = 21.0, 29.7, 1.8
SHADE, HAND = "EBEEF9", Cm(1.1)


def as_docx(paper: Paper) -> bytes:
    """The bytes of the document."""
    document: Any = Document()
    _page(document, paper)
    document.add_paragraph(paper.over).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading(paper.title, level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if paper.draft:
        document.add_paragraph(_("Draft: not validated yet.")).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for label, value in paper.facts:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(says(label, "")).bold = True
        line.add_run(value)
    for part in paper.parts:
        if part.heading:
            document.add_heading(part.heading, level=2)
        for block in part.blocks:
            _text(document, block) if isinstance(block, Text) else _grid(document, block, _wide(paper))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any, paper: Paper) -> None:
    """A4 on its long side unless the paper stands, one plain font, and nothing about who made the file."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT if paper.upright else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(_wide(paper)), Cm(LONG + SHORT - _wide(paper))
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    section.footer.paragraphs[0].text = paper.name
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.font.name = "Arial"
        for theme in ("asciiTheme", "hAnsiTheme"):  # a theme would win over the name
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = ""
    core.title = paper.name
    core.created = core.modified = datetime(2000, 1, 1)


def _wide(paper: Paper) -> float:
    """How wide its page is, in centimetres."""
    return SHORT if paper.upright else LONG


def _text(document: Any, block: Text) -> None:
    style = "List Number" if block.numbered else "List Bullet" if block.listed else None
    for line in block.lines:
        document.add_paragraph(line, style=style)


def _grid(document: Any, block: Grid, wide: float) -> None:
    table = document.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    table.autofit = False
    widths = [Cm((wide - 2 * MARGIN) * part / sum(block.wide)) for part in block.wide]
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), SHADE)
        cell._tc.get_or_add_tcPr().append(shade)
    _repeated(table.rows[0])
    for row in block.rows:
        added = table.add_row()
        if block.signed:
            added.height = HAND
        for cell, text in zip(added.cells, row, strict=True):
            cell.text = text
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # LibreOffice reads the columns, Word the cells
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _repeated(row: Any) -> None:
    """The headings stand again at the top of each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
