"""Human references: `INC-2026-00001` for the incident, `-V1 -C1 -P1 -S1` for what belongs to it."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

# One statement takes and locks the next numbers, on SQLite and PostgreSQL; the lock lasts to the commit.
TAKE = """
INSERT INTO incidents_yearcount (year, last) VALUES (%s, %s)
ON CONFLICT (year) DO UPDATE SET last = incidents_yearcount.last + %s RETURNING last
"""
KNOWN = (
    "a reference is known in the whole country, so that a file which names one of another region is refused"
)
VIOLATION, VICTIM, PERPETRATOR, SOURCE = "V", "C", "P", "S"


def next_references(count: int) -> list[str]:
    """The next `count` references of the year of opening, in order; one statement, inside a transaction."""
    if not count:
        return []
    year = timezone.localdate().year
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [year, count, count])
        last = cursor.fetchone()[0]
    return [f"INC-{year}-{number:05d}" for number in range(last - count + 1, last + 1)]


def of_part(incident_ref: str, letter: str, number: int) -> str:
    """The reference of the n-th violation, child or group, perpetrator or source of an incident."""
    return f"{incident_ref}-{letter}{number}"
