"""What file of numbers is asked for, and its bytes: of a frozen edition, or of a draft within the reader's regions."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from sutura.disclosure import lines
from sutura.disclosure.bareness import bare
from sutura.reporting import papers
from sutura.reporting.choices import Geography
from sutura.reporting.models import Edition
from sutura.reporting.pages.links import period_or_404
from sutura.reporting.pages.records import moment_of
from sutura.reporting.render import tidy, words, workbook
from sutura.reporting.render.html import note_html
from sutura.reporting.render.paper import Paper
from sutura.reporting.render.word import MIME as WORD
from sutura.reporting.render.word import note_docx
from sutura.reporting.render.words import file_name
from sutura.reporting.rules.periods import GHN
from sutura.security.downloads import as_download

LANGUAGES = {"fr": ("fr",), "en": ("en",), "both": ("fr", "en")}


@dataclass(frozen=True)
class Form:
    """One form of a report: its ending, its type, how it is written, and whether it is the text of the note."""

    ending: str
    mime: str
    write: Callable[[Paper, tuple[str, ...]], bytes]
    note: bool = False


def _in_language(make: Callable[[Paper], bytes]) -> Callable[[Paper, tuple[str, ...]], bytes]:
    """A file in one language: that of the reader, unless one is asked for."""

    def made(paper: Paper, languages: tuple[str, ...]) -> bytes:
        with override(languages[0] if len(languages) == 1 else get_language()):
            return make(paper)

    return made


FORMS = {
    "docx": Form("docx", WORD, note_docx, note=True),
    "html": Form(
        "html",
        "text/html; charset=utf-8",
        lambda paper, languages: note_html(paper, languages).encode(),
        note=True,
    ),
    "xlsx": Form("xlsx", workbook.MIME, _in_language(workbook.report_xlsx)),
    "json": Form("json", "application/json", lambda paper, _languages: figures_json(paper)),
}


def figures_json(paper: Paper) -> bytes:
    """The figures JSON of the contract, and nothing more: it is read by machines."""
    return (json.dumps(paper.figures, ensure_ascii=False, indent=1) + "\n").encode()


def lines_xlsx(paper: Paper, user: Any) -> bytes:
    """Every line behind a report, one fact a row, by the fast writer: bounded memory at any size."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.xlsx"
        tidy.write(path, _("Lines"), lines.heads(), lines.rows(paper, user), words.watermark(paper))
        return path.read_bytes()


def paper_asked_for(user: Any, product: str, text: str, asked: QueryDict) -> Paper:
    """The edition that an address names, or the draft at its moment, as numbers; 404 for what one may not see."""
    when = period_or_404(product, text)
    geography = asked.get("geography", Geography.COD_AB_2021)
    if geography not in Geography.values:
        raise Http404
    if asked.get("edition"):
        of = Edition.objects.visible_to(user).of(when, geography)
        found = get_object_or_404(of.prefetch_related("clearances"), public_id=_id(asked.get("edition", "")))
        return papers.of_edition(found, user=user, stamp=True).aggregate()
    as_at = moment_of(asked.get("as_at", ""))
    return papers.draft(when, user=user, as_at=as_at, geography=geography, stamp=True).aggregate()


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise Http404 from error


def answer(name: str, paper: Paper, language: str) -> HttpResponse:
    """The file, to be kept by nobody on the way."""
    form = FORMS[name]
    if form.note and paper.period.product != GHN:
        raise Http404
    content = form.write(paper, LANGUAGES.get(language, LANGUAGES["both"]))
    content = bare(content) if content.startswith(b"PK") else content
    return attached(content, form.mime, file_name(paper, form.ending))


def attached(content: bytes, mime: str, name: str) -> HttpResponse:
    """Bytes as a download."""
    return as_download(HttpResponse(content, content_type=mime), name)
