"""How recommendations, and what is told of them, are read: through the body that follows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from sutura.coordination.querysets.bodies import OfBodyQuerySet, voices_of
from sutura.coordination.rules.recommendations import CLOSED, DECLARED, OWED, escalation_day


class RecommendationQuerySet(OfBodyQuerySet):
    """Recommendations."""

    def owed(self) -> Self:
        """Adopted, and something is still owed."""
        return self.filter(state__in=OWED)

    def unclosed(self) -> Self:
        """Neither verified, nor lapsed, nor replaced."""
        return self.exclude(state__in=CLOSED)

    def due_by(self, day: date) -> Self:
        """Those still owed whose day is that day or earlier: what the agenda of that day takes up again."""
        return self.owed().filter(due_on__lte=day)

    def late(self, today: date) -> Self:
        """Those whose day is over."""
        return self.owed().filter(due_on__lt=today)

    def declared(self) -> Self:
        """Declared done, and waiting for somebody of another organisation."""
        return self.filter(state=DECLARED)

    def to_verify_by(self, user: object) -> Self:
        """Those declared done that a person may look at: she sits there, and not for the responsible organisation."""
        sits = voices_of(user).filter(body=OuterRef("body"))
        own = sits.filter(organisation=OuterRef("responsible"))
        return self.declared().filter(Exists(sits), ~Exists(own))

    def owed_by(self, user: object) -> Self:
        """Those still owed by an organisation for which a person sits in their body."""
        own = voices_of(user).filter(body=OuterRef("body"), organisation=OuterRef("responsible"))
        return self.owed().filter(Exists(own))

    def of_organisation(self, organisation: Any) -> Self:
        """Those which an organisation answers for."""
        return self.filter(responsible=organisation)

    def by_day(self) -> Self:
        """The nearest day first; those without a day last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "ref")

    def searched(self, words: str) -> Self:
        """Those whose reference or text holds the words."""
        return self.filter(Q(ref__icontains=words) | Q(text__icontains=words)) if words else self

    def missed_twice(self, held: Iterable[tuple[int, date]]) -> Q:
        """Due before the last meeting but one of its body; `held`: each body with a day on which it met."""
        days: dict[int, list[date]] = defaultdict(list)
        for body, day in held:
            days[body].append(day)
        missed = Q(pk__in=[])
        for body, known in days.items():
            limit = escalation_day(known)
            if limit is not None:
                missed |= Q(body=body, due_on__lt=limit)
        return missed


class OfRecommendationQuerySet(OfBodyQuerySet):
    """What is told of a recommendation: its reports, evidence, contributors and links."""

    to_body = "recommendation__body"


class EvidenceQuerySet(OfRecommendationQuerySet):
    """What proves that something was done."""

    def standing(self) -> Self:
        """Those not taken back."""
        return self.filter(voided_reason="")


class NeedQuerySet(OfBodyQuerySet):
    """Needs of regions."""

    def waiting(self) -> Self:
        """Raised or examined, and not answered: the pool from which the next agenda is filled."""
        return self.filter(state__in=("raised", "examined"))

    def by_severity(self) -> Self:
        """The gravest and the oldest first."""
        ranks = [models.When(severity=code, then=at) for at, code in enumerate(("critical", "serious"))]
        return self.order_by(models.Case(*ranks, default=2), "raised_on", "pk")
