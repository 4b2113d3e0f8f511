"""Links for people without an account: the word in their address, and how often one may use it.

To look at a link is not counted: a word that nobody signed is not found by trying.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from allauth.core.internal import ratelimit
from django.core import signing
from django.http import HttpRequest

SENT = "20/5m/key,60/5m/ip"


class Word:
    """The words of one use: signed, so that nobody makes one up and none serves elsewhere; each names one record."""

    def __init__(self, use: str) -> None:
        self._signer = signing.Signer(sep=".", salt=use)

    def of(self, public_id: UUID) -> str:
        """What stands in the address."""
        return self._signer.sign(urlsafe_b64encode(public_id.bytes).decode().rstrip("="))

    def named(self, word: str) -> UUID | None:
        """The record that a word names; none for a word which this server did not sign."""
        try:
            return UUID(bytes=urlsafe_b64decode(self._signer.unsign(word) + "=="))
        except (signing.BadSignature, ValueError):
            return None


def let(request: HttpRequest, use: str, key: str = "", *, rates: str = SENT, readings: bool = False) -> bool:
    """Count one use by its word and by network, for all processes together; no, when it was too often.

    What is sent counts; with `readings`, what is read too.
    """
    said = ratelimit.consume(
        request, app="sutura", action=use, config={use: rates}, key=key[:200] or None, limit_get=readings
    )
    return said is not None
