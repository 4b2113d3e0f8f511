"""Kind of file → what takes one of its records back, through the services of its app."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from sutura.access.errors import Invalid
from sutura.incidents.models import Incident, Violation
from sutura.incidents.services import take_back_incident, void_violation
from sutura.intake.choices import Kind
from sutura.intake.models import ImportedRow
from sutura.intake.registers.shelf import KINDS
from sutura.mhpss.choices import Working
from sutura.mhpss.services.map import change_service
from sutura.mhpss.shape import COLUMNS, LISTS

WayBack = Callable[[Model, Any, Any, str], None]


def service_back(record: Model, before: Any, by: Any, why: str) -> None:
    """A new service is closed; a changed one says again what it said, its staff apart."""
    service: Any = record
    if before is None:
        change_service(service=service, by=by, why=why, working=Working.CLOSED)
        return
    said = {name: getattr(before, name) for name in COLUMNS}
    said |= {name: said[name].split() for name in LISTS}
    said |= {"place": before.place, "organisation": before.organisation}
    change_service(service=service, by=by, why=why, **said)


def incident_back(record: Model, before: Any, by: Any, why: str) -> None:
    """A new incident, or a new violation of a known one, is void; what else a workbook changed stays in its history."""
    if before is None and isinstance(record, Incident):
        gone = take_back_incident(incident=record, by=by, why=why)
        for sheet, refs in gone.items():
            ImportedRow.objects.visible_to(by).filter(sheet=sheet, ref__in=refs).delete()
    elif before is None and isinstance(record, Violation):
        void_violation(violation=record, by=by, why=why)
    else:
        raise Invalid("")


BACK: dict[str, WayBack] = {name: kind.back for name, kind in KINDS.items()}
BACK |= {Kind.SERVICES: service_back, Kind.INCIDENTS: incident_back}
