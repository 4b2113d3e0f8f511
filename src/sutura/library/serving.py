"""Hand out a file of the library: under a name that says nothing, on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse

from sutura.audit.services import record
from sutura.library.models import Use, Version
from sutura.security.downloads import as_download


def hand_out(row: Version | Use, *, by: Any) -> HttpResponse:
    """The file as a download; a row without one, or whose file is not on this server, is not there."""
    try:
        with row.file.open("rb") as kept:
            content = kept.read()
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    with transaction.atomic(durable=True):
        record(by, "library.read_file", of=row)
    name = f"document-{row.public_id.hex[:8]}.{row.ending}"
    return as_download(HttpResponse(content, content_type=row.content_type), name)
