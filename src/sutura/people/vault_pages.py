"""The vault as a page: my key, my regions, who waits, what must be sealed again, escrow and recoveries."""

from __future__ import annotations

from typing import Any

from sutura.access.roles import PERMISSIONS
from sutura.access.rules import may
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.vault.models import EscrowKey, EscrowShare, Recovery, RegionKey, UserKey
from sutura.vault.opened import Vault
from sutura.vault.sharing import counts_behind, standing


def home(user: Any) -> dict[str, Any]:
    """What a person sees of keys: her own, and what her rights let her do for others."""
    vault: Vault | None = getattr(user, "vault", None)
    own = UserKey.objects.filter(account=user.pk).first()
    now, behind = standing(), counts_behind()
    names = Unit.objects.region_names()
    regions = [
        {
            "key": region_key,
            "name": names.get(region_key.region, "Mali"),
            "right": PERMISSIONS[region_key.right].label,
            "people": sorted(now.names.get(account, "") for account in now.held[region_key.pk]),
            "waiting": sorted(now.names[key.account] for key in now.waiting(region_key)),
            "behind": behind.get(region_key.pk, 0),
        }
        for region_key in RegionKey.objects.filter(shares__account=user.pk).order_by("region", "-year", "-pk")
    ]
    keeps, approves = (may(user, f"people.{right}", "") for right in ("manage", "approve"))
    return {
        "own": own,
        "is_open": vault is not None,
        "regions": regions,
        "keeps": keeps,
        "escrow": EscrowKey.objects.current().first(),
        "proposed": proposed(user, approves) if keeps or approves else None,
        "custodian": EscrowShare.objects.kept_by(user.pk).first(),
        "recoveries": recoveries(user, approves) if keeps or approves or own else [],
    }


def proposed(user: Any, approves: bool) -> dict[str, Any] | None:
    """The escrow which waits for a second person: who would keep the shares, and whether this person may agree."""
    found = EscrowKey.objects.proposed().first()
    if found is None:
        return None
    keepers = Account.objects.filter(pk__in=found.shares.values("account")).order_by("name")
    return {"custodians": [str(one) for one in keepers], "may_agree": approves and found.asked_by != user.pk}


def recoveries(user: Any, approves: bool) -> list[dict[str, Any]]:
    """The recoveries which this person may agree to or give a share to."""
    custodian = EscrowShare.objects.kept_by(user.pk).first()
    return [
        {
            "recovery": one,
            "may_agree": approves and one.agreed_at is None and user.pk not in (one.asked_by, one.account),
            "may_give": custodian is not None and one.agreed_at is not None,
            "given": one.contributions.values("number").distinct().count(),
        }
        for one in Recovery.objects.visible_to(user).open()
    ]
