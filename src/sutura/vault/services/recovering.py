"""Escrow is set up by five custodians, and gives a person her regions back when two keepers agree and three open it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.security import crypto
from sutura.vault import escrow, keeping
from sutura.vault.models import Contribution, EscrowKey, EscrowShare, Recovery, UserKey
from sutura.vault.opened import Vault
from sutura.vault.rules import of_contribution, of_custodian
from sutura.vault.sharing import standing

CUSTODIANS, NEEDED = 5, 3


@transaction.atomic
def set_up_escrow(*, by: Any, custodians: Sequence[Any]) -> EscrowKey:
    """Propose an escrow: its private half is split among five custodians with keys of their own, then forgotten.

    Nothing is sealed to it before a second person agreed.
    """
    require(by, "people.manage", "")
    keys = {
        key.account: key for key in UserKey.objects.ready().filter(account__in=[one.pk for one in custodians])
    }
    if len(keys) != CUSTODIANS:
        raise Invalid(_("Escrow needs five different custodians, each with a key: let each sign in once."))
    private, public = crypto.new_pair()
    EscrowKey.objects.proposed().delete()
    made = EscrowKey(public=public, needed=NEEDED, asked_by=by.pk)
    made.save()
    for (number, share), key in zip(crypto.split(private).items(), keys.values(), strict=True):
        box = crypto.seal(bytes(key.public), share, of_custodian(number, key.account))
        EscrowShare(escrow=made, number=number, account=key.account, box=box).save()
    record(by, "vault.set_up_escrow", fields=" ".join(one.username for one in custodians))
    return made


@transaction.atomic
def agree_escrow(*, by: Any) -> EscrowKey:
    """A second person agrees to the custodians: escrow is theirs from now on, earlier shares are destroyed."""
    require(by, "people.approve", "")
    proposed = EscrowKey.objects.proposed().select_for_update().first()
    if proposed is None:
        raise Invalid(_("Nobody has proposed an escrow."))
    if proposed.asked_by == by.pk:
        raise NotAllowed(_("Another person must agree to the custodians."))
    EscrowKey.objects.current().update(retired_at=timezone.now())
    EscrowShare.objects.exclude(escrow=proposed).delete()
    proposed.agreed_by, proposed.agreed_at = by.pk, timezone.now()
    proposed.save()
    record(by, "vault.agree_escrow", fields=str(proposed.pk))
    return proposed


@transaction.atomic
def agree_recovery(*, by: Any, recovery: Recovery) -> Recovery:
    """A second person agrees: the new key may receive shares, from colleagues or from escrow."""
    require(by, "people.approve", "")
    recovery.refresh_from_db()
    if by.pk in (recovery.asked_by, recovery.account):
        raise NotAllowed(_("Another person must agree: two people give a key back, never one."))
    if recovery.agreed_at is not None:
        return recovery
    recovery.agreed_by, recovery.agreed_at = by.pk, timezone.now()
    recovery.save()
    UserKey.objects.filter(account=recovery.account, lost_at=None).update(trusted_at=timezone.now())
    record(by, "vault.agree_recovery", of=str(recovery.public_id))
    return recovery


@transaction.atomic
def contribute(*, by: Any, recovery: Recovery) -> int:
    """A custodian gives her share to a recovery; enough of them give her regions back. How many there are."""
    own = EscrowShare.objects.kept_by(by.pk).select_related("escrow").first()
    vault: Vault | None = getattr(by, "vault", None)
    if own is None or vault is None:
        raise NotAllowed(_("Only a custodian with an open vault gives a share."))
    if recovery.agreed_at is None or recovery.done_at is not None:
        raise Invalid(_("Two people must agree first, and nothing is given twice."))
    share = vault.unseal(bytes(own.box), of_custodian(own.number, by.pk))
    given = {own.number: share} | {
        one.number: vault.unseal(bytes(one.box), of_contribution(recovery.public_id, one.number, by.pk))
        for one in recovery.contributions.filter(account=by.pk)
    }
    if len(given) >= own.escrow.needed:
        _give_back(recovery, own.escrow, escrow.joined(own.escrow, given))
    else:
        _hand_on(recovery, own, share)
    record(by, "vault.contribute", of=str(recovery.public_id), fields=f"{len(given)} of {own.escrow.needed}")
    return len(given)


def _hand_on(recovery: Recovery, own: EscrowShare, share: bytes) -> None:
    """Seal the share to each of the other custodians: the one who completes the number opens them all."""
    recovery.contributions.filter(number=own.number).delete()
    others = own.escrow.shares.exclude(pk=own.pk)
    keys = {key.account: key for key in UserKey.objects.ready()}
    for other in others:
        if other.account in keys:
            where = of_contribution(recovery.public_id, own.number, other.account)
            box = crypto.seal(bytes(keys[other.account].public), share, where)
            Contribution(recovery=recovery, number=own.number, account=other.account, box=box).save()


def _give_back(recovery: Recovery, key: EscrowKey, private: bytes) -> None:
    """Seal to the person the keys of the regions which she may read today; the escrow key is forgotten again."""
    now = standing()
    for region_key, half in escrow.opened(key, private).items():
        waiting = [one for one in now.waiting(region_key) if one.account == recovery.account]
        keeping.share(region_key, half, waiting)
    recovery.contributions.all().delete()
    recovery.done_at = timezone.now()
    recovery.save()
