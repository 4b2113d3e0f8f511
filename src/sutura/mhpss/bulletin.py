"""The bulletin of changes as a Word document, A4, to be put on paper with a ministry's own head."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Cm, Pt

from sutura.ui.wording import day

MARGIN = 2.0


def as_docx(page: dict[str, Any]) -> bytes:
    """The bytes of the document; `page`: what the page of the bulletin lays out."""
    document: Any = Document()
    _plain(document)
    place = page["name"] or _("All regions")
    document.add_heading(_("Bulletin of the map of services: %(place)s") % {"place": place}, level=1)
    span = {"since": day(page["since"]), "today": day(page["today"])}
    document.add_paragraph(_("What changed from %(since)s to %(today)s.") % span)
    for part in page["parts"]:
        document.add_heading(f"{part['title']} ({len(part['rows'])})", level=2)
        for row in part["rows"]:
            _row(document, row)
        if not part["rows"]:
            document.add_paragraph(_("Nothing to tell."))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _plain(document: Any) -> None:
    """A4, one plain font, and nothing about who made the file."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(10)
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = ""
    core.title = _("Bulletin of the map of services")
    core.created = core.modified = datetime(2000, 1, 1)


def _row(document: Any, row: dict[str, Any]) -> None:
    """One service, and under it what changed."""
    service = row["service"]
    line = document.add_paragraph(style="List Bullet")
    line.add_run(service.organisation.short).bold = True
    line.add_run(f" · {service.description}")
    line.add_run(f" ({row['place']})")
    for each in row["changes"]:
        document.add_paragraph(each, style="List Bullet 2")
