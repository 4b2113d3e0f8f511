"""What leaves is written down."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sutura.access.errors import NotAllowed
from sutura.access.rules import EVERYWHERE, regions, require
from sutura.audit.services import record
from sutura.reporting.render.paper import Paper


@transaction.atomic
def record_download(*, form: str, paper: Paper, by: Any) -> None:
    """One row of the audit log for a file that leaves: which report, which version, which form."""
    require(by, "disclosure.export")
    read, taken = regions(by, "reporting.read"), regions(by, "disclosure.export")
    if taken is not EVERYWHERE and (read is EVERYWHERE or not read <= taken):
        raise NotAllowed  # the file holds all the regions that one reads: also some that one may not take away
    record(
        by,
        "disclosure.download",
        of=f"{paper.period.product} {paper.period.text}",
        fields=f"{form}: {paper.codes}",
    )
