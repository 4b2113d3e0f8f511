"""What stands in somebody's calendar: meetings, workshops and missions, and the days by which things are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from sutura.coordination.choices.meetings import State
from sutura.coordination.models import Event, Meeting, Recommendation


@dataclass(frozen=True)
class Engagement:
    """One line of a calendar: what it is, its code, when; what it is about and where stay on the page."""

    what: str
    code: str
    starts_on: date
    ends_on: date
    url: str
    key: str
    icon: str
    about: str = ""
    starts_at: time | None = None
    ends_at: time | None = None

    @property
    def title(self) -> str:
        """All that leaves the tool: `Réunion CCT-2026-07`."""
        return f"{self.what} {self.code}"


def engagements(user: Any, start: date, end: date, body: UUID | None = None) -> list[Engagement]:
    """What lies between two days in the bodies that a person may see, or in one of them; the earliest first."""
    of = Q(body__public_id=body) if body else Q()
    found = [*_meetings(user, start, end, of), *_events(user, start, end, of), *_due(user, start, end, of)]
    return sorted(found, key=lambda one: (one.starts_on, one.starts_at or time.min, one.code))


def _meetings(user: Any, start: date, end: date, of: Q) -> Iterator[Engagement]:
    """Meetings, and the days until which members propose points or comment on minutes."""
    rows = Meeting.objects.visible_to(user).filter(of).exclude(state=State.CANCELLED).select_related("body")
    within = (start, end)
    days = Q(planned_on__range=within) | Q(held_on__range=within)
    for meeting in rows.filter(
        days | Q(proposals_until__range=within) | Q(review_until__range=within)
    ).order_by("pk"):
        where, about = meeting.get_absolute_url(), str(meeting.body)
        for what, on, icon in (
            (_("Meeting"), meeting.held_on or meeting.planned_on, "users"),
            (_("Points close"), meeting.proposals_until if meeting.state == State.CALLED else None, "list"),
            (_("Comments close"), meeting.review_until if meeting.state == State.REVIEW else None, "pencil"),
        ):
            if on is None or not start <= on <= end:
                continue
            hours = (meeting.starts_at, meeting.ends_at) if icon == "users" else (None, None)
            yield Engagement(
                what, meeting.ref, on, on, where, f"{icon}-{meeting.public_id}", icon, about, *hours
            )


def _events(user: Any, start: date, end: date, of: Q) -> Iterator[Engagement]:
    rows = Event.objects.visible_to(user).filter(of).exclude(state="cancelled").touching(start, end)
    for event in rows.order_by("pk"):
        icon = "map-pin" if event.kind == "mission" else "handshake"
        yield Engagement(
            event.get_kind_display(), event.ref, event.starts_on, event.ends_on, event.get_absolute_url(),
            f"event-{event.public_id}", icon, event.title,
        )  # fmt: skip


def _due(user: Any, start: date, end: date, of: Q) -> Iterator[Engagement]:
    rows = Recommendation.objects.visible_to(user).filter(of).owed().filter(due_on__range=(start, end))
    for found in rows.select_related("responsible").order_by("pk"):
        assert found.due_on is not None
        yield Engagement(
            _("Due"), found.ref, found.due_on, found.due_on, found.get_absolute_url(), f"due-{found.public_id}",
            "flag", f"{found.responsible.short} · {found.text}",
        )  # fmt: skip
