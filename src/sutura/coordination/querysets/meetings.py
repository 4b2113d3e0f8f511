"""How meetings and what belongs to them are read."""

from __future__ import annotations

from datetime import date
from typing import Self

from sutura.coordination.querysets.bodies import OfBodyQuerySet
from sutura.coordination.rules.meetings import TO_COME


class MeetingQuerySet(OfBodyQuerySet):
    """Meetings."""

    def to_come(self) -> Self:
        """Those neither held nor cancelled, the next first."""
        return self.filter(state__in=TO_COME).order_by("planned_on", "pk")

    def held(self) -> Self:
        """Those which took place, the last first."""
        return self.exclude(held_on=None).order_by("-held_on", "-pk")

    def before(self, day: date) -> Self:
        """Those held before a day, the last first."""
        return self.held().filter(held_on__lt=day)


class OfMeetingQuerySet(OfBodyQuerySet):
    """Rows which belong to a meeting."""

    to_body = "meeting__body"


class SupportQuerySet(OfBodyQuerySet):
    """Organisations behind a proposed point."""

    to_body = "proposal__meeting__body"
