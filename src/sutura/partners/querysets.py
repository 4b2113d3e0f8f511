"""How organisations are read: the directory is one, for whoever coordinates anywhere."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from sutura.access.rules import may
from sutura.partners.rules import key

READERS = ("coordination.read", "coordination.manage", "partners.manage")


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
