"""Hand out a file that is kept: as a download, under a name of our making, on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse

from sutura.audit.services import record
from sutura.security.downloads import as_download


def handed_out(row: Any, *, by: Any, act: str, name: str) -> HttpResponse:
    """The file of a row (`file`, `content_type`); one without a file, or whose file is not on this server, is 404."""
    try:
        with row.file.open("rb") as kept:
            content = kept.read()
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    with transaction.atomic(durable=True):
        record(by, act, of=row)
    return as_download(HttpResponse(content, content_type=row.content_type), name)
