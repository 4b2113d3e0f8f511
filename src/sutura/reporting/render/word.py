"""The note as a Word document: styles, tables with fixed widths, pictures, a header and a footer on every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

from sutura.reporting.render import words
from sutura.reporting.render.blocks import Block, Facts, Grid, Heading, Picture, Text, Title, ToWrite, Turn
from sutura.reporting.render.paper import Paper
from sutura.reporting.render.story import story
from sutura.ui import pictures

FONT = "Arial"
ACCENT, MUTED, LINE = RGBColor(0x2D, 0x3F, 0x97), RGBColor(0x5C, 0x56, 0x4C), "C9C2B4"
SHADE, MARK = "EBEEF9", "FFF2B8"
PAGE, MARGIN = (Cm(21.0), Cm(29.7)), Cm(2.0)
PORTRAIT_CM, LANDSCAPE_CM = 17.0, 25.7
TOGETHER = 16
"""A table of at most so many rows is not cut by the end of a page."""
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def note_docx(paper: Paper, languages: Sequence[str] = ("fr", "en")) -> bytes:
    """The bytes of the document, whole in each language, one after the other."""
    writer = _Writer(paper)
    for place, language in enumerate(languages):
        with override(language):
            writer.begin(new_page=place > 0)
            for block in story(paper):
                writer.write(block)
    return writer.bytes()


class _Writer:
    """Writes blocks into a document, one section for each run of pages."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document: Any = Document()
        self.wide = PORTRAIT_CM
        styles(self.document)
        core = self.document.core_properties
        core.author = core.last_modified_by = core.comments = ""
        core.title = f"{paper.period.product} {paper.period.text}"
        core.created = core.modified = datetime(2000, 1, 1)

    def begin(self, *, new_page: bool) -> None:
        """Open the part of one language: its own section, with header and footer in that language."""
        if new_page:
            self._section(landscape=False)
        else:
            turn(self.document.sections[0], landscape=False)
        running(self.document.sections[-1], self.paper, self.wide)

    def write(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Title():
                self._title(block)
            case Heading():
                self.document.add_heading(block.text, level=block.level)
            case Text():
                style = "Basis" if block.small else "Lead" if block.strong else None
                self.document.add_paragraph(block.text, style=style)
            case ToWrite():
                words_ = _("[To be written: %(what)s]") % {"what": block.text}
                self.document.add_paragraph(words_, style="To write")
            case Facts():
                self._facts(block)
            case Grid():
                self._grid(block)
            case Picture():
                self._picture(block)
            case Turn():
                if block.landscape:
                    self._section(landscape=True)
                    running(self.document.sections[-1], self.paper, self.wide)

    def bytes(self) -> bytes:
        """The finished file."""
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _section(self, *, landscape: bool) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        turn(section, landscape=landscape)
        self.wide = LANDSCAPE_CM if landscape else PORTRAIT_CM

    def _title(self, block: Title) -> None:
        if block.mark:
            self.document.add_paragraph(words.invented(), style="Demo")
        self.document.add_paragraph(block.text, style="Title")
        self.document.add_paragraph(block.under, style="Subtitle")

    def _facts(self, block: Facts) -> None:
        table = self.document.add_table(rows=len(block.rows), cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        for cells, (label, value) in zip(cells_of(table), block.rows, strict=True):
            fill(cells[0], label, bold=True, colour=MUTED)
            fill(cells[1], value)
        finish(table, (4.2, self.wide - 4.2), head=False)
        self.document.add_paragraph(style="Gap")

    def _grid(self, block: Grid) -> None:
        if block.caption:
            self.document.add_paragraph(block.caption, style="Caption")
        table = self.document.add_table(rows=1 + len(block.rows), cols=len(block.heads))
        rows = cells_of(table)
        for place, text in enumerate(block.heads):
            fill(rows[0][place], text, bold=True, right=place not in block.wide, size=8)
        for index, row in enumerate(block.rows):
            bold = index >= len(block.rows) - block.totals
            for place, text in enumerate(row):
                fill(rows[index + 1][place], text, bold=bold, right=place not in block.wide, size=8.5)
        finish(table, widths(block, self.wide), head=True, totals=block.totals)
        if len(block.rows) <= TOGETHER:
            keep_together(rows)
        self.document.add_paragraph(block.basis, style="Basis")

    def _picture(self, block: Picture) -> None:
        paragraph = self.document.add_paragraph(block.caption, style="Caption")
        paragraph.paragraph_format.keep_with_next = True
        shown = self.document.add_paragraph()
        shown.paragraph_format.keep_with_next = True
        run = shown.add_run()
        shape = run.add_picture(BytesIO(pictures.png(block.svg, width=1600)), width=Cm(block.width_cm))
        shape._inline.docPr.set("descr", block.caption)
        self.document.add_paragraph(block.basis, style="Basis")


def widths(block: Grid, wide: float) -> tuple[float, ...]:
    """Centimetres of each column: numbers alike, words no narrower than their longest word, the rest by length."""
    count = len(block.heads)
    numbers = count - len(block.wide)
    narrow = min(2.15, (wide - 6) / numbers) if numbers else 0
    least = {place: longest_word(block, place) * 0.165 + 0.45 for place in block.wide}
    rest = max(wide - narrow * numbers - sum(least.values()), 0)
    needs = {place: _need(block, place) for place in block.wide}
    whole = sum(needs.values())
    return tuple(
        least[place] + rest * needs[place] / whole if place in needs else narrow for place in range(count)
    )


def longest_word(block: Grid, place: int) -> int:
    """Letters of the longest word of a column: it should not be cut."""
    return max(len(word) for row in (block.heads, *block.rows) for word in (row[place].split() or [""]))


def _need(block: Grid, place: int) -> float:
    lengths = [len(row[place]) for row in block.rows] + [len(block.heads[place])]
    return min(max(4.0, sum(lengths) / len(lengths) * 0.5 + max(lengths) * 0.5), 34.0)


def styles(document: Any) -> None:
    """One family, few sizes: body 10, headings in the accent colour, bases small and muted, gaps marked in yellow."""
    normal = document.styles["Normal"]
    face(normal, 10)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.12
    for name, size, before, after in (
        ("Title", 24, 0, 2),
        ("Heading 1", 14, 14, 5),
        ("Heading 2", 11, 10, 3),
    ):
        style = document.styles[name]
        face(style, size, ACCENT, bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    face(document.styles["Subtitle"], 13, MUTED, italic=False)
    face(document.styles["Caption"], 9, RGBColor(0x1E, 0x1C, 0x19), bold=True)
    document.styles["Caption"].paragraph_format.space_before = Pt(10)
    document.styles["Caption"].paragraph_format.space_after = Pt(3)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    face(new(document, "Lead"), 11.5, bold=True)
    face(new(document, "Basis"), 7.5, MUTED)
    document.styles["Basis"].paragraph_format.space_before = Pt(3)
    document.styles["Basis"].paragraph_format.space_after = Pt(8)
    face(new(document, "Gap"), 4)
    face(new(document, "Demo"), 10, RGBColor(0x8A, 0x43, 0x00), bold=True)
    face(new(document, "To write"), 9.5, RGBColor(0x5A, 0x46, 0x00), italic=True)
    shade(document.styles["To write"].element.get_or_add_pPr(), MARK)


def new(document: Any, name: str) -> Any:
    """A paragraph style of ours."""
    style = document.styles.add_style(name, 1)
    style.base_style = document.styles["Normal"]
    return style


def face(
    style: Any, size: float, colour: RGBColor | None = None, *, bold: bool = False, italic: bool = False
) -> None:
    """Font, size, weight and colour of a style, for every script."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, italic
    if colour is not None:
        style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "heme" in name:
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def fill(
    cell: Any,
    text: str,
    *,
    bold: bool = False,
    right: bool = False,
    colour: RGBColor | None = None,
    size: float = 9,
) -> None:
    """The words of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def cells_of(table: Any) -> list[list[Any]]:
    """The cells of a table row by row; the library's own way looks for merged cells at every step, and is slow."""
    return [[_Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def finish(table: Any, wide: Sequence[float], *, head: bool, totals: int = 0) -> None:
    """Fixed widths, hairlines between rows, a repeated shaded head, shaded totals."""
    table.autofit = False
    rules = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rules.append(line(side, LINE, 4))
    # The schema wants borders before the layout of the table.
    table._tbl.tblPr.insert_element_before(rules, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for grid, centimetres in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), wide, strict=True):
        grid.set(qn("w:w"), str(round(centimetres * 567)))
    rows = cells_of(table)
    for index, (row, cells) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):
        kept = row.get_or_add_trPr()
        kept.append(OxmlElement("w:cantSplit"))
        if head and index == 0:
            kept.append(OxmlElement("w:tblHeader"))
        for cell, centimetres in zip(cells, wide, strict=True):
            cell.width = Cm(centimetres)
            if (head and index == 0) or index >= len(rows) - totals:
                shade(cell._tc.get_or_add_tcPr(), SHADE)
            margins(cell)


def keep_together(rows: list[list[Any]]) -> None:
    """Hold the rows of a table, and the basis under it, on one page."""
    for row in rows:
        for cell in row:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def margins(cell: Any) -> None:
    """A little air above and under the words of a cell."""
    found = OxmlElement("w:tcMar")
    for side, size in (("top", 40), ("bottom", 40)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(size))
        edge.set(qn("w:type"), "dxa")
        found.append(edge)
    cell._tc.get_or_add_tcPr().append(found)


def line(side: str, colour: str, eighths: int) -> Any:
    """One border line."""
    found = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "0"), ("color", colour)):
        found.set(qn(f"w:{name}"), value)
    return found


def shade(properties: Any, colour: str) -> None:
    """A flat background."""
    found = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        found.set(qn(f"w:{name}"), value)
    properties.append(found)


def turn(section: Any, *, landscape: bool) -> None:
    """A4, standing or on its side, with the margins of the house."""
    short, long = PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Cm(0.9)


def running(section: Any, paper: Paper, wide: float) -> None:
    """Header: restriction, country, quarter, version. Footer: hash, for whom the copy was made, page of pages."""
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    head = _running_line(section.header.paragraphs[0], wide)
    _said(head, f"{words.restricted(paper)}\t{short_version(paper)}")
    foot = _running_line(section.footer.paragraphs[0], wide)
    _said(foot, f"{words.watermark(paper)}\t")
    page_of_pages(foot)


def short_version(paper: Paper) -> str:
    """Edition number and the head of its hash, or that it is a draft."""
    if paper.frozen is None:
        return _("DRAFT")
    return _("Edition %(n)s · %(sha)s") % {"n": paper.frozen.number, "sha": paper.frozen.sha256[:12]}


def _running_line(paragraph: Any, wide: float) -> Any:
    stops = paragraph.paragraph_format.tab_stops
    for stop in list(paragraph.style.paragraph_format.tab_stops):
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Cm(wide), WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def _said(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(8), MUTED


def page_of_pages(paragraph: Any) -> None:
    """Fields which Word and LibreOffice fill: page, number of pages."""
    for place, name in enumerate(("PAGE", "NUMPAGES")):
        if place:
            _said(paragraph, " / ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        run = paragraph.add_run("1")
        run.font.size, run.font.color.rgb = Pt(8), MUTED
        field.append(run._r)
        paragraph._p.append(field)
