"""How reminders and calendars are read: each is one person's own."""

from __future__ import annotations

from typing import Self

from django.db import models

from sutura.access.rules import may


class OwnQuerySet(models.QuerySet):
    """Rows of one account."""

    def visible_to(self, user: object) -> Self:
        """One's own, for whoever takes part in coordination."""
        if not may(user, "coordination.read"):
            return self.none()
        return self.filter(account=getattr(user, "pk", None) or 0)


class FeedQuerySet(OwnQuerySet):
    """Addresses of calendars."""

    def open(self) -> Self:
        """Those not revoked."""
        return self.filter(revoked_at=None)
