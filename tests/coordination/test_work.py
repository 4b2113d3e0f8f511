"""Workshops, conferences and missions: who sees nothing, what is refused, what the pages show."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.models import Event, Recommendation
from sutura.coordination.services import work
from sutura.people.models import Account
from tests.coordination.asked import day
from tests.coordination.conftest import Room
from tests.people import KAYES, MOPTI
from tests.registers import load_places as load_register

pytestmark = pytest.mark.django_db
LIST = "/coordination/events/"


def planned(room: Room, by: Any, **facts: Any) -> Event:
    """An invented mission to Mopti of the group there, three weeks ago."""
    given: dict[str, Any] = {
        "body": room.group, "kind": "mission", "title": "Mission inventée à Mopti", "region": MOPTI,
        "starts_on": day(-21), "ends_on": day(-18),
    }  # fmt: skip
    return work.plan_event(by=by, **(given | facts))


def held(room: Room, by: Any, **facts: Any) -> Event:
    """The same, told."""
    return work.report_event(
        event=planned(room, by, **facts), report="Trois cercles visités (inventé).", by=by
    )


def test_a_stranger_finds_nothing(room: Room, machine: Account, client: Client) -> None:
    event = held(room, machine)
    client.force_login(room.member)
    assert event.ref in client.get(f"{LIST}?tab=held").content.decode()
    assert client.get(event.get_absolute_url()).status_code == 200
    client.force_login(room.stranger)
    assert event.ref not in client.get(f"{LIST}?tab=held").content.decode()
    for name in ("", "held/", "change/", "facilitator/", "participants/", "output/", "action/", "cancel/"):
        assert client.get(f"{event.get_absolute_url()}{name}").status_code == 404
    assert client.post(f"{event.get_absolute_url()}action/", {"text": "x"}).status_code == 404
    assert Event.objects.visible_to(room.stranger).count() == 0


def test_a_member_reads_and_writes_nothing(room: Room, machine: Account, client: Client) -> None:
    event = held(room, machine)
    client.force_login(room.member)
    assert client.post(f"{event.get_absolute_url()}held/", {"report": "Autre chose"}).status_code == 403
    with pytest.raises(NotAllowed):
        work.report_event(event=event, report="Autre chose", by=room.member)
    with pytest.raises(NotAllowed):
        planned(room, room.member)
    with pytest.raises(NotAllowed):
        planned(room, room.stranger, region=KAYES)


def test_an_action_raised_is_a_recommendation_that_knows_where_it_was_born(
    room: Room, machine: Account, fatou: Account, client: Client
) -> None:
    load_register(by=machine)
    event = held(room, fatou)
    client.force_login(fatou)
    page = f"{event.get_absolute_url()}action/"
    typed = {"text": "Ouvrir une écoute à Mopti.", "adopted": "on", "priority": "normal", "region": MOPTI}
    answer = client.post(page, typed)
    assert answer.status_code == 422  # no organisation yet: what was typed stays
    assert "Ouvrir une écoute à Mopti." in answer.content.decode()
    typed |= {"responsible": str(room.ngo.public_id), "due_on": day(30).isoformat()}
    assert client.post(page, typed).status_code == 302
    found = Recommendation.objects.get()
    assert (found.event, found.origin, found.source, found.state, found.region, found.raised_on) == (
        event, "mission", event.ref, "adopted", MOPTI, event.ends_on,
    )  # fmt: skip
    shown = client.get(event.get_absolute_url()).content.decode()
    assert found.ref in shown
    assert event.get_absolute_url() in client.get(found.get_absolute_url()).content.decode()
    assert reverse("coordination:event", args=[event.public_id]) == event.get_absolute_url()


def test_references_tell_what_it_is(room: Room, machine: Account) -> None:
    refs = [
        planned(room, machine, kind=kind, starts_on=day(0), ends_on=day(0)).ref.split("-")[2]
        for kind in ("thematic", "mission", "conference", "regional")
    ]
    assert refs == ["A", "M", "C", "A"]
    again = planned(room, machine, starts_on=day(0), ends_on=day(0))
    assert again.ref.endswith("-02")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends_on": day(-30)}, "ends_on"),
        ({"region": ""}, "region"),
        ({"title": "  "}, "title"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    room: Room, machine: Account, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        planned(room, machine, **facts)
    assert refused.value.field == field


def test_reversed_dates_lose_nothing_typed(room: Room, fatou: Account, client: Client) -> None:
    client.force_login(fatou)
    typed = {
        "kind": "thematic", "title": "Atelier inventé", "body": str(room.group.public_id), "starts_on": "2026-05-08",
        "ends_on": "2026-05-06", "aims": "Harmoniser les modules.",
    }  # fmt: skip
    answer = client.post(f"{LIST}new/", typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Le dernier jour précède le premier. Corrigez l’un des deux." in shown
    assert 'value="2026-05-08"' in shown
    assert "Harmoniser les modules." in shown
    assert Event.objects.count() == 0


def test_who_led_and_who_came_are_noted_once(room: Room, machine: Account) -> None:
    event = held(room, machine)
    work.add_facilitator(event=event, name="Point focal fictif", organisation=room.ngo, by=machine)
    with pytest.raises(Invalid) as twice:
        work.add_facilitator(event=event, name="point focal  FICTIF", organisation=room.ngo, by=machine)
    assert twice.value.field == "name"
    with pytest.raises(Invalid) as women:
        work.count_participants(event=event, organisation=room.ngo, participants=4, women=5, by=machine)
    assert (women.value.field, "(5)" in str(women.value)) == ("women", True)
    work.count_participants(event=event, organisation=room.ngo, participants=4, women=1, by=machine)
    work.count_participants(event=event, organisation=room.ngo, participants=6, women=4, by=machine)
    assert [(one.participants, one.women, one.men) for one in event.turnout.all()] == [(6, 4, 2)]
    work.drop_part(part=event.facilitators.get(), by=machine)
    assert (event.facilitators.count(), event.turnout.count()) == (0, 1)


def test_what_was_held_is_not_cancelled_and_what_is_cancelled_stays(room: Room, machine: Account) -> None:
    with pytest.raises(Invalid):
        work.cancel_event(event=held(room, machine), reason="Pluie", by=machine)
    with pytest.raises(Invalid):
        work.report_event(
            event=planned(room, machine, starts_on=day(2), ends_on=day(3)), report="Déjà", by=machine
        )
    stopped = work.cancel_event(event=planned(room, machine), reason="Route fermée (inventé).", by=machine)
    with pytest.raises(Invalid):
        work.report_event(event=stopped, report="Tenue", by=machine)
    assert (stopped.state, stopped.reason) == ("cancelled", "Route fermée (inventé).")


def test_the_list_asks_as_often_for_three_as_for_one(
    room: Room, fatou: Account, client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(fatou)
    held(room, fatou)
    url = f"{LIST}?tab=held"
    client.get(url)
    for more in (0, 2):
        for kind in ("thematic", "conference")[:more]:
            held(room, fatou, kind=kind)
        with django_assert_num_queries(8):
            client.get(url)


def test_the_workbook_holds_what_the_filters_leave(room: Room, machine: Account, client: Client) -> None:
    event = held(room, machine)
    work.count_participants(event=event, organisation=room.ngo, participants=4, women=3, by=machine)
    other = planned(room, machine, body=room.framework, title="=1+1", starts_on=day(5), ends_on=day(5))
    client.force_login(room.stranger)
    assert len(rows_of(client.get(f"{LIST}book/").content)) == 1
    client.force_login(room.member)
    page = client.get(LIST, {"body": room.group.public_id, "tab": "held"})
    (row,) = rows_of(client.get(page.context["file_url"]).content)[1:]
    assert (row[0], row[3], row[8:10]) == (event.ref, "GT-MOPTI", [4, 3])
    assert [one[2] for one in rows_of(client.get(f"{LIST}book/").content)] == ["Titre", event.title, "'=1+1"]
    assert other.ref not in page.content.decode()
    tabs = [tab["url"] for tab in page.context["tabs"]]
    assert all(str(room.group.public_id) in url for url in tabs)
    assert client.get(LIST + tabs[0]).context["rows"] == []


def rows_of(book: bytes) -> list[list[Any]]:
    """What the only sheet of a workbook says."""
    return CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
