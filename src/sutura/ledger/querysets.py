"""How the ledger is read: open lines, lines at a past moment, lines of the regions a person may see."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from sutura.access.querysets import Walled
from sutura.access.rules import may, scope


class ScopedQuerySet(Walled):
    """Rows that carry the level-1 region of the fact they count."""

    def visible_to(self, user: object) -> Self:
        """Rows of the regions where the person reads figures; without a region: nationwide grants only."""
        return self.judged().filter(scope(user, "reporting.read", "region"))


class LineQuerySet(ScopedQuerySet):
    """Lines of the ledger."""

    def open(self) -> Self:
        """Lines that count now."""
        return self.filter(superseded_at=None)

    def as_at(self, moment: datetime) -> Self:
        """Lines that counted at a past moment."""
        return self.filter(Q(superseded_at=None) | Q(superseded_at__gt=moment), recorded_at__lte=moment)


class PostingQuerySet(models.QuerySet):
    """Postings, in the order in which they were made."""

    def visible_to(self, user: object) -> Self:
        """All for whoever reads figures somewhere: a posting names an act, and no fact of a record."""
        return self if may(user, "reporting.read") else self.none()

    def between(self, after: datetime, until: datetime) -> Self:
        """Postings made after one moment and not after another."""
        return self.filter(moment__gt=after, moment__lte=until)
