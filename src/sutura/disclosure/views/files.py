"""Files of numbers alone: each needs the right to export, says for whom and when it was made, and is recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sutura.access.views import needs
from sutura.disclosure import services
from sutura.disclosure.files import answer, paper_asked_for

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
