"""Facts for the tests of the ledger and of the figures."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from sutura.ledger.rules import CHILD_COUNTED_TYPES, LineFacts

SPACE = UUID("6f2c1f0e-9f3d-4b57-9a5b-0c2d1a0e7b11")


def ref(name: str) -> UUID:
    """A stable id for a name."""
    return uuid5(SPACE, name)


def line(**given: Any) -> LineFacts:
    """One line: a boy killed in Mopti on 10 February 2025, verified on 20 March, unless told otherwise."""
    kind = given.get("type", "killing")
    person = kind in CHILD_COUNTED_TYPES
    facts: dict[str, Any] = {
        "incident_ref": ref("incident"),
        "type": kind,
        "status": "verified",
        "occurred_on": date(2025, 2, 10),
        "occurred_to": None,
        "open_ended": False,
        "decided_on": date(2025, 3, 20),
        "region": "ML05",
        "region_2023": "ML05",
        "cercle": "ML0504",
        "party_label": "unidentified",
        "unit_kind": "unidentified" if person else "event",
        "sex": "boy" if person else "",
        "age_band": "unknown" if person else "",
        "count": 1,
        "child_key": "",
    }
    facts.update(given)
    if facts["child_key"] and "unit_kind" not in given:
        facts["unit_kind"] = "group" if facts["child_key"].startswith("group:") else "individual"
    return LineFacts(**facts)
