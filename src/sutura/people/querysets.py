"""How accounts and grants are read."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from sutura.access.rules import may
from sutura.people.rules import SOON


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


class GrantQuerySet(models.QuerySet):
    """Grants."""

    def in_force(self, today: date) -> Self:
        """Those that hold on a day: approved where two people are needed, and not withdrawn."""
        return self.standing(today).filter(starts_on__lte=today, approved_at__isnull=False)

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
