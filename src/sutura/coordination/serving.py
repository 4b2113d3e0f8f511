"""Hand out a file that proves something: to whoever follows it, under a name that says nothing, on record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from sutura.audit.serving import handed_out
from sutura.coordination.models import Evidence, Scan
from sutura.security.filetypes import TAKEN


def scan_of(scan: Scan, *, by: Any) -> HttpResponse:
    """The signed sheet of a meeting as a download."""
    return handed_out(
        scan,
        by=by,
        act="coordination.read_scan",
        name=f"{scan.meeting.ref}-presence-{scan.public_id.hex[:8]}.{TAKEN.get(scan.content_type, 'bin')}",
    )


def hand_out(line: Evidence, *, by: Any) -> HttpResponse:
    """What shows that a recommendation was carried out, as a download."""
    return handed_out(
        line,
        by=by,
        act="coordination.read_evidence",
        name=f"{line.recommendation.ref}-{line.public_id.hex[:8]}.{TAKEN.get(line.content_type, 'bin')}",
    )
