"""Keys made for writing: whoever writes needs only the public half of the region's key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import may
from sutura.audit import writing
from sutura.security import crypto
from sutura.security.sealed import Sealing, identity
from sutura.vault import escrow
from sutura.vault.models import RecordKey, RegionKey, RegionShare, UserKey
from sutura.vault.rules import of_record, of_share, of_waiting

Held = dict[tuple[str, str], RegionKey]
_at_hand: ContextVar[Held | None] = ContextVar("at_hand", default=None)


@contextmanager
def keys_at_hand() -> Iterator[None]:
    """The keys of a region are looked up together, once; inside one transaction, of which no part is undone alone."""
    token = _at_hand.set({})
    try:
        yield
    finally:
        _at_hand.reset(token)


def new_keys(records: Sequence[Model]) -> list[tuple[UUID, bytes]]:
    """A fresh key for each record, its number first; kept sealed to the region where the record stands."""
    made, rows = [], []
    sealers: dict[tuple[str, str], tuple[RegionKey, crypto.Sealer]] = {}
    for record in records:
        sealing: Sealing = record.sealing  # type: ignore[attr-defined]
        where = region, right = sealing.region_of(record), sealing.right_of(record)
        if where not in sealers:
            current = region_key(region, right)
            sealers[where] = current, crypto.Sealer(bytes(current.public))
        current, sealer = sealers[where]
        number, key = uuid4(), crypto.new_key()
        kind, name = record._meta.label_lower, identity(record)
        box = sealer.seal(key, of_record(kind, name, number, current.public_id))
        rows.append(
            RecordKey(
                id=number, kind=kind, record=name, region=region, right=right, region_key=current, box=box
            )
        )
        made.append((number, key))
    writing.insert(RecordKey, rows)
    return made


def keep_key(record: Model, *, number: UUID, box: bytes, region_key: UUID) -> None:
    """Keep the key of a record, made and sealed in a browser; Invalid when it is for another region or right."""
    sealing: Sealing = record.sealing  # type: ignore[attr-defined]
    region, right = sealing.region_of(record), sealing.right_of(record)
    found = RegionKey.objects.filter(public_id=region_key, region=region, right=right).first()
    if found is None or RecordKey.objects.filter(id=number).exists():
        raise Invalid(
            _("It was not sealed with a key of this region. Open the page again, and write it once more.")
        )
    kind, name = record._meta.label_lower, identity(record)
    made = RecordKey(id=number, kind=kind, record=name, region=region, right=right, region_key=found, box=box)
    writing.insert(RecordKey, [made])


def region_key(region: str, right: str) -> RegionKey:
    """The key which seals for a right in a region now; made when there is none, if somebody can open it."""
    year, held = timezone.localdate().year, _at_hand.get()
    if held is None:
        return RegionKey.objects.current(region, right, year).first() or new_region_key(region, right, year)
    if (region, right) not in held:
        # Newest first: the first of a right is the one in use.
        for key in RegionKey.objects.in_use(region, year):
            held.setdefault((region, key.right), key)
        if (region, right) not in held:
            held[region, right] = new_region_key(region, right, year)
    return held[region, right]


def new_region_key(region: str, right: str, year: int) -> RegionKey:
    """A key pair for a right in a region, its private half sealed to the entitled and to escrow, then forgotten.

    While there is neither, it waits with the server, locked by its secret: the first who may read takes it away.
    """
    private, public = crypto.new_pair()
    made = RegionKey(region=region, right=right, year=year, public=public)
    escrow.seal(made, private)
    receivers = entitled(region, right)
    if not receivers and not made.escrow:
        made.waiting = crypto.encrypt(_servers_key(), private, of_waiting(made.public_id))
    made.save()
    share(made, private, receivers)
    return made


def hand_over(kept: RegionKey, receivers: Sequence[UserKey]) -> None:
    """Share a key that waited, and retire it: what the server could once open is sealed again to another."""
    assert kept.waiting is not None
    share(kept, crypto.decrypt(_servers_key(), bytes(kept.waiting), of_waiting(kept.public_id)), receivers)
    kept.waiting, kept.retired_at = None, timezone.now()
    kept.save()


def _servers_key() -> bytes:
    return crypto.derived(settings.SECRET_KEY.encode(), crypto.context("waiting"))


def share(made: RegionKey, private: bytes, receivers: Sequence[UserKey]) -> None:
    """Seal the private half of a region's key to some people."""
    rows = [
        RegionShare(
            region_key=made,
            account=one.account,
            box=crypto.seal(bytes(one.public), private, of_share(made.public_id, one.account)),
        )
        for one in receivers
    ]
    RegionShare.objects.bulk_create(rows)


def sealed_to(account: int, plain: bytes, where: bytes) -> bytes:
    """Something sealed to one person alone; refused while she has no key."""
    own = UserKey.objects.ready().filter(account=account).first()
    if own is None:
        raise Invalid(_("You have no key yet. Sign out, and sign in again with your password."))
    return crypto.seal(bytes(own.public), plain, where)


def entitled(region: str, right: str) -> list[UserKey]:
    """The keys of those who hold a right in a region today."""
    keys = {key.account: key for key in UserKey.objects.ready()}
    accounts: Any = get_user_model()._default_manager.filter(pk__in=keys)
    return [keys[account.pk] for account in accounts if may(account, right, region)]
