"""Send an alert, follow one's own, read the inbox, triage, and see coverage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sutura.access.errors import DomainError
from sutura.access.rules import may, require
from sutura.access.views import needs
from sutura.alerts import pages, rules, services
from sutura.alerts.coverage import coverage
from sutura.alerts.forms import AccessNoteForm, AlertForm, OpeningForm
from sutura.alerts.likenesses import likenesses
from sutura.alerts.models import AccessNote, Alert
from sutura.alerts.paging import page
from sutura.alerts.triage import ACTS, form_for
from sutura.people.stepup import fresh
from sutura.security.crypto import Refused
from sutura.vault.revealing import CHANGED
from sutura.vault.session import closed, to_unlock

BESIDE = ("place", "party", "duplicate_of", "received_by")


@needs("alerts.create")
def new(request: HttpRequest) -> HttpResponse:
    """The alert form; choosing a region only brings its communes, and sends nothing."""
    if request.method != "POST":
        return render(request, "alerts/alert_form.html", {"form": AlertForm(user=request.user)})
    form = AlertForm(request.POST, user=request.user)
    if "show_places" in request.POST:
        form = AlertForm(initial=request.POST.dict() | pages.lists(request.POST), user=request.user)
        return render(request, "alerts/alert_form.html", {"form": form})
    if form.is_valid():
        try:
            alert = services.receive(by=request.user, **form.facts())
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("alerts:sent", alert.public_id)
    return render(request, "alerts/alert_form.html", {"form": form}, status=422)


@needs("alerts.create")
def sent(request: HttpRequest, public_id: str) -> HttpResponse:
    """The reference to write down, and what happens next."""
    alert = get_object_or_404(
        Alert.objects.visible_to(request.user).told_by(request.user), public_id=public_id
    )
    # Her own, and those which she may read: nobody learns by sending what others have told.
    alike = likenesses(alert, Alert.objects.visible_to(request.user))
    shown = {"alert": alert, "hours": settings.SUTURA_TRIAGE_HOURS, "likenesses": alike}
    return render(request, "alerts/alert_sent.html", shown)


@needs("alerts.create")
def mine(request: HttpRequest) -> HttpResponse:
    """My alerts and how each stands; nothing of what was told."""
    own = Alert.objects.visible_to(request.user).told_by(request.user)
    found = page(own, tab="alerts", after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return render(request, "alerts/alert_mine.html", {"page": found})


@needs("alerts.read")
def inbox(request: HttpRequest) -> HttpResponse:
    """Alerts and leads, with their clocks; the filters live in the address."""
    shown = pages.inbox(request.user, request.GET)
    return render(request, "alerts/alert_inbox.html", shown)


@needs("alerts.read", "alerts.create")
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One alert: for who may read it the whole page, for its sender alone how it stands."""
    visible = Alert.objects.visible_to(request.user).select_related(*BESIDE)
    alert = get_object_or_404(visible, public_id=public_id)
    if not visible.readable_by(request.user).filter(pk=alert.pk).exists():
        return render(request, "alerts/alert_status.html", {"alert": alert})
    return render(
        request,
        "alerts/alert_detail.html",
        pages.detail(request.user, alert, same_as=request.GET.get("same_as", "")[:20]),
    )


@needs("alerts.read")
@fresh
def unsealed(request: HttpRequest, public_id: str) -> HttpResponse:
    """The alert with its words open, once; who opened them and why is kept."""
    readable = Alert.objects.visible_to(request.user).readable_by(request.user)
    alert = get_object_or_404(readable.select_related(*BESIDE), public_id=public_id)
    if closed(request):
        return to_unlock(request)
    form = OpeningForm(request.POST if "why" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            shown = pages.detail(request.user, alert, reason=form.cleaned_data["why"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        except Refused:
            form.add_error(None, str(CHANGED))
        else:
            return render(request, "alerts/alert_detail.html", shown)
    return render(
        request, "alerts/alert_open.html", {"form": form, "alert": alert}, status=422 if form.errors else 200
    )


@require_POST
@needs("alerts.triage")
def triage(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """One act of triage; a mistake comes back on the page of the alert with everything typed."""
    readable = Alert.objects.visible_to(request.user).readable_by(request.user)
    alert = get_object_or_404(readable.select_related(*BESIDE), public_id=public_id)
    if act not in ACTS:
        raise Http404
    require(request.user, "alerts.triage", alert.region)
    form = form_for(ACTS[act], readable, request.POST)
    if form.is_valid():
        try:
            ACTS[act].service(alert=alert, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, str(ACTS[act].done))
            return redirect("alerts:detail", alert.public_id)
    shown: dict[str, Any] = pages.detail(request.user, alert, bound={act: form})
    return render(request, "alerts/alert_detail.html", shown, status=422)


@needs("alerts.read")
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Coverage by cercle: silence told apart in three kinds."""
    shown = {
        "rows": coverage(request.user),
        "days": rules.WINDOW_DAYS,
        "start": timezone.localdate() - timedelta(days=rules.WINDOW_DAYS),
        "may_note": may(request.user, "incidents.document"),
    }
    return render(request, "alerts/access_coverage.html", shown)


@needs("incidents.document")
def access_new(request: HttpRequest) -> HttpResponse:
    """Note how far a cercle could be reached."""
    initial = {"unit": request.GET.get("cercle", ""), "observed_on": timezone.localdate()}
    form = AccessNoteForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.note_access(by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("alerts:coverage")
    latest = AccessNote.objects.visible_to(request.user).select_related("unit", "noted_by")[:10]
    status = 422 if form.errors else 200
    return render(request, "alerts/access_form.html", {"form": form, "latest": latest}, status=status)
