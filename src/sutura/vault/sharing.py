"""Who holds which key, who should, and what waits for somebody with an open vault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, F, Q
from django.utils import timezone

from sutura.access.rules import regions
from sutura.vault.models import RecordKey, RegionKey, RegionShare, UserKey
from sutura.vault.rules import RIGHTS


@dataclass
class Standing:
    """Who may read where, who holds a share, and who of the entitled still waits for one."""

    keys: dict[int, UserKey] = field(default_factory=dict)
    held: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    entitled: dict[tuple[int, str], Collection[str]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def waiting(self, region_key: RegionKey) -> list[UserKey]:
        """The entitled without a share of this key."""
        return [
            key
            for account, key in self.keys.items()
            if self.may(account, region_key) and account not in self.held[region_key.pk]
        ]

    def stale(self, region_key: RegionKey) -> set[int]:
        """Accounts which hold a share and may read there no more."""
        return {account for account in self.held[region_key.pk] if not self.may(account, region_key)}

    def may(self, account: int, region_key: RegionKey) -> bool:
        """Whether an account holds today the right of this key."""
        return region_key.region in self.entitled.get((account, region_key.right), ())


def standing() -> Standing:
    """As grants and keys are today."""
    found = Standing(keys={key.account: key for key in UserKey.objects.ready()})
    for region_key, account in RegionShare.objects.values_list("region_key_id", "account"):
        found.held[region_key].add(account)
    wanted = {*found.keys, *(account for held in found.held.values() for account in held)}
    accounts: Any = get_user_model()._default_manager.filter(pk__in=wanted)
    for account in accounts:
        found.entitled |= {(account.pk, right): regions(account, right) for right in RIGHTS}
        found.names[account.pk] = str(account)
    return found


def holders(region: str, right: str) -> list[str]:
    """The names of those who can open what is sealed to a right in a region."""
    held = RegionShare.objects.filter(region_key__region=region, region_key__right=right)
    accounts: Any = get_user_model()._default_manager.filter(pk__in=held.values("account"))
    return sorted(str(account) for account in accounts)


def forsake(standing: Standing) -> list[RegionKey]:
    """Destroy the shares of those who may read no more, and retire the keys which they held; those keys."""
    left = []
    for region_key in RegionKey.objects.all():
        gone = standing.stale(region_key)
        if gone:
            RegionShare.objects.filter(region_key=region_key, account__in=gone).delete()
            standing.held[region_key.pk] -= gone
            left.append(region_key)
    retire({region_key.pk for region_key in left})
    return left


def retire(region_keys: Collection[int]) -> None:
    """These keys seal nothing more; what they sealed is sealed again to new ones by the next open vault."""
    RegionKey.objects.filter(pk__in=region_keys, retired_at=None).update(retired_at=timezone.now())


def behind() -> Any:
    """Record keys that stand under a retired key, or under one of a region or a right which the record has left."""
    return RecordKey.objects.filter(
        Q(region_key__retired_at__isnull=False)
        | ~Q(region_key__region=F("region"))
        | ~Q(region_key__right=F("right"))
    )


def counts_behind() -> dict[int, int]:
    """Region key → record keys that wait to be sealed to another."""
    return dict(behind().values_list("region_key_id").annotate(Count("pk")).order_by())
