"""Who knocks: the phone whose address this is. Neither a session nor a password, and never sent elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from sutura.access.acting import acting
from sutura.intake.models import Phone
from sutura.intake.openrosa.answers import Refusal, envelope, marked
from sutura.intake.openrosa.arrivals import counted
from sutura.intake.openrosa.sightings import see
from sutura.intake.shipped import sends
from sutura.intake.tokens import fingerprint
from sutura.security.links import let
from sutura.security.middleware import judges_length

WRONG = "30/5m/ip"
"""An address of chance is not found by trying; who tries is told so."""
View = Callable[..., HttpResponse]


def for_phones(*methods: str) -> Callable[[View], View]:
    """A view that phones ask by these methods; it gets the phone, and answers in French whatever goes wrong."""

    def guard(view: View) -> View:
        @judges_length
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def guarded(request: HttpRequest, key: str, **named: Any) -> HttpResponse:
            with override("fr"):
                try:
                    if request.method not in methods:
                        raise Refusal(405, _("This address does not take that."))
                    phone = phone_of(request, key)
                    with acting(phone.account, reading=request.method != "POST"):
                        see(phone)
                        return marked(view(request, phone, **named))
                except Refusal as refusal:
                    return marked(envelope(refusal.sentence, refusal.status))
                except Http404:
                    return marked(envelope(_("This form is not on the list of this phone."), 404))

        return guarded

    return guard


def phone_of(request: HttpRequest, key: str) -> Phone:
    """The phone of an address, while it may send; an unknown one is refused, since 401 would ask for a password."""
    digest = fingerprint(key)
    phone = Phone.objects.open().filter(digest=digest).select_related("account").first()
    if phone is None or not sends(phone.account):
        if not let(request, "intake.phone_unknown", rates=WRONG, readings=True):
            raise Refusal(429, _("Too many tries. Wait five minutes."))
        raise Refusal(403, _("This phone is not known here, or no longer. Ask whoever gave you its code."))
    if not counted(request, digest):
        raise Refusal(429, _("This phone asks too often. Wait five minutes, and send again."))
    return phone
