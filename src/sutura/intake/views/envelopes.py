"""What was written without a network and could not be taken over: read for a reason, completed, or set aside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.intake.forms import ReasonForm
from sutura.intake.models import Envelope
from sutura.intake.received import completing_page, envelope_page
from sutura.intake.services.envelopes import set_envelope_aside
from sutura.intake.unpacking import again, take
from sutura.people.stepup import fresh
from sutura.vault.revealing import reveal
from sutura.vault.session import closed, to_unlock


@needs("alerts.triage", "incidents.document")
@fresh
def envelope(request: HttpRequest, public_id: str) -> HttpResponse:
    """One record and what was tried; for a reason it opens in the form of its page, to be completed."""
    found = _found(request, public_id)
    form = ReasonForm(typed(request))
    if form.is_bound and closed(request):
        return to_unlock(request)
    if done(form, lambda said: reveal([found], by=request.user, reason=said["why"])):
        shown = completing_page(found, again(found, user=request.user))
        return render(request, "intake/envelope_complete.html", shown)
    shown = envelope_page(found) | {"form": form}
    return render(request, "intake/envelope.html", shown, status=422 if form.is_bound else 200)


@require_POST
@needs("alerts.triage", "incidents.document")
def envelope_complete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Typed again: it becomes what it tells, and who typed it answers for it."""
    found = _found(request, public_id)
    form = again(found, user=request.user, typed=request.POST)
    if form.is_valid():
        try:
            made = take(found, form, request.user, teller=request.user)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("%(ref)s was made of it.") % {"ref": made.made})
            return redirect("intake:received")
    return render(request, "intake/envelope_complete.html", completing_page(found, form), status=422)


@require_POST
@needs("alerts.triage", "incidents.document")
def envelope_aside(request: HttpRequest, public_id: str) -> HttpResponse:
    """Nothing is to be made of it; it stays, sealed, with the reason."""
    found = _found(request, public_id)
    form = ReasonForm(request.POST)
    if done(form, lambda said: set_envelope_aside(envelope=found, why=said["why"], by=request.user)):
        messages.success(request, _("The record is set aside. It is kept."))
        return redirect("intake:received")
    return render(request, "intake/envelope.html", envelope_page(found) | {"form": form}, status=422)


def _found(request: HttpRequest, public_id: str) -> Envelope:
    rows = Envelope.objects.visible_to(request.user).select_related("sent_by")
    return get_object_or_404(rows, public_id=public_id)
