"""Hand out a file of an incident: to who may read it, under a name that says nothing, and on record."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.audit.services import record
from sutura.incidents.models import Attachment

ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/zip": "zip",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
}


def hand_out(attachment: Attachment, *, by: Any) -> FileResponse:
    """The file as a download, its type told by its own first bytes; raises DomainError when it is not there."""
    try:
        opened = attachment.file.open("rb")
    except FileNotFoundError:
        raise DomainError(_("The file is not on this server. Ask whoever keeps the backups.")) from None
    record(by, "incidents.read_attachment", of=attachment)
    ending = ENDINGS.get(attachment.content_type, "bin")
    name = f"{attachment.incident.ref}-{attachment.public_id.hex[:8]}.{ending}"
    answer = FileResponse(
        opened,
        as_attachment=True,
        filename=name,
        content_type=attachment.content_type or "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
