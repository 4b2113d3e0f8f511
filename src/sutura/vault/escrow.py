"""Escrow: a key that no one person holds, so that what nobody can open any more is not lost."""

from __future__ import annotations

from collections.abc import Mapping

from sutura.security import crypto
from sutura.vault.models import EscrowKey, RegionKey
from sutura.vault.opened import Vault
from sutura.vault.rules import of_escrow


def seal(region_key: RegionKey, private: bytes) -> None:
    """Seal the private half of a region's key to escrow, if there is one."""
    current = EscrowKey.objects.current().first()
    region_key.escrow_key = current
    region_key.escrow = (
        crypto.seal(bytes(current.public), private, of_escrow(region_key.public_id)) if current else b""
    )


def complete(vault: Vault) -> int:
    """Seal to today's escrow the keys which this vault opens and which escrow does not; how many."""
    current = EscrowKey.objects.current().first()
    if current is None:
        return 0
    missing = list(RegionKey.objects.filter(pk__in=vault.shares).exclude(escrow_key=current))
    for region_key in missing:
        seal(region_key, vault.private_of(region_key.pk))
        region_key.save()
    return len(missing)


def joined(escrow: EscrowKey, shares: Mapping[int, bytes]) -> bytes:
    """The private half of escrow from enough shares; Refused when they do not give it."""
    if len(shares) < escrow.needed:
        raise crypto.Refused
    private = crypto.join(shares)
    if crypto.public_of(private) != bytes(escrow.public):
        raise crypto.Refused
    return private


def opened(escrow: EscrowKey, private: bytes) -> dict[RegionKey, bytes]:
    """Every region's key that lies in escrow, opened."""
    opener = crypto.Opener(private)
    return {
        region_key: opener.unseal(bytes(region_key.escrow), of_escrow(region_key.public_id))
        for region_key in escrow.regions.all()
    }
