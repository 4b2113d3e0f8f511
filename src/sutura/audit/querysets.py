"""How the log is read."""

from __future__ import annotations

from typing import Self

from django.db import models

from sutura.audit.rules import CONTENT, Content


class EntryQuerySet(models.QuerySet):
    """Lines of the log."""

    def visible_to(self, user: object) -> Self:
        """The whole log for an auditor; one's own acts for everybody else."""
        if getattr(user, "may", None) and user.may("audit.read", ""):  # type: ignore[attr-defined]
            return self
        return self.filter(actor_id=getattr(user, "pk", None) or 0)

    def of(self, *records: models.Model) -> Self:
        """What was done to these records."""
        return self.filter(subject__in=[reference(record) for record in records])

    def contents(self, keys: list[int]) -> dict[int, Content]:
        """What the chain binds of these lines, by key."""
        return {row[0]: row for row in self.filter(pk__in=keys).order_by().values_list(*CONTENT)}


def reference(record: object) -> str:
    """How the log names a record: its public id, else its key; a plain reference stays as it is."""
    if isinstance(record, models.Model):
        return str(getattr(record, "public_id", None) or record.pk)
    return str(record)
