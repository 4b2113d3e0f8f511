"""Records that wait for a person: why, another try, or set aside."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.intake import handsets
from sutura.intake.forms import ReasonForm
from sutura.intake.models import Submission
from sutura.intake.reopening import try_again
from sutura.intake.services.submissions import set_aside
from sutura.people.stepup import fresh
from sutura.vault.session import closed, to_unlock


@needs("alerts.triage")
def submissions(request: HttpRequest) -> HttpResponse:
    """What could not be taken over, the oldest first."""
    return render(request, "intake/submissions.html", handsets.waiting_page(request.user))


@needs("alerts.triage")
@fresh
def submission(request: HttpRequest, public_id: str) -> HttpResponse:
    """One record and what was tried; it is opened and tried again, for a reason."""
    found = _found(request, public_id)
    form = ReasonForm(typed(request))
    if form.is_bound and closed(request):
        return to_unlock(request)
    if done(form, lambda said: try_again(submission=found, why=said["why"], by=request.user)):
        return redirect("intake:submission", public_id)
    shown = handsets.record_page(found, request.user) | {"form": form}
    return render(request, "intake/submission.html", shown, status=422 if form.is_bound else 200)


@require_POST
@needs("alerts.triage")
def submission_aside(request: HttpRequest, public_id: str) -> HttpResponse:
    """It tells nothing that is to be taken over; it stays, with the reason."""
    found = _found(request, public_id)
    form = ReasonForm(request.POST)
    if done(form, lambda said: set_aside(submission=found, why=said["why"], by=request.user)):
        messages.success(request, _("The record is set aside. It is kept."))
        return redirect("intake:submissions")
    shown = handsets.record_page(found, request.user) | {"form": form}
    return render(request, "intake/submission.html", shown, status=422)


def _found(request: HttpRequest, public_id: str) -> Submission:
    rows = Submission.objects.visible_to(request.user).select_related("questionnaire", "version", "phone")
    return get_object_or_404(rows, public_id=public_id)
