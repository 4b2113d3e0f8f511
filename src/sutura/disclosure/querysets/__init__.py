"""Who may see releases: the public what was published, whoever prepares or approves all of them."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from sutura.access.rules import may


class ReleaseQuerySet(models.QuerySet):
    """Tables made for the public."""

    def published(self) -> Self:
        """Approved by a second person."""
        return self.filter(decision__approved=True)

    def visible_to(self, user: object) -> Self:
        """All for whoever prepares or approves; the published ones for any account, for strangers where that is set."""
        if may(user, "disclosure.publish", "") or may(user, "disclosure.approve", ""):
            return self.all()
        signed_in = getattr(user, "is_authenticated", False) and getattr(user, "is_active", False)
        return self.published() if signed_in or settings.SUTURA_PUBLIC_TABLES else self.none()

    def of(self, product: str, period: str, block: str, shape: str) -> Self:
        """Releases of one table, the latest first."""
        return self.filter(product=product, period=period, block=block, shape=shape).order_by("-number")


class DecisionQuerySet(models.QuerySet):
    """Approvals and refusals."""

    def visible_to(self, user: object) -> Self:
        """Those who prepare or approve."""
        allowed = may(user, "disclosure.publish", "") or may(user, "disclosure.approve", "")
        return self.all() if allowed else self.none()
