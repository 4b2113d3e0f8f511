"""How the registers of capacity are read: counts by whoever follows a region, names by whoever manages it there."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Q

from sutura.access.rules import EVERYWHERE, may, regions

READ, MANAGE = "capacity.read", "capacity.manage"
CERTIFIED = Q(enrolments__certificate__isnull=False, enrolments__certificate__revoked_on=None)
"""Enrolments whose certificate stands, seen from a cohort or a person."""


class NationalQuerySet(models.QuerySet):
    """What is one for the whole country."""

    def visible_to(self, user: object) -> Self:
        """All of it for whoever follows capacity anywhere."""
        return self if may(user, READ) else self.none()


class PlacedQuerySet(models.QuerySet):
    """What belongs to a region, or to the whole country."""

    asks, way = READ, "region"

    def visible_to(self, user: object) -> Self:
        """Those of one's regions, and of the whole country."""
        held = regions(user, self.asks)
        if held is EVERYWHERE:
            return self
        return self.filter(**{f"{self.way}__in": ["", *sorted(held)]}) if held else self.none()

    def in_region(self, region: str) -> Self:
        """Those of one region."""
        return self.filter(**{self.way: region})


class ProfessionalQuerySet(PlacedQuerySet):
    """People of the register."""

    asks = MANAGE

    def single(self) -> Self:
        """Without those found to be somebody else's second card, or taken out."""
        return self.filter(same_as=None, voided_reason="")

    def searched(self, words: str) -> Self:
        """Those whose name holds every word."""
        found = self
        for word in words.split():
            found = found.filter(folded__contains=word)
        return found

    def counted(self) -> Self:
        """With in how many cohorts each one is, and how many she completed."""
        return self.annotate(
            n_enrolled=Count("enrolments", distinct=True),
            n_certified=Count(
                "enrolments", distinct=True,
                filter=CERTIFIED,
            ),
        )  # fmt: skip


class CohortQuerySet(PlacedQuerySet):
    """Cohorts."""

    def counted(self) -> Self:
        """With how many enrolled, certified and left."""
        return self.annotate(
            n_enrolled=Count("enrolments", distinct=True),
            n_certified=Count("enrolments", filter=CERTIFIED, distinct=True),
            n_left=Count("enrolments", filter=Q(enrolments__left_on__isnull=False), distinct=True),
        )


class SessionQuerySet(PlacedQuerySet):
    """Sessions of a cohort."""

    way = "cohort__region"

    def held(self) -> Self:
        """Those which took place."""
        return self.filter(cancelled="")

    def with_present(self) -> Self:
        """With how many half-days were attended, all persons together."""
        return self.annotate(n_present=Count("attendances"))


class EnrolmentQuerySet(PlacedQuerySet):
    """Who is enrolled: names, for whoever manages the region of the cohort."""

    asks, way = MANAGE, "cohort__region"

    def certified(self) -> Self:
        """Those whose certificate stands."""
        return self.filter(certificate__isnull=False, certificate__revoked_on=None)

    def persons(self) -> int:
        """How many different people: never the number of enrolments."""
        return self.aggregate(n=Count("professional", distinct=True))["n"]


class OfEnrolmentQuerySet(PlacedQuerySet):
    """What hangs on an enrolment."""

    asks, way = MANAGE, "enrolment__cohort__region"


class OfCohortQuerySet(PlacedQuerySet):
    """What is named in a session: trainers."""

    asks, way = MANAGE, "session__cohort__region"


class OfGroupQuerySet(PlacedQuerySet):
    """Sittings of a practice group: counts and coded words."""

    way = "group__region"

    def held(self) -> Self:
        """Those which took place."""
        return self.filter(cancelled="")


class OfSittingQuerySet(PlacedQuerySet):
    """What groups ask for."""

    way = "sitting__group__region"


class SupervisionQuerySet(PlacedQuerySet):
    """Who supervises whom: names, for whoever manages the region of the supervised."""

    asks, way = MANAGE, "professional__region"

    def going_on(self, day: date) -> Self:
        """Those which have not ended by a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class OfSupervisionQuerySet(PlacedQuerySet):
    """When they met."""

    asks, way = MANAGE, "supervision__professional__region"


class OfSchemeQuerySet(PlacedQuerySet):
    """Contacts of a scheme of peer support."""

    way = "scheme__region"


class OfQualityVisitQuerySet(PlacedQuerySet):
    """The marks of a quality visit."""

    way = "visit__region"


class InitiativeQuerySet(PlacedQuerySet):
    """Initiatives of sectors."""

    def under_way(self, day: date) -> Self:
        """Those which go on on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def about(self, theme: str) -> Self:
        """Those on a theme; no code of the list is part of another."""
        return self.filter(themes__contains=theme)


class JointThemeQuerySet(PlacedQuerySet):
    """Themes for several sectors."""

    def waiting(self) -> Self:
        """Those which have no answer yet."""
        return self.filter(answered_on=None)
