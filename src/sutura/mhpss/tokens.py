"""The word in the address of a link to confirm: signed, so that nobody makes one up; it names the link alone."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.core import signing

from sutura.mhpss.models import ConfirmLink

_signer = signing.Signer(sep=".", salt="sutura.mhpss.confirm")


def token_of(link: ConfirmLink) -> str:
    """What stands in the address."""
    return _signer.sign(urlsafe_b64encode(link.public_id.bytes).decode().rstrip("="))


def link_of(token: str) -> ConfirmLink | None:
    """The link that a word names; none for a word which this server did not sign."""
    try:
        named = UUID(bytes=urlsafe_b64decode(_signer.unsign(token) + "=="))
    except (signing.BadSignature, ValueError):
        return None
    links = ConfirmLink.objects.select_related("invitation__campaign", "invitation__organisation")
    return links.filter(public_id=named).first()
