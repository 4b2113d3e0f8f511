"""Import a public list of events: give the file, read what would happen, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.views import needs
from sutura.intake.leads import waiting
from sutura.intake.leads.faults import BadFile
from sutura.intake.leads.forms import LeadsFileForm
from sutura.intake.leads.importing import import_leads

WAITING = "leads_waiting"


@needs("intake.import")
def leads(request: HttpRequest) -> HttpResponse:
    """The form; once a file is given, its dry run."""
    form = LeadsFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "intake/leads.html", {"form": form}, status=422 if form.errors else 200)
    data, source = form.cleaned_data["file"].read(), form.cleaned_data["source"]
    try:
        receipt = import_leads(data=data, source=source, by=request.user, dry_run=True)
    except BadFile as refusal:
        form.add_error("file", str(refusal))
        return render(request, "intake/leads.html", {"form": form}, status=422)
    waiting.release(request.session.get(WAITING, {}).get("token", ""))
    # The word that finds the file stays in the session: nobody else can confirm it.
    request.session[WAITING] = {"token": waiting.hold(data), "source": source}
    return render(request, "intake/leads_trial.html", {"receipt": receipt, "source": source})


@require_POST
@needs("intake.import")
def leads_confirm(request: HttpRequest) -> HttpResponse:
    """Receive the leads of the file that was tried."""
    held = request.session.pop(WAITING, {})
    data = waiting.held(held.get("token", ""))
    if data is None:
        messages.warning(request, _("The file is no longer there. Give it again."))
        return redirect("intake:leads")
    try:
        receipt = import_leads(data=data, source=held["source"], by=request.user)
    finally:
        waiting.release(held["token"])
    words = _("%(created)s leads created, %(updated)s updated, %(unchanged)s unchanged.")
    counts = {"created": receipt.created, "updated": receipt.updated, "unchanged": receipt.unchanged}
    messages.success(request, words % counts)
    return redirect(f"{reverse('alerts:inbox')}?tab=leads")
