"""The word in the address of a referral's link: signed, so that nobody makes one up; it names the referral alone."""

from __future__ import annotations

from sutura.access.acting import beyond
from sutura.response.models import Referral
from sutura.security.links import Word

_WORD = Word("sutura.response.referral")


def token_of(referral: Referral) -> str:
    """What stands in the address."""
    return _WORD.of(referral.public_id)


@beyond("whoever holds the link of a referral has no account; a signed word names that one referral")
def referral_of(token: str) -> Referral | None:
    """The referral that a word names; none for a word which this server did not sign."""
    rows = Referral.objects.select_related(
        "docket__party", "consent__organisation", "service__organisation", "feedback"
    )
    named = _WORD.named(token)
    return rows.filter(public_id=named).first() if named else None
