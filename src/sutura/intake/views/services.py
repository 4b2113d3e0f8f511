"""Import a 4Ws sheet: give it, read what would happen, explain its headings, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.views import needs
from sutura.intake.budgets import Unreadable
from sutura.intake.forms import HeadingsForm, SheetForm
from sutura.intake.fourws.importing import columns, import_services
from sutura.intake.leads import waiting
from sutura.intake.pages import services_trial_page
from sutura.mhpss.services.taking import remember_headings

WAITING = "services_waiting"
REVIEW = "mhpss.review"


@needs(REVIEW)
def services(request: HttpRequest) -> HttpResponse:
    """The form; once a sheet is given, it is tried."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "intake/services.html", {"form": form}, status=422 if form.errors else 200)
    content = form.cleaned_data["file"].read()
    try:
        import_services(content=content, by=request.user, dry_run=True)
    except Unreadable as refusal:
        form.add_error("file", str(refusal))
        return render(request, "intake/services.html", {"form": form}, status=422)
    waiting.release(request.session.get(WAITING, ""))
    # The word that finds the file stays in the session: nobody else can confirm it.
    request.session[WAITING] = waiting.hold(content)
    return redirect("intake:services_trial")


@needs(REVIEW)
def services_trial(request: HttpRequest) -> HttpResponse:
    """What would happen, every fault at its cell; headings that are not known can be explained here."""
    content = waiting.held(request.session.get(WAITING, ""))
    if content is None:
        messages.warning(request, _("The file is no longer there. Give it again."))
        return redirect("intake:services")
    receipt = import_services(content=content, by=request.user, dry_run=True)
    form = HeadingsForm(request.POST or None, headings=receipt.unknown, columns=columns())
    if form.is_valid() and form.letters:
        remember_headings(letters=form.letters, by=request.user)
        return redirect("intake:services_trial")
    return render(request, "intake/services_trial.html", services_trial_page(receipt, form))


@require_POST
@needs(REVIEW)
def services_confirm(request: HttpRequest) -> HttpResponse:
    """Take the sheet in."""
    token = request.session.get(WAITING, "")
    content = waiting.held(token)
    if content is None:
        messages.warning(request, _("The file is no longer there. Give it again."))
        return redirect("intake:services")
    receipt = import_services(content=content, by=request.user)
    if receipt.taken.faults:
        return redirect("intake:services_trial")
    waiting.release(request.session.pop(WAITING))
    counts = {name: getattr(receipt.taken, name) for name in ("created", "updated", "unchanged")}
    words = _("%(created)s services created, %(updated)s updated, %(unchanged)s unchanged.")
    messages.success(request, words % counts)
    return redirect("mhpss:list")
