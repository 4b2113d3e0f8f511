"""How keys and openings are read."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db import models

from sutura.access.rules import may


class UserKeyQuerySet(models.QuerySet):
    """Keys of people."""

    def ready(self) -> Self:
        """Those to which something may be sealed."""
        return self.filter(lost_at=None).exclude(trusted_at=None)


class RegionKeyQuerySet(models.QuerySet):
    """Keys of regions."""

    def current(self, region: str, right: str, year: int) -> Self:
        """The key that seals what is written now, if there is one."""
        return self.in_use(region, year).filter(right=right)

    def in_use(self, region: str, year: int) -> Self:
        """The keys that seal in a region what is written now, the newest first."""
        return self.filter(region=region, year=year, retired_at=None).order_by("-id")


class EscrowKeyQuerySet(models.QuerySet):
    """Keys of escrow."""

    def current(self) -> Self:
        """The one in use."""
        return self.agreed().filter(retired_at=None).order_by("-id")

    def agreed(self) -> Self:
        """Those to which a second person agreed."""
        return self.exclude(agreed_at=None)

    def proposed(self) -> Self:
        """Those which wait for a second person."""
        return self.filter(agreed_at=None, retired_at=None)


class EscrowShareQuerySet(models.QuerySet):
    """Shares of escrow."""

    def kept_by(self, account: int) -> Self:
        """The share which somebody keeps of the escrow in use."""
        return self.filter(account=account, escrow__retired_at=None).exclude(escrow__agreed_at=None)


class RecordKeyQuerySet(models.QuerySet):
    """Keys of records."""

    def of(self, kind: str, records: list[str]) -> Self:
        """Every key of some records of a kind."""
        return self.filter(kind=kind, record__in=records)


class RecoveryQuerySet(models.QuerySet):
    """Recoveries of people whose key was lost."""

    def visible_to(self, user: object) -> Self:
        """All for who keeps or approves accounts and for custodians; one's own otherwise."""
        number = getattr(user, "pk", None) or 0
        if may(user, "people.manage", "") or may(user, "people.approve", ""):
            return self
        shares: Any = apps.get_model("vault", "EscrowShare")
        custodian = shares.objects.kept_by(number)
        return self.filter(models.Exists(custodian) | models.Q(account=number))

    def open(self) -> Self:
        """Those not done yet."""
        return self.filter(done_at=None)


class OpeningQuerySet(models.QuerySet):
    """Who opened what."""

    def visible_to(self, user: object) -> Self:
        """Those of one's own records, and one's own."""
        number = getattr(user, "pk", None) or 0
        return self.filter(models.Q(owner=number) | models.Q(account=number))

    def by_others(self, user: object) -> Self:
        """Those of one's own records by somebody else."""
        number = getattr(user, "pk", None) or 0
        return self.filter(owner=number).exclude(account=number)
