"""Human references of what a body follows: `CCT-2026-07-03` for a recommendation, `CCT-B-2026-07-01` for a need."""

from __future__ import annotations

from datetime import date

from django.db import connection

from sutura.coordination.models import Body
from sutura.coordination.rules.recommendations import reference, series
from sutura.coordination.rules.work import letter

# One statement takes and locks the next number, on SQLite and PostgreSQL; the lock lasts to the commit.
TAKE = """
INSERT INTO coordination_referencecount (series, last) VALUES (%s, 1)
ON CONFLICT (series) DO UPDATE SET last = coordination_referencecount.last + 1 RETURNING last
"""
NEED = "B"  # besoin


def of_recommendation(body: Body, day: date) -> str:
    """The next reference of a body in the month of a day; inside a transaction."""
    return _next(body.acronym, day)


def of_need(body: Body, day: date) -> str:
    """The same for needs raised to a body."""
    return _next(f"{body.acronym}-{NEED}", day)


def of_event(body: Body, kind: str, day: date) -> str:
    """The same for workshops, conferences and missions: `CCT-A-2026-07-01`, `CCT-M-2026-07-01`."""
    return _next(f"{body.acronym}-{letter(kind)}", day)


def _next(acronym: str, day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [series(acronym, day)])
        return reference(acronym, day, cursor.fetchone()[0])
