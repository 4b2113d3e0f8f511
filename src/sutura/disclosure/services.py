"""What leaves is written down."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sutura.access.rules import require
from sutura.audit.services import record
from sutura.reporting.render.paper import Paper


@transaction.atomic
def record_download(*, form: str, paper: Paper, by: Any) -> None:
    """One row of the audit log for a file that leaves: which report, which version, which form."""
    require(by, "disclosure.export")
    record(
        by,
        "disclosure.download",
        of=f"{paper.period.product} {paper.period.text}",
        fields=f"{form}: {paper.codes}",
    )
