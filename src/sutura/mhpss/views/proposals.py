"""Proposals: read, accepted, refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.errors import Invalid
from sutura.access.views import needs
from sutura.mhpss.asking import form_page
from sutura.mhpss.forms.services import RefuseForm
from sutura.mhpss.models import Proposal
from sutura.mhpss.pages.services import proposal_page
from sutura.mhpss.querysets import PROPOSE, REVIEW
from sutura.mhpss.services import proposals as services


@needs(PROPOSE, REVIEW)
def proposal_list(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, then what was decided."""
    rows = Proposal.objects.visible_to(request.user).select_related("service__organisation", "proposed_by")
    page = {"waiting": rows.waiting(), "decided": rows.exclude(decision="waiting")[:50]}
    return render(request, "mhpss/proposal_list.html", page)


@needs(PROPOSE, REVIEW)
def proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    """What would change, field by field."""
    return render(
        request, "mhpss/proposal_detail.html", proposal_page(request.user, _proposal(request, public_id))
    )


@needs(REVIEW)
@require_POST
def proposal_accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """The map says it from now on."""
    found = _proposal(request, public_id)
    try:
        return redirect(services.accept(proposal=found, by=request.user))
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect(found)


@needs(REVIEW)
def proposal_refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    """It does not come on the map, for a reason."""
    found = _proposal(request, public_id)
    form = RefuseForm(typed(request))
    if done(form, lambda said: services.refuse(proposal=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=_("Refuse this proposal"), back=found, verb=_("Refuse"))


def _proposal(request: HttpRequest, public_id: str) -> Any:
    rows = Proposal.objects.visible_to(request.user).select_related(
        "service__organisation", "proposed_by", "decided_by"
    )
    return get_object_or_404(rows, public_id=public_id)
