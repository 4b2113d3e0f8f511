"""A record that says something else than one that is there: both side by side, and a person's choice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.intake import handsets, reopening
from sutura.intake.forms import HoldsForm, ReasonForm
from sutura.intake.models import Submission
from sutura.people.stepup import fresh
from sutura.vault.session import closed, to_unlock


@needs("alerts.triage")
@fresh
def comparison(request: HttpRequest, public_id: str) -> HttpResponse:
    """Both are opened for a reason, and shown field by field."""
    found = _found(request, public_id)
    if closed(request):
        return to_unlock(request)
    form, seen = ReasonForm(typed(request)), {}
    done(form, lambda said: seen.update(handsets.compared(found, why=said["why"], by=request.user)))
    shown = handsets.comparison_page(found, request.user) | seen | {"form": form}
    if seen:
        shown |= {"form": None, "choice": HoldsForm(initial=form.cleaned_data)}
    return render(request, "intake/comparison.html", shown, status=200 if seen or not form.is_bound else 422)


@require_POST
@needs("alerts.triage")
@fresh
def comparison_settle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which of the two holds, and why; the other stays."""
    found = _found(request, public_id)
    if closed(request):
        return to_unlock(request, handsets.address_of(found))
    form = HoldsForm(request.POST)
    if done(form, lambda said: reopening.settle(submission=found, by=request.user, **said)):
        messages.success(request, _("Your choice is noted. Both records are kept."))
        return redirect("intake:submission", public_id)
    shown: dict[str, Any] = handsets.comparison_page(found, request.user)
    return render(request, "intake/comparison.html", shown | {"form": None, "choice": form}, status=422)


def _found(request: HttpRequest, public_id: str) -> Submission:
    rows = Submission.objects.visible_to(request.user).select_related("questionnaire", "version", "phone")
    return get_object_or_404(rows, public_id=public_id)
