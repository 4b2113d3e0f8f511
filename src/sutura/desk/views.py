"""Home, search by reference, and the log of acts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sutura.access.rules import may, require
from sutura.access.views import needs
from sutura.audit import services as log
from sutura.desk.anchoring import sheet
from sutura.desk.forms import SearchForm, TrailFilter
from sutura.desk.searching import SHORTEST, search
from sutura.desk.trail import page
from sutura.desk.waiting import edition_url, latest, piles
from sutura.people.sessions import new_devices
from sutura.ui import wording
from sutura.verification.rules import quarter_closes

CODES = ("incidents.read", "alerts.read", "alerts.create")


def home(request: HttpRequest) -> HttpResponse:
    """My work: what waits for me, with its clock."""
    now, today = timezone.now(), timezone.localdate()
    found = piles(request.user, now)
    edition = latest(request.user)
    shown = {
        "new_devices": new_devices(request),
        "waiting": [pile for pile in found if pile.count],
        "quiet": [pile for pile in found if not pile.count],
        "form": SearchForm() if any(may(request.user, permission) for permission in CODES) else None,
        "quarter": wording.quarter(today),
        "closes": quarter_closes(today),
        "reads_figures": may(request.user, "reporting.read"),
        "edition": edition,
        "edition_url": edition_url(edition) if edition else "",
        "totals": edition.figures["blocks"]["verified"]["totals"] if edition else {},
    }
    return render(request, "desk/home.html", shown)


@needs(*CODES)
def find(request: HttpRequest) -> HttpResponse:
    """Records by their code; one exact answer opens at once."""
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    hits = search(request.user, words)
    exact = [hit for hit in hits if hit.exact and hit.url]
    if len(exact) == 1:
        return redirect(exact[0].url)
    return render(
        request, "desk/search.html", {"form": form, "hits": hits, "words": words, "shortest": SHORTEST}
    )


def audit(request: HttpRequest) -> HttpResponse:
    """The log: all of it for the auditor, all about a record for its owner, one's own acts for everybody else."""
    form = TrailFilter(request.GET or None, user=request.user)
    told = page(request.user, form.chosen, request.GET.get("before", ""))
    shown = {"form": form, "page": told, "everything": may(request.user, "audit.read", "")}
    return render(request, "desk/audit.html", shown)


@needs("audit.read")
def anchor(request: HttpRequest) -> HttpResponse:
    """The end of the log, signed, on a page to be printed and kept elsewhere: for the auditor of the whole country."""
    require(request.user, "audit.read", "")
    return render(request, "desk/anchor.html", sheet(log.anchor(by=request.user)))
