"""A file of leads taken in: read, placed, received; a dry run does all of it and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import require
from sutura.alerts.services import receive_leads
from sutura.audit.services import record
from sutura.intake.leads.faults import BadFile, Fault
from sutura.intake.leads.reading import SOURCES, Reading, read
from sutura.intake.leads.suspects import named_parties
from sutura.places.resolver import Register


@dataclass(frozen=True)
class Receipt:
    """What an import did, or would do.

    `created`, `updated` and `unchanged` count leads, of which one may come from several rows; `rows`, `placed` (in a
    region or finer) and `rejected` count rows: every row is placed, or rejected, or in `faults` with its reason.
    `pointed`: rows with coordinates, `pointed_placed` those of them which have a place.
    """

    rows: int
    leads: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    placed: int
    dry_run: bool
    pointed: int = 0
    pointed_placed: int = 0
    faults: list[Fault] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For machines: the counts, and each fault with its sentence in French and English."""
        names = (
            "rows",
            "leads",
            "created",
            "updated",
            "unchanged",
            "rejected",
            "placed",
            "dry_run",
            "pointed",
            "pointed_placed",
        )
        return {name: getattr(self, name) for name in names} | {
            "faults": [one.as_json() for one in self.faults]
        }


@transaction.atomic
def import_leads(
    *,
    data: bytes,
    source: str,
    by: Any,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Receipt:
    """Receive the leads of a file (`insecurity-insight` or `ucdp-ged`); raises BadFile, and then nothing is written."""
    require(by, "intake.import")
    if source not in SOURCES:
        raise BadFile(_("This source is not known. Choose insecurity-insight or ucdp-ged."))
    if len(data) > settings.SUTURA_IMPORT_BYTES:
        raise BadFile(_("The file is too large. Cut it by year or by country."))
    register = Register.current()
    if not register.units:
        raise BadFile(_("The register of places is empty. Run ./sutura init first."))
    reading = read(
        data,
        source=source,
        register=register,
        parties=named_parties(),
        today=timezone.localdate(),
        progress=progress,
    )
    received = receive_leads(rows=reading.leads, by=by)
    if dry_run:
        transaction.set_rollback(True)
    elif received.created or received.updated:
        record(by, "intake.import_leads", of=source, fields=f"rows={reading.rows} leads={len(reading.leads)}")
    return _receipt(reading, received, dry_run)


def _receipt(reading: Reading, received: Any, dry_run: bool) -> Receipt:
    return Receipt(
        rows=reading.rows,
        leads=len(reading.leads),
        created=received.created,
        updated=received.updated,
        unchanged=received.unchanged,
        rejected=reading.rejected,
        placed=reading.placed,
        dry_run=dry_run,
        pointed=reading.pointed,
        pointed_placed=reading.pointed_placed,
        faults=reading.faults,
    )
