"""The minutes extract as a Word document."""

from __future__ import annotations

from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Pt

from sutura.ui import wording
from sutura.verification.minutes import Minutes

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_docx(minutes: Minutes, mark: str) -> bytes:
    """The bytes of a .docx, `mark` on every page: who attended by organisation, decisions, what was noted."""
    document = Document()
    document.styles["Normal"].font.size = Pt(10)
    document.sections[0].footer.paragraphs[0].text = mark
    document.add_heading(_("Minutes extract %(ref)s") % {"ref": minutes.ref}, level=1)
    where = f"{minutes.mode}, {minutes.venue}" if minutes.venue else minutes.mode
    document.add_paragraph(f"{wording.day(minutes.held_on)} · {where}")
    document.add_paragraph(_("Restricted. Codes only: this extract holds no names."))
    _list(document, _("Organisations present"), minutes.organisations)
    document.add_heading(_("Decisions"), level=2)
    _decisions(document, minutes)
    _list(document, _("Decisions by kind"), [wording.says(word, n) for word, n in minutes.totals])
    _list(document, _("Left for another sitting"), minutes.left)
    _list(document, _("Access issues noted"), minutes.access_issues.splitlines())
    _list(document, _("Recommendations"), minutes.recommendations.splitlines())
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _list(document: Document, heading: str, lines: list[str]) -> None:  # type: ignore[valid-type]
    lines = [line for line in lines if line.strip()]
    if not lines:
        return
    document.add_heading(heading, level=2)  # type: ignore[attr-defined]
    for line in lines:
        document.add_paragraph(line, style="List Bullet")  # type: ignore[attr-defined]


def _decisions(document: Document, minutes: Minutes) -> None:  # type: ignore[valid-type]
    if not minutes.decided:
        document.add_paragraph(_("No decision was taken."))  # type: ignore[attr-defined]
        return
    heads = [
        _("Violation"),
        _("Type"),
        _("Region"),
        _("Children"),
        _("Attributed to"),
        _("Decision"),
        _("Date"),
    ]
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")  # type: ignore[attr-defined]
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(head).bold = True
    for row in minutes.decided:
        told = (row.ref, row.type, row.region, row.children, row.party, row.decision, wording.day(row.on))
        for cell, text in zip(table.add_row().cells, told, strict=True):
            cell.text = text
