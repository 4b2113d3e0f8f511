"""Hand out a file of an incident: to who may read it, for a reason, under a name that says nothing, and on record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from sutura.incidents.models import Attachment
from sutura.security.downloads import as_download
from sutura.security.filetypes import TAKEN
from sutura.vault.serving import opened


def hand_out(attachment: Attachment, *, by: Any, reason: str, original: bool = False) -> HttpResponse:
    """The file as a download; a photograph without what its camera wrote, unless the original is asked for.

    Raises DomainError when it is not there, not hers, or cannot be drawn.
    """
    said: dict[str, Any] = {"of": attachment, "by": by, "reason": reason}
    if original:
        content = opened(attachment, act="incidents.read_original", original=True, **said)
    else:
        content = opened(attachment, act="incidents.read_attachment", **said)
    ending = TAKEN.get(attachment.content_type, "bin")
    name = f"{attachment.incident.ref}-{attachment.public_id.hex[:8]}.{ending}"
    kind = attachment.content_type or "application/octet-stream"
    return as_download(HttpResponse(content, content_type=kind), name)
