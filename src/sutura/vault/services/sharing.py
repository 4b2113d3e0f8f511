"""Shares come and go with grants; whoever has an open vault brings the others up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from sutura.access.rules import may, require
from sutura.audit.services import record
from sutura.security.crypto import Sealer, encrypt
from sutura.security.sealed import Sealing, by_kind
from sutura.vault import escrow, keeping
from sutura.vault.models import EscrowKey, RecordKey, RegionKey
from sutura.vault.opened import Vault
from sutura.vault.rules import RESTRICTED, RIGHTS, of_record
from sutura.vault.sharing import behind, forsake, standing

AT_ONCE = 5000
"""Record keys sealed again in one go: about a second."""
REWRITE = "UPDATE vault_recordkey SET region_key_id = %s, box = %s, settled = %s WHERE id = %s"


@dataclass(frozen=True)
class Settled:
    """What an open vault brought up to date: shares given, record keys sealed again."""

    shared: int = 0
    rewrapped: int = 0


@transaction.atomic
def settle(*, by: Any) -> Settled:
    """With an open vault: give the entitled their shares, seal again what stands under a key of the past."""
    require(by, next((right for right in RIGHTS if may(by, right)), RESTRICTED))
    vault: Vault = by.vault
    shared = _share(vault)
    rewrapped = _rewrap(vault)
    _settle(vault)
    escrow.complete(vault)
    if shared or rewrapped:
        record(by, "vault.settle", fields=f"{shared} shares, {rewrapped} records")
    return Settled(shared, rewrapped)


def _share(vault: Vault) -> int:
    now, given = standing(), 0
    forsake(now)
    for kept in RegionKey.objects.filter(waiting__isnull=False):
        waiting = now.waiting(kept)
        if waiting:
            keeping.hand_over(kept, waiting)
            now.held[kept.pk] |= {one.account for one in waiting}
            given += len(waiting)
    for region_key in RegionKey.objects.filter(pk__in=vault.shares):
        waiting = now.waiting(region_key)
        if waiting and vault.account in now.held[region_key.pk]:
            keeping.share(region_key, vault.private_of(region_key.pk), waiting)
            given += len(waiting)
    return given


def _rewrap(vault: Vault) -> int:
    """The new key is made here too, if nobody wrote since: a retired key stays no longer than it must."""
    rows = list(behind().filter(region_key__in=vault.shares)[:AT_ONCE])
    sealers = {where: _sealer(*where) for where in {(row.region, row.right) for row in rows}}
    done = []
    for row in rows:
        found = sealers[row.region, row.right]
        if found is None:
            continue
        key, (current, sealer) = vault.key(row), found
        row.region_key, row.settled = current, False
        row.box = sealer.seal(key, of_record(row.kind, row.record, row.pk, current.public_id))
        done.append(row)
    _write(done)
    RegionKey.objects.filter(retired_at__isnull=False, records=None).delete()
    return len(done)


def _settle(vault: Vault) -> int:
    """Seal again without an exchange what was sealed to the public half: names are then opened by the thousand."""
    rows = list(RecordKey.objects.filter(region_key__in=vault.shares, settled=False)[:AT_ONCE])
    for row in rows:
        where = of_record(row.kind, row.record, row.pk, vault.shares[row.region_key_id].region_key.public_id)
        row.box, row.settled = encrypt(vault.own_key(row.region_key_id), vault.key(row), where), True
    _write(rows)
    return len(rows)


def _write(rows: Sequence[RecordKey]) -> None:
    """Many boxes in one prepared statement."""
    assert RecordKey._meta.pk is not None
    adapt = RecordKey._meta.pk.get_db_prep_value
    values: list[Any] = [(row.region_key_id, row.box, row.settled, adapt(row.pk, connection)) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(REWRITE, values)


def _sealer(region: str, right: str) -> tuple[RegionKey, Sealer] | None:
    """What seals to a region now; None while nobody could open it there, so that the old key stays."""
    if not keeping.entitled(region, right) and not EscrowKey.objects.current().exists():
        return None
    current = keeping.region_key(region, right)
    return None if current.waiting else (current, Sealer(bytes(current.public)))


@transaction.atomic
def leave(*, by: Any, account: Any) -> int:
    """A grant ended: the person's shares where she may read no more are destroyed; how many keys are retired."""
    require(by, "people.manage", "")
    left = forsake(standing())
    if left:
        record(by, "vault.leave", of=account, fields=f"{len(left)} keys")
    return len(left)


@transaction.atomic
def move(*, by: Any, records: Sequence[Model], region: str, permission: str = "incidents.document") -> int:
    """A file belongs to another region or right now: its keys are sealed to it, at once if this vault is open."""
    require(by, permission, region)
    moved = 0
    for right, held in _by_right(records).items():
        for kind, names in by_kind(held).items():
            stale = RecordKey.objects.of(kind, names).exclude(region=region, right=right)
            moved += stale.update(region=region, right=right)
    vault: Vault | None = getattr(by, "vault", None)
    if moved and vault is not None:
        _rewrap(vault)
    if moved:
        record(by, "vault.move", fields=f"{moved} keys to {region}")
    return moved


def _by_right(records: Sequence[Model]) -> dict[str, list[Model]]:
    found: dict[str, list[Model]] = {}
    for one in records:
        sealing: Sealing = one.sealing  # type: ignore[attr-defined]
        found.setdefault(sealing.right_of(one), []).append(one)
    return found
