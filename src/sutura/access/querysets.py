"""The guard of protected rows: while a page is answered, a question that no rule judged never reaches the database."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from sutura.access.acting import actor


class Unscoped(Exception):
    """A page asked for protected rows without a rule of access: a fault of ours, so it tells nobody anything."""


class Walled(models.QuerySet):
    """Rows behind the second wall (`config/postgresql/walls.py`).

    Whoever reads them for a page goes through `visible_to` or its like, comes from a record in hand, or says why
    she looks `beyond`. What writes asks `require` first, and is not guarded here.
    """

    def judged(self) -> Self:
        """The same rows, as chosen by a rule of access; for the methods which ask one."""
        found = self.all()
        found.query.judged = True  # type: ignore[attr-defined]  # Django copies it with the query
        return found

    def among(self, **lookup: Any) -> Self:
        """Those which belong to records in hand: what was found by its own rule leads to its parts."""
        return self.judged().filter(**lookup)

    @property
    def db(self) -> str:
        """Read by Django each time a question is about to be asked."""
        in_hand = "instance" in self._hints  # type: ignore[attr-defined]  # a relation of a record
        if actor().reading and not (in_hand or getattr(self.query, "judged", False)):
            raise Unscoped(self.model._meta.label)
        return super().db
