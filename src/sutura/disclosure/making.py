"""The file of a request: what its asker may read in the regions asked, marked on every page, sealed to its receiver."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from sutura.disclosure.bareness import bare
from sutura.disclosure.choices.exports import Kind
from sutura.disclosure.files import lines_xlsx
from sutura.disclosure.models import Export
from sutura.disclosure.narrowing import Narrowed
from sutura.reporting import papers
from sutura.reporting.render import words, workbook
from sutura.reporting.render.paper import Paper, Stamp
from sutura.reporting.render.word import note_docx
from sutura.reporting.rules.periods import period
from sutura.security import age
from sutura.verification.documents import as_docx
from sutura.verification.minutes import minutes_of

ENDING = {Kind.NOTE: "docx", Kind.MINUTES: "docx"}


def sealed(export: Export) -> bytes:
    """The encrypted bytes; the clear ones are never written anywhere that lasts."""
    with override(export.asked_by.language):
        return age.encrypted(bare(clear(export)), to=export.key)


def clear(export: Export) -> bytes:
    """The bytes of the document."""
    reader = Narrowed(export.asked_by, export.region_codes)
    stamp = Stamp(f"{export.asked_by} → {export.receiver}", timezone.now(), export.ref)
    if export.kind == Kind.MINUTES:
        assert export.sitting is not None
        return as_docx(minutes_of(export.sitting, reader), words.copied(stamp))
    paper = replace(paper_of(export, reader), stamp=stamp)
    if export.kind == Kind.LINES:
        return lines_xlsx(paper, reader)
    if export.kind == Kind.NOTE:
        return note_docx(paper)
    made = workbook.incidents_xlsx if export.kind == Kind.INCIDENTS else workbook.report_xlsx
    return made(paper)


def paper_of(export: Export, reader: Any) -> Paper:
    """The edition asked for, or the draft at the moment that was asked."""
    if export.edition is not None:
        return papers.of_edition(export.edition, user=reader)
    when = period(export.product, export.period)
    return papers.draft(when, user=reader, as_at=export.as_at, geography=export.geography)


def file_name(export: Export) -> str:
    """The number of the request and the kind of document: nothing else is told on the way."""
    return f"{export.ref}.{ENDING.get(Kind(export.kind), 'xlsx')}.age"
