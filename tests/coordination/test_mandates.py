"""Targets of a body and days of a mandate: who sees them, what is refused, what the pages count."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.models import Mandate, Stint
from sutura.coordination.services import mandates, work
from sutura.people.models import Account
from tests.coordination.asked import day
from tests.coordination.conftest import Room
from tests.coordination.test_work import held, planned
from tests.people import MOPTI

pytestmark = pytest.mark.django_db
MANDATES, TARGETS, HALF = "/coordination/mandates/", "/coordination/targets/", Decimal("0.5")


def opened(room: Room, by: Any, **facts: Any) -> Mandate:
    """Ten days of work over a hundred, half of them gone."""
    given: dict[str, Any] = {
        "body": room.group, "person": "Consultante fictive", "days": 10, "starts_on": day(-50), "ends_on": day(49),
    }  # fmt: skip
    return mandates.open_mandate(by=by, **(given | facts))


def noted(mandate: Mandate, by: Any, **facts: Any) -> Stint:
    """Two days, ten days ago."""
    given: dict[str, Any] = {
        "starts_on": day(-10),
        "ends_on": day(-9),
        "days": Decimal(2),
        "words": "Mission",
    }
    return mandates.note_days(mandate=mandate, by=by, **(given | facts))


def test_only_its_keeper_and_its_person_see_a_mandate(room: Room, machine: Account, client: Client) -> None:
    other = opened(room, machine, person="Autre personne fictive")
    own = opened(room, machine, account=room.member)
    page, foreign = own.get_absolute_url(), other.get_absolute_url()
    for who, status in ((room.stranger, 404), (room.member, 200)):
        client.force_login(who)
        assert client.get(page).status_code == status
        assert client.get(foreign).status_code == 404
    listed = client.get(MANDATES).content.decode()
    assert ("Consultante fictive" in listed, "Autre personne fictive" in listed) == (True, False)
    client.force_login(room.stranger)
    assert "Consultante fictive" not in client.get(MANDATES).content.decode()
    with pytest.raises(NotAllowed):
        noted(own, room.stranger)
    with pytest.raises(NotAllowed):
        mandates.drop_days(stint=noted(own, room.member), by=room.stranger)
    with pytest.raises(NotAllowed):
        opened(room, room.member)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends_on": day(-11)}, "ends_on"),
        ({"starts_on": day(-60)}, "starts_on"),
        ({"ends_on": day(1)}, "ends_on"),
        ({"starts_on": day(-40), "days": Decimal(11)}, "days"),  # the mandate has ten
        ({"days": Decimal("2.5")}, "days"),  # the calendar has two
        ({"words": " "}, "words"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(
    room: Room, machine: Account, facts: dict[str, Any], field: str
) -> None:
    mandate = opened(room, machine)
    with pytest.raises(Invalid) as refused:
        noted(mandate, machine, **facts)
    assert (refused.value.field, Stint.objects.count()) == (field, 0)


def test_days_beyond_a_mandate_lose_nothing_typed(room: Room, machine: Account, client: Client) -> None:
    mandate = opened(room, machine, account=room.member)
    noted(mandate, machine)
    client.force_login(room.member)
    typed = {
        "starts_on": day(-40).isoformat(),
        "ends_on": day(-20).isoformat(),
        "days": "8,5",
        "words": "Atelier",
    }
    answer = client.post(mandate.get_absolute_url(), typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Il ne reste que 8 jours à ce mandat. Notez-en moins, ou faites-le d’abord prolonger." in shown
    assert ('value="8,5"' in shown, 'value="Atelier"' in shown) == (True, True)
    assert client.post(mandate.get_absolute_url(), typed | {"days": "7,5"}).status_code == 302
    page = client.get(mandate.get_absolute_url())
    assert (page.context["pace"].used, page.context["pace"].left) == (Decimal("9.5"), HALF)


def test_a_mandate_never_holds_less_than_was_worked(room: Room, machine: Account) -> None:
    mandate = opened(room, machine)
    noted(mandate, machine)
    for change in ({"days": 1}, {"starts_on": day(-5)}, {"ends_on": day(-60)}, {"days": 1000}):
        with pytest.raises(Invalid):
            mandates.change_mandate(mandate=mandate, by=machine, **change)
    changed = mandates.change_mandate(mandate=mandate, by=machine, days=12, why="Prolongé (inventé).")
    assert (changed.days, Mandate.objects.get().days) == (12, 12)


def set_out(room: Room, by: Any, **facts: Any) -> Any:
    """Two thematic workshops, Mopti, one conference, within a year around today."""
    given: dict[str, Any] = {
        "body": room.group, "starts_on": day(-100), "ends_on": day(265), "thematic": 2, "regions": [MOPTI],
        "national": 0, "conferences": 1,
    }  # fmt: skip
    return mandates.set_programme(by=by, **(given | facts))


def test_done_against_target_counts_what_was_held(room: Room, fatou: Account, client: Client) -> None:
    set_out(room, fatou)
    held(room, fatou, kind="thematic")
    held(room, fatou, kind="thematic", starts_on=day(-200), ends_on=day(-200))  # before the programme
    planned(room, fatou, kind="regional")
    work.cancel_event(event=planned(room, fatou, kind="conference"), reason="Salle prise", by=fatou)
    noted(opened(room, fatou), fatou)
    client.force_login(fatou)
    shown = client.get(TARGETS).context["programmes"][0]
    assert [(each["value"], each["unit"]) for each in shown["figures"]] == [
        (1, "sur 2"), (0, "sur 1"), (0, "sur 1"), (Decimal(2), "sur 10"),
    ]  # fmt: skip
    behind = client.get(shown["figures"][0]["url"])
    assert len(behind.context["rows"]) == 1
    assert [each["planned"] is not None for each in shown["regions"]] == [True]


def test_targets_are_not_for_a_member_of_elsewhere(room: Room, fatou: Account, client: Client) -> None:
    set_out(room, fatou)
    client.force_login(room.stranger)
    assert client.get(TARGETS).context["programmes"] == []
    client.force_login(room.member)
    assert len(client.get(TARGETS).context["programmes"]) == 1
    with pytest.raises(NotAllowed):
        set_out(room, room.member)
    with pytest.raises(Invalid) as crossed:
        set_out(room, fatou, starts_on=day(-100) + timedelta(days=30))
    assert crossed.value.field == "starts_on"
    assert set_out(room, fatou, thematic=5).pk == room.group.programmes.get().pk
