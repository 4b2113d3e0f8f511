"""Which server knocks: the one whose address this is, while it may send."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.intake.models import Kobo
from sutura.intake.openrosa.answers import Refusal
from sutura.intake.openrosa.door import WRONG
from sutura.intake.tokens import fingerprint
from sutura.security.links import let


def kobo_of(request: HttpRequest, key: str) -> Kobo:
    """The connection of a secret address. Raises Refusal."""
    digest = fingerprint(key)
    kobo = Kobo.objects.open().filter(digest=digest).select_related("phone__account").first()
    if kobo is None or not may(kobo.phone.account, "alerts.create"):
        if not let(request, "intake.kobo_unknown", rates=WRONG):
            raise Refusal(429, _("Too many tries. Wait five minutes."))
        raise Refusal(403, _("This address is not known here, or no longer."))
    if not let(request, "intake.kobo", digest, rates=settings.SUTURA_PHONE_RATE):
        raise Refusal(429, _("This server tells too often. Wait five minutes."))
    return kobo
