"""Encrypted records: opened by the holder of their key, here for this once or on a machine of her own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.intake import handsets, reopening
from sutura.intake.forms import KeyForm, ReasonForm
from sutura.intake.models import Submission
from sutura.intake.openrosa.enclosed import form_key
from sutura.people.stepup import fresh, fresh_for_secrets
from sutura.security.downloads import as_download
from sutura.vault.session import closed, to_unlock


@sensitive_variables()
@never_cache
@needs("alerts.triage")
@fresh_for_secrets
def decryption(request: HttpRequest, public_id: str) -> HttpResponse:
    """A key is given for this one request; the record is taken over, the key forgotten."""
    found = _found(request, public_id)
    if closed(request):
        return to_unlock(request)
    form = KeyForm(typed(request), request.FILES or None)
    if done(form, lambda said: _decrypt(found, said, request.user)):
        messages.success(request, _("The record is decrypted. The key was not kept."))
        return redirect("intake:submission", public_id)
    shown = handsets.record_page(found, request.user) | {"form": form}
    return render(request, "intake/decryption.html", shown, status=422 if form.is_bound else 200)


@require_POST
@needs("alerts.triage")
@fresh
def encrypted_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record as it came, still encrypted, for whoever holds its key on a machine apart."""
    found = _found(request, public_id)
    if closed(request):
        return to_unlock(request, handsets.address_of(found))
    form, packed = ReasonForm(request.POST), []
    if done(
        form, lambda said: packed.append(reopening.packed(submission=found, why=said["why"], by=request.user))
    ):
        answer = HttpResponse(packed[0], content_type="application/zip")
        return as_download(answer, f"{found.public_id}.zip")
    shown = handsets.record_page(found, request.user) | {"form": form}
    return render(request, "intake/submission.html", shown, status=422)


@sensitive_variables()
def _decrypt(found: Submission, said: dict[str, Any], by: Any) -> None:
    key = form_key(said["key"], said["passphrase"])
    reopening.decrypt(submission=found, key=key, why=said["why"], by=by)


def _found(request: HttpRequest, public_id: str) -> Submission:
    rows = Submission.objects.visible_to(request.user).select_related("questionnaire", "version", "phone")
    return get_object_or_404(rows.filter(encrypted=True), public_id=public_id)
