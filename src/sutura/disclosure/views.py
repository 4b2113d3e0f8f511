"""Downloads: each needs the right to export, is stamped with who and when, and leaves one row in the audit log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sutura.access.views import needs
from sutura.disclosure import services
from sutura.disclosure.files import answer, attached, paper_asked_for
from sutura.disclosure.files import lines_xlsx as lines_xlsx_bytes
from sutura.reporting.render.words import file_name
from sutura.reporting.render.workbook import MIME

EXPORT = "disclosure.export"


def _download(request: HttpRequest, form: str, product: str, period: str) -> HttpResponse:
    paper = paper_asked_for(request.user, product, period, request.GET)
    made = answer(form, paper, request.GET.get("lang", "both"))
    services.record_download(form=form, paper=paper, by=request.user)
    return made


@require_safe
@needs(EXPORT)
def note_docx(request: HttpRequest, product: str, period: str) -> HttpResponse:
    """The note as a Word document."""
    return _download(request, "docx", product, period)


@require_safe
@needs(EXPORT)
def note_html(request: HttpRequest, product: str, period: str) -> HttpResponse:
    """The note as one printable page."""
    return _download(request, "html", product, period)


@require_safe
@needs(EXPORT)
def figures_xlsx(request: HttpRequest, product: str, period: str) -> HttpResponse:
    """The figures as an Excel workbook."""
    return _download(request, "xlsx", product, period)


@require_safe
@needs(EXPORT)
def figures_json(request: HttpRequest, product: str, period: str) -> HttpResponse:
    """The figures for a machine."""
    return _download(request, "json", product, period)


@require_safe
@needs(EXPORT)
def incidents_xlsx(request: HttpRequest, product: str, period: str) -> HttpResponse:
    """The incident list behind the figures, by code."""
    return _download(request, "incidents", product, period)


@require_safe
@needs(EXPORT)
def lines_xlsx(request: HttpRequest, product: str, period: str) -> HttpResponse:
    """Every line behind the figures, one fact a row: for analysis elsewhere."""
    paper = paper_asked_for(request.user, product, period, request.GET)
    made = attached(lines_xlsx_bytes(paper, request.user), MIME, file_name(paper, "lines.xlsx"))
    services.record_download(form="lines", paper=paper, by=request.user)
    return made
