"""An invented plan, and an invented text of the Council, in tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from sutura.coordination.models import Axis, Instrument, PlanLine, PlanVersion
from sutura.coordination.services import activities, instruments, plans
from sutura.library.services import add_document
from tests.coordination.conftest import Room

START, END = date(2026, 1, 1), date(2026, 12, 31)


def drafted(room: Room, by: Any, **facts: Any) -> PlanVersion:
    """A plan of the group of Mopti, being written."""
    given: dict[str, Any] = {
        "body": room.group, "title": "Plan 2026 (inventé)", "starts_on": START, "ends_on": END,
    }  # fmt: skip
    return plans.open_plan(by=by, **(given | facts))


def lined(version: PlanVersion, room: Room, by: Any, **facts: Any) -> PlanLine:
    """One activity of it, led by the invented NGO."""
    given: dict[str, Any] = {
        "title": "Former les relais (inventé)", "kind": "capacity", "lead": room.ngo, "helpers": [room.other, room.ngo],
        "starts_on": date(2026, 2, 1), "ends_on": date(2026, 5, 31), "budget": 1_000_000,
    }  # fmt: skip
    return activities.add_activity(version=version, by=by, **(given | facts))


def in_force(room: Room, by: Any, **facts: Any) -> PlanLine:
    """The same, validated."""
    line = lined(drafted(room, by), room, by, **facts)
    plans.validate_plan(version=line.version, on=date(2026, 1, 15), authority="Le groupe (inventé)", by=by)
    line.refresh_from_db()
    return line


def axis(by: Any, number: int = 1, access: str = "members") -> Axis:
    """An axis of an invented framework of the whole country."""
    document = add_document(
        kind="framework", title=f"Cadre inventé {number}", issuer="Direction inventée", language="fr", access=access,
        by=by,
    )  # fmt: skip
    return plans.add_axis(document=document, number=number, title="Coordination", by=by)


def conclusions(room: Room, by: Any, **facts: Any) -> Instrument:
    """Invented conclusions which the group of Mopti follows, with two paragraphs."""
    given: dict[str, Any] = {
        "body": room.group, "kind": "council", "reference": "S/AC.51/2026/0", "title": "Conclusions (inventées)",
        "dated_on": START,
    }  # fmt: skip
    found = instruments.add_instrument(by=by, **(given | facts))
    pasted = "1. Protéger les écoles (inventé).\n2 (a). Former les forces (inventé)."
    instruments.add_paragraphs(instrument=found, pasted=pasted, addressee="Le Gouvernement", by=by)
    return found
