"""An open vault: what a person's own key opens, for as long as her session holds it in memory."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from sutura.security.crypto import Opener, Refused, context, decrypt, derived
from sutura.vault.models import RecordKey, RegionShare
from sutura.vault.rules import of_record, of_share

AT_ONCE = 900
"""Keys asked for in one statement: SQLite's limit is the lowest."""
COLUMNS = ("id", "kind", "record", "region_key_id", "box", "settled")
SETTLED = context("settled")


class Vault:
    """The regions that one person can open."""

    def __init__(self, account: int, private: bytes) -> None:
        self.account, self._own = account, Opener(private)
        self._openers: dict[int, Opener] = {}
        self._own_keys: dict[int, bytes] = {}

    @cached_property
    def shares(self) -> dict[int, RegionShare]:
        """The person's shares, by the number of the region's key."""
        found = RegionShare.objects.filter(account=self.account).select_related("region_key")
        return {share.region_key_id: share for share in found}

    def private_of(self, region_key: int) -> bytes:
        """The private half of a region's key; Refused without a share."""
        share = self.shares.get(region_key)
        if share is None:
            raise Refused
        return self._own.unseal(bytes(share.box), of_share(share.region_key.public_id, self.account))

    def unseal(self, box: bytes, where: bytes) -> bytes:
        """What was sealed to this person herself."""
        return self._own.unseal(box, where)

    def opener(self, region_key: int) -> Opener:
        """What opens the boxes of a region."""
        if region_key not in self._openers:
            self._openers[region_key] = Opener(self.private_of(region_key))
        return self._openers[region_key]

    def own_key(self, region_key: int) -> bytes:
        """What seals and opens the settled boxes of a region: derived from its private half."""
        if region_key not in self._own_keys:
            self._own_keys[region_key] = derived(self.private_of(region_key), SETTLED)
        return self._own_keys[region_key]

    def key(self, row: RecordKey) -> bytes:
        """The key of one record; Refused without a share of its region."""
        return self._opened(row.id, row.kind, row.record, row.region_key_id, bytes(row.box), row.settled)

    def _opened(self, number: UUID, kind: str, name: str, region: int, box: bytes, settled: bool) -> bytes:
        share = self.shares.get(region)
        if share is None:
            raise Refused
        where = of_record(kind, name, number, share.region_key.public_id)
        if settled:
            return decrypt(self.own_key(region), box, where)
        return self.opener(region).unseal(box, where)

    def keys(self, numbers: Iterable[UUID]) -> dict[UUID, bytes]:
        """The keys of these numbers, as far as they still exist and this person holds a share."""
        wanted, found = list(set(numbers)), {}
        for start in range(0, len(wanted), AT_ONCE):
            rows = RecordKey.objects.filter(pk__in=wanted[start : start + AT_ONCE]).values_list(*COLUMNS)
            for number, kind, name, region, box, settled in rows:
                if region in self.shares:
                    found[number] = self._opened(number, kind, name, region, bytes(box), settled)
        return found
