"""Find people by name among sealed names: opened and matched in memory, within an open vault, for a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require, scope
from sutura.incidents.models import Perpetrator
from sutura.places.rules import plain
from sutura.security import crypto
from sutura.security.sealed import Sealed, place
from sutura.vault.opened import Vault
from sutura.vault.revealing import reveal, vault_of
from sutura.vault.rules import EVIDENCE

SHORTEST = 3
MOST = 50


@dataclass(frozen=True)
class Named:
    """A perpetrator whose name holds the words."""

    name: str
    perpetrator: Perpetrator


def search(words: str, *, by: Any, reason: str) -> list[Named]:
    """Perpetrators of the person's regions whose name holds the words, at most 50; each file found is on record."""
    require(by, EVIDENCE)
    vault, wanted = vault_of(by), plain(words)
    if len(wanted) < SHORTEST:
        raise Invalid(_("Type three letters at least."), field="words")
    readable = Perpetrator.objects.visible_to(by).filter(scope(by, EVIDENCE, "incident__region"))
    rows = readable.exclude(name="").values_list("pk", "public_id", "name")
    found = [number for number, name in names_of(rows, vault) if wanted in plain(name)][:MOST]
    whole = Perpetrator.objects.select_related("incident").in_bulk(found)
    told = [whole[number] for number in found]
    for one in told:
        reveal([one], by=by, reason=reason)
    return [Named(one.name, one) for one in told]


def names_of(rows: Iterable[tuple[int, UUID, Any]], vault: Vault) -> list[tuple[int, str]]:
    """The number of each with its name, opened; those without a key of this person are left out."""
    held = [(pk, str(public_id), *name.parts) for pk, public_id, name in rows if isinstance(name, Sealed)]
    keys = vault.keys(number for _pk, _record, number, _blob in held)
    return [
        (pk, crypto.decrypt(keys[number], blob, place(Perpetrator, record, "name", number)).decode())
        for pk, record, number, blob in held
        if number in keys
    ]
