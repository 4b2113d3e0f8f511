"""How imports are read: runs by whoever may import, a waiting file by whoever gave it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models

from sutura.access.rules import may

CHUNK = 900  # names in one statement: SQLite's limit is the lowest


class RunQuerySet(models.QuerySet):
    """Runs of the importers."""

    def visible_to(self, user: Any) -> Self:
        """All for whoever imports for the whole country, one's own otherwise: counts too tell of a region."""
        if may(user, "intake.import", ""):
            return self.all()
        return self.filter(by=user.pk) if may(user, "intake.import") else self.none()


class StagedFileQuerySet(models.QuerySet):
    """Files waiting for a yes or no."""

    def visible_to(self, user: Any) -> Self:
        """One's own, while one may import."""
        return self.filter(by=user.pk) if may(user, "intake.import") else self.none()

    def waiting(self, now: datetime) -> Self:
        """Those which have not expired."""
        return self.filter(expires_at__gt=now)

    def expired(self, now: datetime) -> Self:
        """Those whose time is over."""
        return self.filter(expires_at__lte=now)


class ImportedRowQuerySet(models.QuerySet):
    """Rows taken in before."""

    def visible_to(self, user: Any) -> Self:
        """Whoever may import."""
        return self.all() if may(user, "intake.import") else self.none()

    def marks(self, sheet: str, refs: Iterable[str]) -> dict[str, str]:
        """Reference → marks of its columns when last taken in."""
        wanted = list(refs)
        found: dict[str, str] = {}
        for start in range(0, len(wanted), CHUNK):
            rows = self.filter(sheet=sheet, ref__in=wanted[start : start + CHUNK])
            found.update(rows.values_list("ref", "marks"))
        return found
