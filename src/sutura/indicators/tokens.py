"""The word in the address of a link for one report: signed, so that nobody makes one up; it names the link alone."""

from __future__ import annotations

from sutura.indicators.models import ReportLink
from sutura.security.links import Word

_WORD = Word("sutura.indicators.report")


def token_of(link: ReportLink) -> str:
    """What stands in the address."""
    return _WORD.of(link.public_id)


def link_of(token: str) -> ReportLink | None:
    """The link that a word names; none for a word which this server did not sign."""
    links = ReportLink.objects.select_related("report__round", "report__organisation")
    named = _WORD.named(token)
    return links.filter(public_id=named).first() if named else None
