"""How the map is read: by region of a grant. A list of codes is open to whoever has an account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Q

from sutura.access.rules import scope
from sutura.mhpss.rules import freshness
from sutura.places.querysets import signed_in
from sutura.places.rules import plain

READ, PROPOSE, REVIEW = "mhpss.read", "mhpss.propose", "mhpss.review"


def coded(field: str, code: str) -> Q:
    """Rows whose list of codes, one space between, holds this one."""
    return (
        Q(**{field: code}) | Q(**{f"{field}__startswith": f"{code} "}) | Q(**{f"{field}__endswith": f" {code}"})
        | Q(**{f"{field}__contains": f" {code} "})
    )  # fmt: skip


class ListQuerySet(models.QuerySet):
    """Lists of codes, their codes and what ties them."""

    def visible_to(self, user: object) -> Self:
        """Everything for an account in use."""
        return self.all() if signed_in(user) else self.none()


class ServiceQuerySet(models.QuerySet):
    """Services of the map."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one reads the map."""
        return self.filter(scope(user, READ))

    def reviewed_by(self, user: object) -> Self:
        """Those of the regions where one answers for the map."""
        return self.filter(scope(user, REVIEW))

    def on_the_map(self) -> Self:
        """Those which are not closed."""
        return self.exclude(working="closed")

    def of_layer(self, layer: str) -> Self:
        """Those declared in a layer; an empty word: in none."""
        return self.filter(coded("layers", layer)) if layer else self.filter(layers="")

    def of_code(self, code: str) -> Self:
        """Those with an activity code."""
        return self.filter(coded("codes", code))

    def of_theme(self, theme: str) -> Self:
        """Those which work on a theme."""
        return self.filter(coded("themes", theme))

    def in_place(self, code: str) -> Self:
        """Those which stand in a unit, or in any below it."""
        return self.filter(
            Q(place__code=code) | Q(place__path__contains=f"/{code}/") | Q(place__path__startswith=f"{code}/")
        )

    def verified_as(self, level: str, *, today: date, fresh: int, stale: int) -> Self:
        """Those whose verification is fresh, amber or red."""
        first, last = freshness.bounds(level, today=today, fresh=fresh, stale=stale)
        wanted = Q()
        if first:
            wanted &= Q(verified_on__gte=first)
        if last:
            wanted &= Q(verified_on__lte=last)
        return self.filter(wanted | Q(verified_on=None) if level == freshness.RED else wanted)

    def ending(self, today: date) -> Self:
        """Those whose funding ends within 90 days."""
        return self.filter(funded_until__range=(today, today + timedelta(days=freshness.SOON)))

    def to_recode(self, others: list[str]) -> Self:
        """Those without a certain code, or with an “other” that nobody has looked at."""
        wanted = Q(codes="")
        for code in others:
            wanted |= coded("codes", code)
        return self.filter(wanted, recoded_on=None)

    def searched(self, words: str) -> Self:
        """Those which hold every word, accents and case aside, in description, site, organisation or themes."""
        found = self
        for word in plain(words).split():
            found = found.filter(folded__contains=word)
        return found


class StaffQuerySet(models.QuerySet):
    """Who works there, by cadre: numbers only."""

    def visible_to(self, user: object) -> Self:
        """Those of services that one reads."""
        return self.filter(scope(user, READ, "service__region"))


class ProposalQuerySet(models.QuerySet):
    """Changes that an organisation proposes."""

    def visible_to(self, user: object) -> Self:
        """One's own, and all of the regions where one answers for the map."""
        own = scope(user, PROPOSE) & Q(proposed_by=getattr(user, "pk", None))
        return self.filter(scope(user, REVIEW) | own)

    def waiting(self) -> Self:
        """Those not decided yet."""
        return self.filter(decision="waiting")


class ValueQuerySet(models.QuerySet):
    """What a proposal says, field by field."""

    def visible_to(self, user: object) -> Self:
        """Those of proposals that one reads."""
        own = scope(user, PROPOSE, "proposal__region") & Q(proposal__proposed_by=getattr(user, "pk", None))
        return self.filter(scope(user, REVIEW, "proposal__region") | own)


class CampaignQuerySet(models.QuerySet):
    """Mapping rounds."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one reads the map."""
        return self.filter(scope(user, READ))

    def counting(self, today: date, days: int) -> Self:
        """Those recent enough to tell silence from absence."""
        return self.filter(starts_on__lte=today, ends_on__gte=today - timedelta(days=days))

    def with_awaited(self) -> Self:
        """How many organisations were invited, and how many of them have not given a complete answer."""
        return self.annotate(
            invited=Count("invitations"),
            awaited=Count("invitations", filter=~Q(invitations__answer="complete")),
        )


class InvitationQuerySet(models.QuerySet):
    """Organisations invited to a round, and the links they confirm by."""

    to_region = "campaign__region"

    def visible_to(self, user: object) -> Self:
        """Those of rounds that one reads."""
        return self.filter(scope(user, READ, self.to_region))


class LinkQuerySet(models.QuerySet):
    """Links to confirm by one tap."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one answers for the map."""
        return self.filter(scope(user, REVIEW, "invitation__campaign__region"))
