"""How requests are read: one's own, and those one may approve."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from sutura.access.rules import EVERYWHERE, regions
from sutura.disclosure.choices.exports import State

REQUEST, APPROVE = "disclosure.request", "disclosure.let_out"


class ExportQuerySet(models.QuerySet):
    """Requests for coded data."""

    def visible_to(self, user: Any) -> Self:
        """One's own while one may ask, and those of the regions in which one may approve."""
        own = Q(asked_by=user.pk) if regions(user, REQUEST) else Q(pk__in=[])
        return self.filter(own | self._approved_by(user))

    def to_approve(self, user: Any, now: datetime) -> Self:
        """Those of others which wait for this person's word."""
        return self.filter(self._approved_by(user), state=State.ASKED, ends_at__gt=now).exclude(
            asked_by=user.pk
        )

    def ready(self, user: Any, now: datetime) -> Self:
        """One's own with a file to take, not yet taken."""
        return self.filter(asked_by=user.pk, state=State.APPROVED, ends_at__gt=now, taken_at=None)

    def over(self, now: datetime) -> Self:
        """Those whose time is past, not yet tidied away."""
        return self.filter(state__in=(State.ASKED, State.APPROVED), ends_at__lte=now)

    def _approved_by(self, user: Any) -> Q:
        held = regions(user, APPROVE)
        if held is EVERYWHERE:
            return Q(pk__isnull=False)  # an empty condition would vanish beside another
        if not held:
            return Q(pk__in=[])
        asked = self.model._default_manager.order_by().values_list("regions", flat=True).distinct()
        # A request is approved whole: by whoever may approve in each of its regions.
        return Q(regions__in=[codes for codes in asked if codes and set(codes.split()) <= held])
