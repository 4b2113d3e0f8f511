"""Hand out files and the archive of a body: to those who may, under names that say nothing of a person, on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.utils import timezone

from sutura.audit.services import record
from sutura.audit.serving import handed_out
from sutura.coordination import handover
from sutura.coordination.models import Body, Evidence, Scan
from sutura.security.downloads import as_download


def scan_of(scan: Scan, *, by: Any) -> HttpResponse:
    """The signed sheet of a meeting as a download."""
    return handed_out(scan, by=by, act="coordination.read_scan", name=scan.file_name)


def hand_out(line: Evidence, *, by: Any) -> HttpResponse:
    """What shows that a recommendation was carried out, as a download."""
    return handed_out(line, by=by, act="coordination.read_evidence", name=line.file_name)


def pack_of(body: Body, *, by: Any) -> FileResponse:
    """Everything of a body as one archive, on record before it leaves."""
    archive = handover.pack(body, by)
    with transaction.atomic(durable=True):
        record(by, "coordination.hand_over", of=body)
    return as_download(
        FileResponse(archive, content_type="application/zip"), handover.name_of(body, timezone.localdate())
    )
