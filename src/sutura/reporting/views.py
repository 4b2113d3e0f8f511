"""Notes, editions, figures, the records behind a number, comparisons, trends, published figures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.reporting import papers, services
from sutura.reporting.choices import CLEARING
from sutura.reporting.forms import FreezeForm, PeriodForm
from sutura.reporting.models import Edition
from sutura.reporting.pages import compare as comparing
from sutura.reporting.pages import links
from sutura.reporting.pages import published as reference
from sutura.reporting.pages.editions import clear_page, edition_panel, freeze_page, level_or_404
from sutura.reporting.pages.figures import figures_page
from sutura.reporting.pages.note import report_page
from sutura.reporting.pages.notes import notes_page
from sutura.reporting.pages.records import moment_of, records_page
from sutura.reporting.pages.trends import trends_page
from sutura.reporting.rules.periods import GHN

READ = "reporting.read"


def _who(request: HttpRequest) -> Any:
    """The account which acts; the middleware let nobody else in."""
    return request.user


@needs(READ)
def notes(request: HttpRequest) -> HttpResponse:
    """The quarterly notes: draft figures now, and the editions of each quarter."""
    return render(request, "reporting/note_list.html", notes_page(request.user))


@needs(READ)
def note(request: HttpRequest, period: str) -> HttpResponse:
    """The note of a quarter as it stands, or stood at a moment; within the reader's regions."""
    when = links.period_or_404(GHN, period)
    geography = "2023" if request.GET.get("geography") == "2023" else "2021"
    as_at = moment_of(request.GET.get("as_at", ""))
    paper = papers.draft(when, user=request.user, as_at=as_at, geography=geography)
    shown = report_page(paper) | edition_panel(request.user, paper)
    return render(request, "reporting/note_detail.html", shown)


@needs(READ)
def edition(request: HttpRequest, public_id: str) -> HttpResponse:
    """A frozen edition: its figures, its fingerprint, who cleared it."""
    found = get_object_or_404(Edition.objects.visible_to(request.user), public_id=public_id)
    paper = papers.of_edition(found, user=request.user)
    shown = report_page(paper) | edition_panel(request.user, paper, found)
    return render(request, "reporting/note_detail.html", shown)


@needs("reporting.freeze")
def freeze(request: HttpRequest, product: str, period: str) -> HttpResponse:
    """Freeze a report as its next edition; the consequence is said before."""
    when = links.period_or_404(product, period)
    geography = "2023" if request.GET.get("geography") == "2023" else "2021"
    shown = freeze_page(request.user, when, geography)
    posted = request.POST if request.method == "POST" else None
    form = FreezeForm(posted, needed=bool(shown["latest"]))
    if form.is_valid():
        try:
            made = services.freeze(
                product=product, period=when, by=_who(request), geography=geography, **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Edition %(n)s is frozen.") % {"n": made.number})
            return redirect(links.edition(made))
    return render(request, "ui/confirm.html", shown | {"form": form}, status=422 if form.errors else 200)


@needs(*CLEARING.values())
def clear(request: HttpRequest, public_id: str, level: str) -> HttpResponse:
    """Clear an edition at one level; the other level is cleared by somebody else."""
    found = get_object_or_404(Edition.objects.visible_to(request.user), public_id=public_id)
    shown = clear_page(found, level_or_404(level))
    if request.method == "POST":
        try:
            services.clear(edition=found, level=level, by=_who(request))
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return render(request, "ui/confirm.html", shown, status=422)
        messages.success(request, _("The edition is cleared at this level."))
        return redirect(links.edition(found))
    return render(request, "ui/confirm.html", shown)


@needs(READ)
def records(request: HttpRequest) -> HttpResponse:
    """The records behind one number."""
    return render(request, "reporting/records.html", records_page(request.user, request.GET))


@needs(READ)
def compare(request: HttpRequest) -> HttpResponse:
    """Why did this number change? Two editions or moments, and every record between them."""
    shown = comparing.compare_page(request.user, request.GET)
    return render(request, "reporting/compare.html", shown, status=422 if shown["form"].errors else 200)


@needs(READ)
def figures(request: HttpRequest) -> HttpResponse:
    """Figures of a year or of any window of dates, on the engine of the note."""
    form = PeriodForm(request.GET if "period" in request.GET else None)
    if not form.is_valid():
        shown = figures_page(request.user, form)
        return render(request, "reporting/figures.html", shown, status=422 if form.errors else 200)
    typed, as_at = form.cleaned_data, moment_of(request.GET.get("as_at", ""))
    if typed["when"].product == GHN:
        return redirect(links.report(typed["when"], typed["geography"], as_at))
    paper = papers.draft(typed["when"], user=request.user, as_at=as_at, geography=typed["geography"])
    shown = report_page(paper) | edition_panel(request.user, paper) | {"form": form}
    return render(request, "reporting/note_detail.html", shown)


@needs(READ)
def trends(request: HttpRequest) -> HttpResponse:
    """Trends by quarter as small multiples and a map, with access and coverage beside them."""
    return render(request, "reporting/trends.html", trends_page(request.user, request.GET))


@needs(READ)
def published(request: HttpRequest) -> HttpResponse:
    """Figures that the United Nations published; ours stand beside them for whoever reads the whole country."""
    shown = reference.published_page(request.user if may(request.user, READ, "") else None)
    return render(request, "reporting/published.html", shown)
