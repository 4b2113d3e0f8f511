"""How the register of parties is read. The register itself is open to anyone with an account."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sutura.parties.rules import key


class OpenQuerySet(models.QuerySet):
    """Rows which anyone with an account may read."""

    def visible_to(self, user: object) -> Self:
        """Everything for an account in use; nothing for anybody else."""
        signed_in = getattr(user, "is_authenticated", False) and getattr(user, "is_active", False)
        return self.all() if signed_in else self.none()


class PartyQuerySet(OpenQuerySet):
    """Parties."""

    def active_on(self, day: date) -> Self:
        """Parties not known to have begun after or ended before a day; an unknown date excludes nothing."""
        begun = Q(active_from=None) | Q(active_from__lte=day)
        return self.filter(begun, Q(active_to=None) | Q(active_to__gte=day))

    def searched(self, words: str) -> Self:
        """Parties whose code or one of whose spellings holds the words, accents or not."""
        folded = key(words)
        if not folded:
            return self
        named = Q(names__folded__contains=folded) | Q(code__icontains=words.strip())
        return self.filter(pk__in=self.model._default_manager.filter(named).values("pk"))
