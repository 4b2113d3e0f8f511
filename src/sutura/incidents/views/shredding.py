"""Destroy the keys of a file: one person asks, another agrees, and its sealed words are gone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sutura.access.views import needs
from sutura.incidents import whole
from sutura.incidents.forms import ReasonForm
from sutura.incidents.views.acts import confirmed, held, sent
from sutura.people.stepup import fresh_to_post
from sutura.vault import services
from sutura.vault.shredded import asked


@needs("incidents.void")
@fresh_to_post
def shred(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask that what is sealed in a file be gone for good."""
    incident = held(request.user, public_id, "incidents.void")
    form = ReasonForm(sent(request), user=request.user, incident=incident)
    words = {
        "title": _("Shred what is sealed"),
        "text": _("Restricted account, names, exact places and notes of this file can never be read again."),
        "confirm_label": _("Ask for it"),
        "tone": "attention",
    }
    done = _("Asked. It happens once another person agreed.")
    return confirmed(
        request, incident, form,
        lambda typed: services.ask_shredding(by=request.user, file=incident, why=typed["why"]), done, **words,
    )  # fmt: skip


@needs("incidents.void")
@fresh_to_post
def agree(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """As another person, agree: the keys are destroyed at once."""
    incident = held(request.user, public_id, "incidents.void")
    form = ReasonForm(sent(request), user=request.user, incident=incident)
    words = {
        "title": _("Agree to shred what is sealed"),
        "text": _("The keys are destroyed at once. Nothing brings these words back."),
        "confirm_label": _("Yes, destroy the keys"),
        "tone": "attention",
    }
    return confirmed(
        request, incident, form,
        lambda _typed: services.agree_shredding(
            by=request.user, shredding=asked(incident), file=incident, records=whole.with_alert(incident)
        ),
        _("The keys are destroyed."), **words,
    )  # fmt: skip
