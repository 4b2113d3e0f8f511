"""Bulletins, the mandate in numbers, and what leaves as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.indicators.asking import asked
from sutura.indicators.forms.codes import CodeForm
from sutura.indicators.forms.rounds import BulletinForm
from sutura.indicators.models import Bulletin, Figure, Round
from sutura.indicators.pages import bulletins as pages
from sutura.indicators.pages import exports
from sutura.indicators.papers import dhis2_file, figures_file
from sutura.indicators.querysets import READ, WRITE
from sutura.indicators.services.bulletins import freeze
from sutura.indicators.services.codes import set_code
from sutura.security.downloads import as_download

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@needs(READ)
def bulletins(request: HttpRequest) -> HttpResponse:
    """Every bulletin."""
    return render(request, "indicators/bulletin_list.html", pages.bulletin_list(request.user))


@needs(READ)
def bulletin(request: HttpRequest, public_id: str) -> HttpResponse:
    """One bulletin, as it was frozen."""
    found = get_object_or_404(Bulletin.objects.visible_to(request.user), public_id=public_id)
    return render(request, "indicators/bulletin_detail.html", pages.bulletin_page(request.user, found))


@needs(READ)
def figure(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One frozen figure and its records."""
    rows = Figure.objects.visible_to(request.user).select_related("bulletin", "definition__indicator__aim")
    found = get_object_or_404(rows, bulletin__public_id=public_id, pk=number)
    return render(request, "indicators/figure.html", pages.figure_page(request.user, found))


@needs(WRITE)
def bulletin_new(request: HttpRequest) -> HttpResponse:
    """Freeze the figures of some days."""
    text = _(
        "Every figure is kept with the version of its definition, its rule and its records. It changes no more."
    )
    form = BulletinForm(typed(request))
    return asked(
        request,
        form,
        freeze,
        title=_("New bulletin"),
        list="indicators:bulletins",
        text=text,
        verb=_("Freeze"),
    )


@needs(READ)
def mandate(request: HttpRequest) -> HttpResponse:
    """The numbers of the mandate."""
    return render(request, "indicators/mandate.html", pages.mandate_page(request.user))


@needs(READ)
def export_list(request: HttpRequest) -> HttpResponse:
    """What leaves as a file, and the codes of DHIS2."""
    return render(request, "indicators/exports.html", exports.export_page(request.user, request.GET))


@needs(READ)
def export_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The figures as a workbook, or as CSV with HXL and P-codes."""
    if kind not in TYPES:
        raise Http404
    content = figures_file(by=request.user, kind=kind, query=request.GET)
    return as_download(HttpResponse(content, content_type=TYPES[kind]), f"indicateurs.{kind}")


@needs(WRITE)
def dhis2(request: HttpRequest, public_id: str) -> HttpResponse:
    """What would be sent to a DHIS2, and what lacks a code."""
    page = exports.dhis2_page(request.user, _round(request, public_id))
    return render(request, "indicators/dhis2.html", page)


@needs(WRITE)
def dhis2_json(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as a file to send."""
    content = dhis2_file(_round(request, public_id), by=request.user)
    return as_download(HttpResponse(content, content_type="application/json"), "dataValueSets.json")


@needs(WRITE)
def code_new(request: HttpRequest) -> HttpResponse:
    """What something is called in DHIS2."""
    text = _("Said again for the same thing, it replaces the code that was there.")
    return asked(
        request, CodeForm(typed(request)), set_code, to="indicators:exports", title=_("Code of DHIS2"),
        list="indicators:exports", text=text,
    )  # fmt: skip


def _round(request: HttpRequest, public_id: str) -> Round:
    found = Round.objects.visible_to(request.user).kept_by(request.user).select_related("body")
    return get_object_or_404(found, public_id=public_id)
