"""A rehearsal of recovery: custodians open escrow in memory, every key is tried, nothing is written or kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.security import crypto
from sutura.vault import escrow
from sutura.vault.models import EscrowKey, EscrowShare, RecordKey, RegionKey, UserKey
from sutura.vault.opened import SETTLED
from sutura.vault.rules import of_custodian, of_record, of_user

TRIED = 200
"""Keys of records tried for each region."""


@dataclass
class Drill:
    """What a rehearsal opened."""

    shares: int
    keys: int = 0
    opened: int = 0
    records: int = 0
    wrong: int = 0


def drill(custodians: Sequence[tuple[Any, str]]) -> Drill:
    """Open escrow with the passwords of some custodians, then every region's key in it, then keys of records."""
    current = EscrowKey.objects.current().first()
    if current is None:
        raise Invalid(_("There is no escrow to rehearse."))
    shares = dict(_share(current, account, password) for account, password in custodians)
    try:
        private = escrow.joined(current, shares)
    except crypto.Refused:
        raise Invalid(
            _("These shares do not open escrow: three of its five custodians are needed.")
        ) from None
    done = Drill(len(shares), keys=RegionKey.objects.count())
    for region_key, half in escrow.opened(current, private).items():
        done.opened += 1
        opener, own = crypto.Opener(half), crypto.derived(half, SETTLED)
        for row in RecordKey.objects.filter(region_key=region_key)[:TRIED]:
            done.records += 1
            box, where = bytes(row.box), of_record(row.kind, row.record, row.pk, region_key.public_id)
            try:
                crypto.decrypt(own, box, where) if row.settled else opener.unseal(box, where)
            except crypto.Refused:
                done.wrong += 1
    return done


def _share(current: EscrowKey, account: Any, password: str) -> tuple[int, bytes]:
    own = EscrowShare.objects.filter(escrow=current, account=account.pk).first()
    key = UserKey.objects.filter(account=account.pk, lost_at=None).first()
    if own is None or key is None:
        raise Invalid(_("%(name)s keeps no share of escrow.") % {"name": account})
    try:
        private = crypto.unlock(password, bytes(key.private), of_user(account.pk))
        return own.number, crypto.unseal(private, bytes(own.box), of_custodian(own.number, account.pk))
    except crypto.Refused:
        raise Invalid(_("The password of %(name)s does not open her share.") % {"name": account}) from None
