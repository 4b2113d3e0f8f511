"""Hand out a file of an incident: to who may read it, for a reason, under a name that says nothing, and on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.audit.services import record
from sutura.incidents.models import Attachment
from sutura.security import files
from sutura.security.downloads import as_download
from sutura.security.filetypes import TAKEN, NotTaken
from sutura.security.pictures import PICTURES, redrawn
from sutura.vault.revealing import Gone, vault_of
from sutura.vault.services import note_opening


def hand_out(attachment: Attachment, *, by: Any, reason: str, original: bool = False) -> HttpResponse:
    """The file as a download; a photograph without what its camera wrote, unless the original is asked for.

    Raises DomainError when it is not there, not hers, or cannot be drawn.
    """
    content = _opened(attachment, by=by, reason=reason, original=original)
    if attachment.content_type in PICTURES and not original:
        content = _redrawn(content)
    ending = TAKEN.get(attachment.content_type, "bin")
    name = f"{attachment.incident.ref}-{attachment.public_id.hex[:8]}.{ending}"
    kind = attachment.content_type or "application/octet-stream"
    return as_download(HttpResponse(content, content_type=kind), name)


def _redrawn(content: bytes) -> bytes:
    try:
        return redrawn(content)
    except NotTaken as reason:
        raise DomainError(reason.sentence) from reason


def _opened(attachment: Attachment, *, by: Any, reason: str, original: bool) -> bytes:
    """What the file holds, once it is on record who opens it and why."""
    vault = vault_of(by)
    try:
        kept = attachment.file.open("rb")
    except FileNotFoundError:
        raise DomainError(_("The file is not on this server. Ask whoever keeps the backups.")) from None
    with kept:
        number = files.number_of(kept)
        key = vault.keys([number]).get(number)
        if key is None:
            raise Gone
        with transaction.atomic(durable=True):
            note_opening(by=by, records=[attachment], reason=reason)
            if original:
                record(by, "incidents.read_original", of=attachment)
            else:
                record(by, "incidents.read_attachment", of=attachment)
        # Whole before it leaves: a file that was changed on the disk is refused, not handed out in part.
        return b"".join(files.opened(attachment, number, key, kept))
