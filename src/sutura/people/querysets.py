"""How accounts and grants are read."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models


class AccountQuerySet(models.QuerySet):
    """Accounts."""

    def visible_to(self, user: object) -> Self:
        """Everybody's for who keeps the accounts; one's own otherwise."""
        if getattr(user, "may", None) and user.may("people.manage", ""):  # type: ignore[attr-defined]
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
        """Those that hold on a day and were not withdrawn."""
        return self.filter(starts_on__lte=today, ends_on__gte=today, withdrawn_at=None)

    def visible_to(self, user: object) -> Self:
        """All for who keeps the accounts; one's own otherwise."""
        if getattr(user, "may", None) and user.may("people.manage", ""):  # type: ignore[attr-defined]
            return self
        return self.filter(account_id=getattr(user, "pk", None) or 0)
