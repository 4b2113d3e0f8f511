"""Hand out a file of an incident: to who may read it, under a name that says nothing, and on record."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.audit.services import record
from sutura.incidents.filetypes import TAKEN
from sutura.incidents.models import Attachment
from sutura.incidents.pictures import PICTURES, redrawn
from sutura.security.downloads import as_download


def hand_out(attachment: Attachment, *, by: Any, original: bool = False) -> FileResponse:
    """The file as a download; a photograph without what its camera wrote, unless the original is asked for.

    Raises DomainError when it is not there, or cannot be drawn.
    """
    try:
        opened = attachment.file.open("rb")
    except FileNotFoundError:
        raise DomainError(_("The file is not on this server. Ask whoever keeps the backups.")) from None
    given: Any = opened
    if attachment.content_type in PICTURES and not original:
        with opened:
            given = BytesIO(redrawn(opened.read()))
    if original:
        record(by, "incidents.read_original", of=attachment)
    else:
        record(by, "incidents.read_attachment", of=attachment)
    ending = TAKEN.get(attachment.content_type, "bin")
    name = f"{attachment.incident.ref}-{attachment.public_id.hex[:8]}.{ending}"
    kind = attachment.content_type or "application/octet-stream"
    return as_download(FileResponse(given, content_type=kind), name)
