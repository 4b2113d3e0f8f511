"""The word in the address of a link to confirm: signed, so that nobody makes one up; it names the link alone."""

from __future__ import annotations

from sutura.mhpss.models import ConfirmLink
from sutura.security.links import Word

_WORD = Word("sutura.mhpss.confirm")


def token_of(link: ConfirmLink) -> str:
    """What stands in the address."""
    return _WORD.of(link.public_id)


def link_of(token: str) -> ConfirmLink | None:
    """The link that a word names; none for a word which this server did not sign."""
    links = ConfirmLink.objects.select_related("invitation__campaign", "invitation__organisation")
    named = _WORD.named(token)
    return links.filter(public_id=named).first() if named else None
