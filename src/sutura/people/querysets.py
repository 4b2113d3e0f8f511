"""How accounts and grants are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models.query import RawQuerySet

from sutura.access.rules import may
from sutura.people.rules import SOON

ANYBODY, ANY_DAY = -1, date.min
"""Stand for an account and a day while a question is put in words."""


def keeps(user: object) -> bool:
    """Whether somebody answers for all accounts: keeps them, or approves what keepers propose."""
    return may(user, "people.manage", "") or may(user, "people.approve", "")


class AccountQuerySet(models.QuerySet):
    """Accounts."""

    def visible_to(self, user: object) -> Self:
        """Everybody's for who answers for accounts; one's own otherwise."""
        if keeps(user):
            return self
        return self.filter(pk=getattr(user, "pk", None) or 0)

    def people(self) -> Self:
        """Those who sign in."""
        return self.filter(kind="person")


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    """Finds accounts by their name for the sign-in page."""

    use_in_migrations = False


@cache
def in_force_of_one(model: type[models.Model]) -> tuple[str, Sequence[object]]:
    """The question of `held_by`, about anybody on any day."""
    asked = model._default_manager.in_force(ANY_DAY).filter(account_id=ANYBODY)  # type: ignore[attr-defined]
    found: tuple[str, Sequence[object]] = asked.order_by("pk").query.sql_with_params()
    return found


class GrantQuerySet(models.QuerySet):
    """Grants."""

    def in_force(self, today: date) -> Self:
        """Those that hold on a day: approved where two people are needed, and not withdrawn."""
        return self.standing(today).filter(starts_on__lte=today, approved_at__isnull=False)

    def held_by(self, account: int, today: date) -> RawQuerySet:
        """Those in force of one account: every request asks for them, so the question is put in words once."""
        sql, values = in_force_of_one(self.model)
        meant = {ANYBODY: account, ANY_DAY: today, ANY_DAY.isoformat(): today.isoformat()}
        return self.raw(sql, [meant.get(value, value) for value in values])

    def standing(self, today: date) -> Self:
        """Neither withdrawn nor ended: in force, to come, or waiting for a second person."""
        return self.filter(ends_on__gte=today, withdrawn_at=None)

    def waiting(self, today: date) -> Self:
        """Proposals which nobody has approved yet."""
        return self.standing(today).filter(approved_at=None)

    def ending_soon(self, today: date) -> Self:
        """Those in force that end within thirty days."""
        return self.in_force(today).filter(ends_on__lte=today + SOON)

    def visible_to(self, user: object) -> Self:
        """All for who answers for accounts; one's own otherwise."""
        if keeps(user):
            return self
        return self.filter(account_id=getattr(user, "pk", None) or 0)
