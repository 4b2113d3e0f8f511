"""How meetings and what belongs to them are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self

from django.db.models import F, Q

from sutura.coordination.querysets.bodies import OfBodyQuerySet
from sutura.coordination.rules.meetings import TO_COME

FRESH, AT_IT = timedelta(days=7), timedelta(minutes=10)


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


class MailingQuerySet(OfMeetingQuerySet):
    """Messages to members."""

    def to_try(self, now: datetime) -> Self:
        """Those that no server took yet, while they still tell something: the day to come, or fresh minutes."""
        coming = Q(notice="convening", meeting__state__in=TO_COME, day=F("meeting__planned_on"))
        fresh = Q(notice="minutes", asked_at__gte=now - FRESH)
        # Whoever asked a moment ago is still at it herself.
        return self.filter(coming | fresh, outcome="waiting", asked_at__lt=now - AT_IT)
