"""How long a grant may last, and when it is in force."""

from __future__ import annotations

from datetime import date, timedelta

LONGEST = timedelta(days=366)  # twelve months at most (security design, "Access")


def in_force(starts_on: date, ends_on: date, today: date) -> bool:
    """Both days included."""
    return starts_on <= today <= ends_on


def too_long(starts_on: date, ends_on: date) -> bool:
    """Whether a grant would last more than twelve months."""
    return ends_on - starts_on > LONGEST
