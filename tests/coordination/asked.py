"""What a body asks of an organisation, in tests, and what the pages of its meetings post."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from sutura.coordination.models import Meeting, ProgressReport, Recommendation
from sutura.coordination.services import minutes, reports
from sutura.coordination.services import recommendations as services
from sutura.partners.models import Organisation
from sutura.people.models import Account
from tests.coordination.conftest import Room


def day(apart: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=apart)


def proposed(room: Room, by: Any, **facts: Any) -> Recommendation:
    """A recommendation of the national framework to the invented NGO."""
    given: dict[str, Any] = {
        "body": room.framework, "text": "Cartographier les services de la région.", "responsible": room.ngo,
        "raised_on": day(-60),
    }  # fmt: skip
    return services.propose_recommendation(by=by, **(given | facts))


def adopted(room: Room, by: Any, *, due: int = 30, **facts: Any) -> Recommendation:
    """The same, adopted, due so many days from today."""
    found = proposed(room, by, **facts)
    return services.adopt(recommendation=found, by=by, due_on=day(due), adopted_on=found.raised_on)


def declared(room: Room, by: Any, *, author: Any = None, **facts: Any) -> Recommendation:
    """The same, declared done with one line of evidence, by the member of the NGO unless another is named."""
    found = adopted(room, by, **facts)
    told(found, author or room.member, done=True, evidence="Liste des services, envoyée le 3.")
    found.refresh_from_db()
    return found


def told(found: Recommendation, by: Any, **more: Any) -> ProgressReport:
    """One report of its progress."""
    given: dict[str, Any] = {"words": "Deux cercles sur quatre sont faits.", "progress": 50}
    return reports.report(recommendation=found, by=by, **(given | more))


def address(meeting: Meeting, *steps: str) -> str:
    """The address of a page of a meeting."""
    return "/".join(["/coordination/meetings", str(meeting.public_id), *steps, ""])


def as_written(meeting: Meeting, **said: str) -> dict[str, str]:
    """What the page of the minutes posts, with other words in some fields (`1-discussion`: of the first point)."""
    told: dict[str, str] = {}
    for place, item in enumerate(meeting.items.all(), start=1):
        told[f"{item.pk}-version"] = str(item.version)
        for name in ("discussion", "decisions"):
            told[f"{item.pk}-{name}"] = said.get(f"p{place}_{name}", getattr(item, name))
    return told


def attend(meeting: Meeting, organisation: Organisation, *, by: Account, **said: object) -> None:
    """Note one organisation."""
    minutes.write_attendance(meeting=meeting, organisation=organisation, said=said, by=by)
