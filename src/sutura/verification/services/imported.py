"""Decisions which came with a file: each status has its opinion, marked as imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sutura.access.rules import require
from sutura.audit.services import record
from sutura.incidents.models import Violation
from sutura.verification.judging import write
from sutura.verification.models import Opinion
from sutura.verification.rules import CTFMR, PENDING

CHUNK = 900  # ids in one statement: SQLite's limit is the lowest


@transaction.atomic
def record_imported_decisions(*, violations: Sequence[Violation], by: Any, why: str = "") -> list[Opinion]:
    """Give each violation of a file the decision which its status tells, once; the opinions made.

    A status which the last decision tells already adds nothing; pending adds an opinion only when it reopens.
    """
    require(by, "intake.import")
    for region in sorted({violation.region for violation in violations}):
        require(by, "intake.import", region=region)
    reason = why.strip() or _("Decided before; came with an imported file.")
    last = _last_decisions([violation.pk for violation in violations])
    opinions = [
        Opinion(
            violation=violation,
            level=CTFMR,
            status=violation.status,
            given_on=violation.decided_on,
            by=by,
            reason=reason,
            reopened=violation.status == PENDING,
            imported=True,
        )
        for violation in violations
        if last.get(violation.pk, (PENDING, None)) != (violation.status, violation.decided_on)
    ]
    write(opinions)
    record(by, "verification.record_imported_decisions", fields=f"{len(opinions)}")
    return opinions


def _last_decisions(ids: list[int]) -> dict[int, tuple[str, Any]]:
    found: dict[int, tuple[str, Any]] = {}
    for chunk in _chunks(ids):
        rows = Opinion.objects.filter(violation__in=chunk, level=CTFMR).order_by("id")
        for violation, status, day in rows.values_list("violation_id", "status", "given_on"):
            # A deferral is dated; as a status it is pending, which has no date.
            found[violation] = (status, None if status == PENDING else day)
    return found


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    walk = iter(ids)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk
