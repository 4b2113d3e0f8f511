"""Find people by name among sealed names: opened and matched in memory, within an open vault, for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require, scope
from sutura.incidents.models import Perpetrator
from sutura.places.rules import plain
from sutura.security import crypto
from sutura.security.sealed import Sealed, identity, kept_model, place
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
    rows = readable.exclude(name="").only("public_id", "name", "incident_id")
    found = [row for row, name in names_of(rows, vault) if wanted in plain(name)][:MOST]
    whole = Perpetrator.objects.select_related("incident").in_bulk([row.pk for row in found])
    told = [whole[row.pk] for row in found]
    for one in told:
        reveal([one], by=by, reason=reason)
    return [Named(one.name, one) for one in told]


def names_of(rows: Any, vault: Vault) -> list[tuple[Perpetrator, str]]:
    """Each with its name, opened; those without a key of this person are left out."""
    held = [(row, *row.name.parts) for row in rows if isinstance(row.name, Sealed)]
    keys = vault.keys(number for _row, number, _blob in held)
    table = kept_model(Perpetrator)
    return [
        (
            row,
            crypto.decrypt(keys[number], blob, place(table, identity(row), "name", number)).decode(),
        )
        for row, number, blob in held
        if number in keys
    ]
