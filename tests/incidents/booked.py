"""What the ledger holds of an incident, told shortly."""

from __future__ import annotations

from sutura.incidents.booking import all_lines
from sutura.incidents.models import Incident
from sutura.ledger.models import Line
from sutura.ledger.services import verify

Told = list[tuple[str, str, int, str]]


def booked(incident: Incident) -> Told:
    """Type, sex, count and party label of each open line of the incident, sorted."""
    lines = Line.objects.open().filter(incident_ref=incident.public_id)
    return sorted(lines.values_list("type", "sex", "count", "party_label"))


def total(incident: Incident, type_: str) -> int:
    """What the ledger counts for one type of the incident."""
    return sum(count for told, _sex, count, _label in booked(incident) if told == type_)


def ledger_equals_records() -> bool:
    """The law: open lines are those recomputed from the records, and the roll-up is their recount."""
    return verify(all_lines()).faults == []
