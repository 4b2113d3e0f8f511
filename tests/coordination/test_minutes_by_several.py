"""Minutes and attendance written by several at once: nobody's words are lost, a clash is told field by field."""

from __future__ import annotations

import pytest
from django.test import Client

from sutura.coordination.models import AgendaItem, Meeting
from sutura.coordination.rules.meetings import Clash
from sutura.coordination.services import minutes
from sutura.people.models import Account
from tests.coordination.asked import address, as_written, attend
from tests.coordination.conftest import Room

pytestmark = pytest.mark.django_db


def test_two_people_who_write_at_once_lose_nothing(client: Client, held: Meeting, fatou: Account) -> None:
    client.force_login(fatou)
    first = as_written(held, p1_discussion="Écrit par la première")
    second = as_written(
        held, p1_discussion="Écrit par la seconde", p1_decisions="Décidé", p2_discussion="Ailleurs"
    )
    assert client.post(address(held, "minutes"), first).status_code == 302
    answer = client.post(address(held, "minutes"), second)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Écrit par la première" in shown
    assert "Écrit par la seconde" in shown
    items = list(held.items.all())
    assert [(items[0].discussion, items[0].decisions), items[1].discussion] == [
        ("Écrit par la première", ""),
        "Ailleurs",
    ]
    again = {name: value for point in answer.context["points"] for name, value in posted(point).items()}
    again[f"{items[0].pk}-discussion"] = "Écrit par les deux"
    again[f"{items[1].pk}-discussion"] = "Ailleurs, et plus loin"
    assert client.post(address(held, "minutes"), again).status_code == 302
    kept = AgendaItem.objects.get(pk=items[0].pk)
    assert (kept.discussion, kept.decisions, kept.version) == ("Écrit par les deux", "Décidé", 2)
    assert AgendaItem.objects.get(pk=items[1].pk).discussion == "Ailleurs, et plus loin"


def posted(point: object) -> dict[str, str]:
    """What a browser posts of one point as the page shows it."""
    form = point.form  # type: ignore[attr-defined]
    return {form.add_prefix(name): str(form[name].value()) for name in form.fields}


def test_what_is_typed_is_saved_and_the_form_learns_its_version(
    client: Client, held: Meeting, fatou: Account
) -> None:
    client.force_login(fatou)
    told = as_written(held, p1_discussion="En cours de frappe") | {"autosave": "1"}
    answer = client.post(address(held, "minutes"), told)
    item = held.items.get(position=1)
    assert (answer.status_code, answer.json()[0], item.version) == (200, {f"{item.pk}-version": 1}, 1)
    told[f"{item.pk}-discussion"] = "Autre chose"
    assert client.post(address(held, "minutes"), told).status_code == 409


def test_a_page_that_goes_on_writing_takes_nothing_back(
    client: Client, held: Meeting, fatou: Account
) -> None:
    """What somebody else wrote in another field, or on another point, comes to the page with the new version."""
    first, second, *_others = held.items.all()
    mine = as_written(held, p1_discussion="Dit ici")
    minutes.write_point(item=first, version=0, said={"discussion": "", "decisions": "Décidé là"}, by=fatou)
    minutes.write_point(item=second, version=0, said={"discussion": "Dit là", "decisions": ""}, by=fatou)
    client.force_login(fatou)
    answer = client.post(address(held, "minutes"), mine | {"autosave": "1"}).json()
    assert answer[:2] == [
        {f"{first.pk}-version": 2, f"{first.pk}-decisions": "Décidé là"},
        {f"{second.pk}-version": 1, f"{second.pk}-discussion": "Dit là"},
    ]
    for part in answer:
        mine |= part
    client.post(
        address(held, "minutes"), mine | {f"{first.pk}-discussion": "Dit ici, plus loin", "autosave": "1"}
    )
    told = list(held.items.values_list("discussion", "decisions")[:2])
    assert told == [("Dit ici, plus loin", "Décidé là"), ("Dit là", "")]


def test_where_two_clash_the_rest_of_the_point_is_not_taken_back(
    client: Client, held: Meeting, fatou: Account
) -> None:
    item = held.items.get(position=1)
    mine = as_written(held, p1_discussion="Cinq")
    minutes.write_point(item=item, version=0, said={"discussion": "Quatre", "decisions": "Décidé"}, by=fatou)
    client.force_login(fatou)
    answer = client.post(address(held, "minutes"), mine)
    (label, clash), *more = answer.context["points"][0].clashes
    assert (answer.status_code, str(label), clash, more) == (
        409, "Discussions", Clash("discussion", "Quatre", "Cinq"), []
    )  # fmt: skip
    again = {name: value for point in answer.context["points"] for name, value in posted(point).items()}
    client.post(address(held, "minutes"), again)
    item.refresh_from_db()
    assert (item.discussion, item.decisions) == ("Cinq", "Décidé")


def test_a_field_changed_by_another_is_kept_beside_mine(held: Meeting, fatou: Account) -> None:
    item = held.items.get(position=1)
    minutes.write_point(item=item, version=0, said={"discussion": "A", "decisions": ""}, by=fatou)
    kept = minutes.write_point(item=item, version=0, said={"discussion": "", "decisions": "B"}, by=fatou)
    assert (kept.discussion, kept.decisions, kept.version) == ("A", "B", 2)


def test_two_people_who_note_who_came_lose_nothing(
    client: Client, held: Meeting, room: Room, fatou: Account
) -> None:
    client.force_login(fatou)
    attend(held, room.state, presence="present", women=1, by=fatou)
    line = f"{room.state.pk}-"
    # Her page was opened before anything was noted: it says nothing of the first, and changes the other.
    mine = {f"{line}presence": "", f"{room.other.pk}-presence": "excused"}
    assert client.post(address(held, "attendance"), mine).status_code == 302
    assert set(held.attendance.values_list("presence", flat=True)) == {"present", "excused"}
    mine[f"{line}presence"] = "represented"
    answer = client.post(address(held, "attendance"), mine)
    shown = answer.content.decode()
    assert (answer.status_code, "femmes\u202f: 1" in shown) == (422, True)
    assert held.attendance.get(organisation=room.state).presence == "present"
    seen = {f"initial-{line}presence": "present", f"initial-{line}women": "1", f"initial-{line}men": "0"}
    assert all(f'name="{name}" value="{value}"' in shown for name, value in seen.items())
    assert client.post(address(held, "attendance"), mine | seen).status_code == 302
    assert held.attendance.get(organisation=room.state).presence == "represented"
