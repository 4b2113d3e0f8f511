"""How judgements and sittings are read."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery

from sutura.access.querysets import Walled
from sutura.access.rules import may, scope
from sutura.verification.rules import CTFMR, DECIDED, FOCAL_POINT, TECHNICAL


class OpinionQuerySet(Walled):
    """Opinions, oldest first."""

    def visible_to(self, user: Any) -> Self:
        """Those on violations of the regions whose bench a person may see."""
        return self.judged().filter(scope(user, "verification.read", "violation__region"))

    def of_level(self, level: str) -> Self:
        """Those of one level."""
        return self.filter(level=level)

    def in_round(self) -> Self:
        """Those which no later reopening sets aside."""
        later = self.model._default_manager.filter(
            violation=OuterRef("violation"), reopened=True, id__gte=OuterRef("id")
        )
        return self.exclude(Exists(later))

    def last_status(self, level: str) -> Subquery:
        """For a query of violations: the status in the opinion in force of one level, NULL when there is none."""
        mine = self.of_level(level).in_round().filter(violation=OuterRef("pk"))
        return Subquery(mine.order_by("-id").values("status")[:1])

    def waiting_for(self, violations: models.QuerySet, level: str) -> models.QuerySet:
        """Of pending violations, those which wait for the opinion of one level (the rule is `rules.stage`)."""
        first, second = self.last_status(FOCAL_POINT), self.last_status(TECHNICAL)
        if level == FOCAL_POINT:
            return violations.alias(first=first).exclude(first__isnull=False, first__in=DECIDED)
        found = violations.alias(first=first, second=second).filter(first__in=DECIDED)
        if level == TECHNICAL:
            return found.exclude(second__isnull=False, second__in=DECIDED)
        if level == CTFMR:
            return found.filter(second__in=DECIDED)
        return violations


class SittingQuerySet(models.QuerySet):
    """Sittings of the task force."""

    def visible_to(self, user: Any) -> Self:
        """All for those who prepare, advise or decide for the whole country; none for others: notes name any region."""
        if any(may(user, f"verification.{act}", "") for act in ("sitting", "technical", "ctfmr")):
            return self
        return self.none()

    def open(self) -> Self:
        """Those not yet closed, soonest first."""
        return self.filter(closed_at=None).order_by("held_on", "id")

    def closed(self) -> Self:
        """Those closed, latest first."""
        return self.exclude(closed_at=None).order_by("-held_on", "-id")

    def listed(self) -> Self:
        """With the number of their items, and of those decided."""
        return self.annotate(listed=Count("items"), decided=Count("items__opinion"))


class SittingItemQuerySet(Walled):
    """Violations on the agenda."""

    def visible_to(self, user: Any) -> Self:
        """Those of the regions whose bench a person may see."""
        return self.judged().filter(scope(user, "verification.read", "violation__region"))

    def undecided(self) -> Self:
        """Those which the sitting has not decided."""
        return self.filter(opinion=None)
