"""What a docket may say of a child."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.response.choices import Association
from sutura.response.models import Docket


def child(docket: Docket) -> None:
    """Under 18, an age that says how it is known, a party only of an association."""
    if docket.age is not None and docket.age >= 18:
        raise Invalid(_("A docket is for a child: under 18 at the encounter."), field="age")
    if docket.age is not None and not docket.age_basis:
        raise Invalid(_("Say how the age is known."), field="age_basis")
    if docket.age is None and docket.age_basis:
        raise Invalid(_("Write the age, or leave out how it is known."), field="age")
    if docket.party and docket.association not in (Association.ASSOCIATED, Association.ALLEGED):
        raise Invalid(_("A party is named for a child who is or is said to be associated."), field="party")
