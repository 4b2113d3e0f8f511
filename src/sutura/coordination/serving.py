"""Hand out a file that proves a recommendation: to whoever follows it, under a name that says nothing, on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse

from sutura.audit.services import record
from sutura.coordination.models import Evidence, Scan
from sutura.security.downloads import as_download
from sutura.security.filetypes import TAKEN


def scan_of(scan: Scan, *, by: Any) -> HttpResponse:
    """The signed sheet of a meeting as a download."""
    try:
        with scan.file.open("rb") as kept:
            content = kept.read()
    except FileNotFoundError:
        raise Http404 from None
    with transaction.atomic(durable=True):
        record(by, "coordination.read_scan", of=scan)
    name = f"{scan.meeting.ref}-presence-{scan.public_id.hex[:8]}.{TAKEN.get(scan.content_type, 'bin')}"
    return as_download(HttpResponse(content, content_type=scan.content_type), name)


def hand_out(line: Evidence, *, by: Any) -> HttpResponse:
    """The file as a download; a line without one, or whose file is not on this server, is not there."""
    try:
        with line.file.open("rb") as kept:
            content = kept.read()
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    with transaction.atomic(durable=True):
        record(by, "coordination.read_evidence", of=line)
    name = f"{line.recommendation.ref}-{line.public_id.hex[:8]}.{TAKEN.get(line.content_type, 'bin')}"
    return as_download(HttpResponse(content, content_type=line.content_type), name)
