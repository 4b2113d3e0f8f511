"""The one way from a sealed value to its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import DomainError
from sutura.access.rules import may
from sutura.security.sealed import Sealed, Sealing, held, text_of
from sutura.vault import services
from sutura.vault.opened import Vault

CHANGED = _("This was changed outside Sutura and does not open. Tell who keeps the server.")


class VaultClosed(DomainError):
    """What is sealed opens only in a session with an open vault."""

    def __init__(self) -> None:
        super().__init__(_("Your vault is closed. Open it with your password."))


class Gone(DomainError):
    """No key for it: destroyed, or not shared with this person yet."""

    def __init__(self) -> None:
        super().__init__(
            _("No key of yours opens this. Ask a colleague of the region to share hers with you.")
        )


def reveal(records: Iterable[Model], *, by: Any, reason: str) -> list[Model]:
    """The same records with every sealed field open, in memory only.

    Who, what and why is committed before; without the right, an open vault or a reason nothing is opened.
    """
    records = list(records)
    vault = vault_of(by)
    if held(records):
        # Durable: this row is on the disk before any text leaves, and nothing around it can take it back.
        with transaction.atomic(durable=True):
            services.note_opening(by=by, records=records, reason=reason)
        unsealed(records, vault)
    return records


def may_open(by: Any, record: Model) -> bool:
    """Whether a person holds the rights that open a record, whatever keys she has."""
    sealing: Sealing = record.sealing  # type: ignore[attr-defined]
    region = sealing.region_of(record)
    return all(may(by, right, region) for right in {sealing.permission, sealing.right_of(record)})


def vault_of(by: Any) -> Vault:
    """The open vault of the person's session; VaultClosed without one."""
    vault: Vault | None = getattr(by, "vault", None)
    if vault is None or vault.account != by.pk:
        raise VaultClosed
    return vault


def unsealed(records: Sequence[Model], vault: Vault) -> None:
    """Put the text in the place of what is sealed; what no key of the person opens stays sealed."""
    told = held(records)
    numbers = [getattr(record, field.attname).parts[0] for record, fields in told for field in fields]
    keys = vault.keys(numbers)
    if numbers and not keys:
        raise Gone
    for record, fields in told:
        for field in fields:
            value: Sealed = getattr(record, field.attname)
            key = keys.get(value.parts[0])
            if key is not None:
                setattr(record, field.attname, text_of(record, field, key))
