"""A Kobo server tells of a record: kept sealed and said to be, whatever is made of it. Told twice, it is there once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from sutura.access.acting import acting
from sutura.access.errors import DomainError
from sutura.intake.kobo import records
from sutura.intake.kobo.door import kobo_of
from sutura.intake.openrosa.answers import Refusal
from sutura.intake.openrosa.body import whole
from sutura.intake.openrosa.sightings import see
from sutura.intake.services.kobo import receive_kobo
from sutura.intake.services.submissions import take_over
from sutura.security.middleware import judges_length

logger = logging.getLogger(__name__)


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refusals as one sentence; 503 while the database is down, upon which the server tries again by itself."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str) -> HttpResponse:
        with override("fr"):
            try:
                return view(request, key)
            except Refusal as refusal:
                return _said(refusal.sentence, refusal.status)
            except DomainError as refusal:
                return _said(refusal, 403)
            except (OperationalError, InterfaceError):
                answer = _said(_("Sutura does not answer at the moment. Send it again later."), 503)
                answer["Retry-After"] = "60"
                return answer

    return guarded


@judges_length
@csrf_exempt
@login_not_required
@answered
def hook(request: HttpRequest, key: str) -> HttpResponse:
    """One record in JSON."""
    if request.method != "POST":
        raise Refusal(405, _("This address does not take that."))
    kobo = kobo_of(request, key)
    told = records.read(whole(request))
    with acting(kobo.phone.account):
        kept = receive_kobo(kobo=kobo, told=told, by=kobo.phone.account)
        if kept is not None:
            try:
                see(kobo.phone)
                take_over(submission=kept[0], told=kept[1], by=kobo.phone.account)
            except DatabaseError as fault:  # it is kept; it waits for a person
                logger.error("record of kobo not taken over: %s", type(fault).__name__)
    return _said(
        _("Received. Thank you.") if kept else _("Received already. Thank you."), 201 if kept else 200
    )


def _said(sentence: object, status: int) -> HttpResponse:
    answer = JsonResponse({"message": str(sentence)}, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
