"""How the log is read."""

from __future__ import annotations

from typing import Self

from django.db import models


class EntryQuerySet(models.QuerySet):
    """Lines of the log."""

    def visible_to(self, user: object) -> Self:
        """The whole log for an auditor; one's own acts for everybody else."""
        if getattr(user, "may", None) and user.may("audit.read", ""):  # type: ignore[attr-defined]
            return self
        return self.filter(actor_id=getattr(user, "pk", None) or 0)
