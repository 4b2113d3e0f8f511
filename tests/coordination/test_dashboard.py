"""The dashboard of a body: who sees nothing, what each figure counts and opens, who came, how much it asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sutura.coordination.choices.ownership import FIGURES
from sutura.coordination.models import Meeting
from sutura.coordination.services import meetings, minutes
from sutura.people.models import Account
from tests.coordination.asked import adopted, day
from tests.coordination.conftest import Room


def met(room: Room, by: Account, apart: int, *, chair: Any = None, writer: Any = None) -> Meeting:
    """A meeting of the framework held so many days from today, the NGO present and the association absent."""
    planned = meetings.plan_meeting(body=room.framework, planned_on=day(apart), by=by)
    held = meetings.open_minutes(
        meeting=planned, held_on=day(apart), chaired_by=chair, minuted_by=writer, by=by
    )
    for organisation, presence in ((room.ngo, "present"), (room.other, "absent")):
        said = {"presence": presence, "women": 2 if presence == "present" else 0, "men": 0}
        minutes.write_attendance(meeting=held, organisation=organisation, said=said, by=by)
    return held


@pytest.fixture
def year(room: Room, fatou: Account) -> list[Meeting]:
    """Three meetings held, one cancelled: two chaired by the State service, the third by nobody noted."""
    held = [
        met(room, fatou, -90, chair=room.state, writer=room.ngo),
        met(room, fatou, -60, chair=room.state, writer=room.state),
        met(room, fatou, -30, writer=room.ngo),
    ]
    off = meetings.plan_meeting(body=room.framework, planned_on=day(-10), by=fatou)
    meetings.cancel(meeting=off, reason="Salle fermée.", by=fatou)
    adopted(room, fatou, due=-20)
    adopted(room, fatou, due=-10, responsible=room.state)
    return held


def pages(room: Room) -> list[str]:
    """Every address of these pages."""
    body = room.framework.public_id
    named = [reverse("coordination:figure", args=[body, name]) for name in FIGURES]
    return [
        *(reverse(f"coordination:{name}", args=[body]) for name in ("dashboard", "attendance_matrix")),
        *named,
    ]


def test_a_stranger_finds_none_of_these_pages(client: Client, room: Room, year: Any, oumar: Account):
    for person, status in ((room.stranger, 404), (oumar, 403), (room.member, 200)):
        client.force_login(person)
        assert {client.get(url).status_code for url in pages(room)} == {status}


def test_figures_say_what_they_count_and_open_it(client: Client, room: Room, year: list[Meeting]):
    client.force_login(room.member)
    shown = client.get(reverse("coordination:dashboard", args=[room.framework.public_id])).context
    told = {str(each["label"]): each["value"] for each in (*shown["ownership"], *shown["follow_up"])}
    assert told == {
        "Réunions tenues": "75\u00a0%",
        "Présidées par les services de l’État": "100\u00a0%",
        "PV rédigés par les services de l’État": "33\u00a0%",
        "Tenues sous la conduite d’un service de l’État": "100\u00a0%",
        "Actions confiées aux services de l’État": "50\u00a0%",
        "Mises en œuvre": "0\u00a0%",
        "À temps": "–",
        "Jours (médiane)": "–",
        "En retard aujourd’hui": 2,
        "À vérifier": 0,
    }
    chaired = shown["ownership"][1]
    assert str(chaired["basis"]).startswith("2 sur 2, 1 non notée")
    rows = client.get(chaired["url"]).context["rows"]
    assert [(each["row"], each["counts"], each["noted"]) for each in rows] == [
        (year[2], False, False), (year[1], True, True), (year[0], True, True),
    ]  # fmt: skip


def test_reversed_days_are_told_and_kept(client: Client, room: Room, year: Any):
    client.force_login(room.member)
    answer = client.get(f"{pages(room)[0]}?first=2026-06-30&last=2026-01-01")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La fin est avant le début : changez l’un des deux jours." in page.replace("\u202f", " ")
    assert ('value="2026-06-30"' in page, 'value="2026-01-01"' in page) == (True, True)


def test_who_came(client: Client, room: Room, year: list[Meeting]):
    client.force_login(room.member)
    shown = client.get(pages(room)[1]).context
    assert shown["meetings"] == year
    told = {
        line["label"]: ([str(cell["label"]) for cell in line["cells"]], line["share"])
        for line in shown["lines"]
    }
    assert told == {
        "OSF": (["présente"] * 3, "100\u00a0%"),
        "Association fictive": (["absente"] * 3, "0\u00a0%"),
    }


def test_another_span_counts_other_rows(client: Client, room: Room, year: list[Meeting]):
    client.force_login(room.member)
    last = day(-80).isoformat()
    shown = client.get(f"{pages(room)[0]}?first={date(2020, 1, 1).isoformat()}&last={last}").context
    assert [row["meeting"] for row in shown["met"]] == [year[0]]


def test_it_asks_as_much_at_any_length(
    client: Client, room: Room, fatou: Account, django_assert_num_queries: Any
):
    client.force_login(fatou)
    url = pages(room)[0]
    client.get(url)
    for more in range(3):
        met(room, fatou, -200 + more * 20)
        adopted(room, fatou, due=-more)
        with django_assert_num_queries(10):
            client.get(url)
