"""How organisations are read: the directory is one, for whoever coordinates anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sutura.access.rules import EVERYWHERE, may, regions
from sutura.partners.rules import key

READERS = ("coordination.read", "coordination.manage", "partners.manage")
KEEPERS = ("coordination.manage", "partners.manage")


def held_regions(user: object, permissions: tuple[str, ...]) -> frozenset[str]:
    """Where one holds any of the permissions; EVERYWHERE for a nationwide grant."""
    found = [regions(user, name) for name in permissions]
    return EVERYWHERE if any(each is EVERYWHERE for each in found) else frozenset().union(*found)


class OrganisationQuerySet(models.QuerySet):
    """Organisations."""

    def visible_to(self, user: object) -> Self:
        """The whole directory for whoever coordinates or keeps it; nothing for anybody else."""
        return self if any(may(user, name) for name in READERS) else self.none()

    def in_use(self) -> Self:
        """Those which still exist."""
        return self.filter(is_active=True)

    def searched(self, words: str) -> Self:
        """Those whose name or acronym holds the words, accents or not."""
        folded = key(words)
        return (
            self.filter(Q(folded__contains=folded) | Q(acronym__icontains=words.strip())) if folded else self
        )


class PlaceInConsortiumQuerySet(models.QuerySet):
    """Who belongs to which consortium."""

    def visible_to(self, user: object) -> Self:
        """As the directory."""
        return self if any(may(user, name) for name in READERS) else self.none()


class ProjectQuerySet(models.QuerySet):
    """Projects."""

    def visible_to(self, user: object) -> Self:
        """Those of the whole country and those that touch a region where one coordinates."""
        held = held_regions(user, READERS)
        if held is EVERYWHERE:
            return self
        return self.filter(touching(held)) if held else self.none()

    def in_region(self, region: str) -> Self:
        """Those that work in a region, or everywhere."""
        return self.filter(touching([region]))

    def of(self, organisation: object) -> Self:
        """Those that an organisation leads, takes part in or pays for."""
        own = Q(lead=organisation) | Q(funder=organisation)
        return self.filter(own | Q(pk__in=self.filter(parts__organisation=organisation).values("pk")))


class PartQuerySet(models.QuerySet):
    """Who takes part in which project."""

    def visible_to(self, user: object) -> Self:
        """As the projects."""
        held = held_regions(user, READERS)
        if held is EVERYWHERE:
            return self
        return self.filter(touching(held, "project__")) if held else self.none()


class VisitQuerySet(models.QuerySet):
    """Visits of technical support."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one keeps bodies or the directory: what they found is not for everybody."""
        held = held_regions(user, KEEPERS)
        return self if held is EVERYWHERE else self.filter(region__in=sorted(held))

    def open(self) -> Self:
        """Those whose follow-up is still owed."""
        return self.filter(follow_up_on__isnull=False, followed_up_on=None)

    def late(self, today: date) -> Self:
        """Those whose follow-up should have been done."""
        return self.open().filter(follow_up_on__lt=today)


def touching(held: Iterable[str], path: str = "") -> Q:
    """Rows whose regions, codes with one space between, hold one of these; or which are of the whole country."""
    found = Q(**{f"{path}regions": ""})
    for region in sorted(held):
        found |= Q(**{f"{path}regions__contains": region})
    return found
