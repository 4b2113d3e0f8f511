"""Who came to which meeting: a line for each organisation, a column for each of the last meetings of a span."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from sutura.coordination.choices.meetings import Presence
from sutura.coordination.models import Attendance, Body, Meeting
from sutura.coordination.pages.board import percent
from sutura.coordination.pages.figures import Dashboard, page_of

WIDE = 12
# Icon, tone of its pill, shade of its cell.
LOOKS = {
    Presence.PRESENT: ("check", "accent", 2),
    Presence.REPRESENTED: ("user-round", "", 1),
    Presence.EXCUSED: ("circle-minus", "quiet", 0),
    Presence.ABSENT: ("x", "attention", 0),
}
CAME = (Presence.PRESENT, Presence.REPRESENTED)


def matrix(user: Any, body: Body, query: QueryDict) -> dict[str, Any]:
    """The matrix of one page of meetings, the last one first on the page and last in its line."""
    dashboard = Dashboard(user, body, query)
    number = page_of(query)
    found = Meeting.objects.visible_to(user).filter(pk__in=[row.pk for row in dashboard.told.held])
    shown = list(found.order_by("-held_on", "-pk")[(number - 1) * WIDE : number * WIDE + 1])
    meetings = list(reversed(shown[:WIDE]))
    rows = Attendance.objects.visible_to(user).filter(meeting__in=meetings)
    address = f"?{dashboard.head()['query']}&page="
    return {
        **dashboard.head(),
        "meetings": meetings,
        "lines": lines(meetings, rows),
        "looks": [{"label": one.label, "icon": LOOKS[one][0], "tone": LOOKS[one][1]} for one in Presence],
        "older_url": f"{address}{number + 1}" if len(shown) > WIDE else "",
        "newer_url": f"{address}{number - 1}" if number > 1 else "",
    }


def lines(meetings: list[Meeting], rows: QuerySet) -> list[dict[str, Any]]:
    """Each organisation that was noted once, by name: its cells, and how often it came."""
    known: dict[str, dict[int, tuple[str, Any]]] = {}
    names = rows.order_by("organisation__name").values_list(
        "organisation__public_id", "organisation__name", "organisation__acronym", "meeting_id", "presence"
    )
    labels: dict[str, str] = {}
    for organisation, name, acronym, meeting, presence in names:
        labels[organisation] = acronym or name
        known.setdefault(organisation, {})[meeting] = (presence, Presence(presence).label)
    return [
        {
            "organisation": organisation,
            "label": labels[organisation],
            "cells": [_cell(each, noted.get(each.pk)) for each in meetings],
            "came": came(noted),
            "noted": len(noted),
            "share": percent(came(noted), len(noted)),
        }
        for organisation, noted in known.items()
    ]


def came(noted: dict[int, tuple[str, Any]]) -> int:
    """How often it was present or represented."""
    return sum(presence in CAME for presence, _label in noted.values())


def _cell(meeting: Meeting, noted: tuple[str, Any] | None) -> dict[str, Any]:
    if noted is None:
        return {"meeting": meeting, "label": ""}
    icon, _tone, level = LOOKS[Presence(noted[0])]
    return {"meeting": meeting, "label": noted[1], "icon": icon, "level": level}
