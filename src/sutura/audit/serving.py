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
    return _out(content, row.content_type, of=row, by=by, act=act, name=name)


def made_out(content: bytes, content_type: str, *, of: Any, by: Any, act: str, name: str) -> HttpResponse:
    """A file made just now out of a row; the log tells by its name which one it was."""
    return _out(content, content_type, of=of, by=by, act=act, name=name, fields=name)


def _out(
    content: bytes, content_type: str, *, of: Any, by: Any, act: str, name: str, fields: str = ""
) -> HttpResponse:
    with transaction.atomic(durable=True):
        record(by, act, of=of, fields=fields)
    return as_download(HttpResponse(content, content_type=content_type), name)
