"""Hand out a file of the library: under a name that says nothing, on record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from sutura.audit.serving import handed_out
from sutura.library.models import Use, Version


def hand_out(row: Version | Use, *, by: Any) -> HttpResponse:
    """The file of a version, or what shows a use, as a download."""
    name = f"document-{row.public_id.hex[:8]}.{row.ending}"
    return handed_out(row, by=by, act="library.read_file", name=name)
