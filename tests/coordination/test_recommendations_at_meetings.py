"""Recommendations and meetings: what is due comes back on the next agenda, and two missed meetings escalate."""

from __future__ import annotations

from typing import Any

from django.test import Client

from sutura.coordination.models import Meeting
from sutura.coordination.services import agenda, meetings, needs
from sutura.people.models import Account
from tests.coordination.asked import adopted, day
from tests.coordination.conftest import Room


def met(room: Room, by: Account, apart: int) -> Meeting:
    """A meeting of the framework held so many days from today."""
    planned = meetings.plan_meeting(body=room.framework, planned_on=day(apart), by=by)
    return meetings.open_minutes(meeting=planned, held_on=day(apart), by=by)


def points(meeting: Meeting) -> dict[str, str]:
    """What the agenda says of what was due, by where it comes from."""
    wanted = meeting.items.filter(source__in=("follow_up", "needs"))
    return dict(wanted.values_list("source", "detail"))


def test_the_agenda_is_told_anew_when_something_is_done(room: Room, fatou: Account):
    first = adopted(room, fatou, due=-20)
    following = meetings.plan_meeting(body=room.framework, planned_on=day(29), by=fatou)
    assert first.ref in points(following)["follow_up"]
    second = adopted(room, fatou, due=10)
    agenda.fill_agenda(meeting=following, by=fatou)
    assert [each.ref in points(following)["follow_up"] for each in (first, second)] == [True, True]


def test_needs_without_an_answer_wait_in_the_pool(room: Room, fatou: Account):
    facts: dict[str, Any] = {"body": room.framework, "region": "ML05", "evidence": "Mission."}
    serious = needs.raise_need(by=room.member, text="Pas de psychologue.", **facts)
    critical = needs.raise_need(by=room.member, text="Un site sans service.", severity="critical", **facts)
    answered = needs.raise_need(by=room.member, text="Des supports.", **facts)
    needs.answer_need(need=answered, by=fatou, answer="Déjà distribués en mars.")
    following = meetings.plan_meeting(body=room.framework, planned_on=day(5), by=fatou)
    told = points(following)["needs"]
    assert [line.partition(" – ")[0] for line in told.splitlines()] == [critical.ref, serious.ref]


def test_two_missed_meetings_take_it_to_the_lead(client: Client, room: Room, fatou: Account):
    missed = adopted(room, fatou, due=-40)
    adopted(room, fatou, due=-20)
    adopted(room, fatou, due=-40, body=room.group)
    met(room, fatou, -30)
    client.force_login(fatou)
    board = "/coordination/recommendations/?show=escalated"
    assert client.get(board).context["rows"] == []
    met(room, fatou, -2)
    assert [row["recommendation"] for row in client.get(board).context["rows"]] == [missed]
    page = client.get(missed.get_absolute_url()).content.decode()
    assert ("Deux réunions ont passé" in page, "DIV" in page) == (True, True)
