"""How workshops and missions are read: with their body; the days of a mandate by its keeper and by its person."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sutura.access.rules import EVERYWHERE, may, regions
from sutura.coordination.querysets.bodies import OfBodyQuerySet


class EventQuerySet(OfBodyQuerySet):
    """Workshops, conferences and missions."""

    def to_come(self) -> Self:
        """Those planned, the next first."""
        return self.filter(state="planned").order_by("starts_on", "pk")

    def held(self) -> Self:
        """Those which took place, the last first."""
        return self.filter(state="held").order_by("-starts_on", "-pk")

    def begun_within(self, start: date, end: date) -> Self:
        """Those whose first day lies between two days."""
        return self.filter(starts_on__gte=start, starts_on__lte=end)

    def touching(self, start: date, end: date) -> Self:
        """Those of which at least one day lies between two days."""
        return self.filter(starts_on__lte=end, ends_on__gte=start)


class OfEventQuerySet(OfBodyQuerySet):
    """What belongs to a workshop or a mission."""

    to_body = "event__body"


class MandateQuerySet(models.QuerySet):
    """Mandates, and the days worked under them."""

    to_mandate = ""

    def visible_to(self, user: object) -> Self:
        """Those of the bodies that one keeps, and one's own: how somebody works is not for all the members."""
        if not may(user, "coordination.read") and not may(user, "coordination.manage"):
            return self.none()
        held = regions(user, "coordination.manage")
        if held is EVERYWHERE:
            return self
        own = Q(**{f"{self.to_mandate}account": getattr(user, "pk", None) or 0})
        return self.filter(Q(**{f"{self.to_mandate}body__region__in": sorted(held)}) | own)


class StintQuerySet(MandateQuerySet):
    """Days worked under a mandate."""

    to_mandate = "mandate__"
