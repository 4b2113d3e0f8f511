"""Open a sealed file that is kept: for whoever holds its key, for a reason, on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.audit.services import record
from sutura.security import files
from sutura.security.filetypes import NotTaken
from sutura.security.pictures import PICTURES, redrawn
from sutura.vault.opened import Vault
from sutura.vault.revealing import Gone, unsealed, vault_of
from sutura.vault.services import note_opening


def opened(row: Any, *, of: Any, by: Any, reason: str, act: str, original: bool = False) -> bytes:
    """What the file of a row holds, once it is on record who opens it and why; `of` is the record the log names.

    A photograph comes without what its camera wrote, unless the original is asked for. Raises DomainError when the
    file is not there, not hers, or cannot be drawn.
    """
    content = _read(row, of=of, by=by, reason=reason, act=act)
    if row.content_type not in PICTURES or original:
        return content
    try:
        return redrawn(content)
    except NotTaken as fault:
        raise DomainError(fault.sentence) from fault


def opened_whole(record_: Any, rows: Sequence[Any], *, by: Any, reason: str, act: str) -> list[bytes]:
    """A record and the rows of its files with every sealed field open, and what each file holds; on record before.

    Raises DomainError when a file is not there or not hers: nothing is told in part.
    """
    vault = vault_of(by)
    with transaction.atomic(durable=True):
        note_opening(by=by, records=[record_, *rows], reason=reason)
        record(by, act, of=record_)
    unsealed([record_, *rows], vault)
    return [_content(row, vault) for row in rows]


def _read(row: Any, *, of: Any, by: Any, reason: str, act: str) -> bytes:
    vault = vault_of(by)

    def note() -> None:
        with transaction.atomic(durable=True):
            note_opening(by=by, records=[row], reason=reason)
            record(by, act, of=of)

    return _content(row, vault, note)


def _content(row: Any, vault: Vault, note: Callable[[], None] = lambda: None) -> bytes:
    try:
        kept = row.file.open("rb")
    except FileNotFoundError:
        raise DomainError(_("The file is not on this server. Ask whoever keeps the backups.")) from None
    with kept:
        number = files.number_of(kept)
        key = vault.keys([number]).get(number)
        if key is None:
            raise Gone
        note()
        # Whole before it leaves: a file that was changed on the disk is refused, not handed out in part.
        return b"".join(files.opened(row, number, key, kept))
