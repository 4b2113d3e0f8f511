"""Pages of needs and themes: who sees nothing, how a need is raised and answered, what nobody treats."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sutura.coordination.models import ActivePartner, Need, Theme
from sutura.coordination.services import needs as services
from sutura.people.models import Account
from tests.coordination.asked import proposed
from tests.coordination.conftest import Room
from tests.registers import load_places as load_register

NEEDS = "/coordination/needs/"


@pytest.fixture
def raised(room: Room) -> Need:
    """A need of Mopti, raised by the member to the national framework."""
    facts: dict[str, Any] = {
        "region": "ML05",
        "text": "Aucun service d’addictologie.",
        "evidence": "Mission.",
    }
    return services.raise_need(body=room.framework, by=room.member, severity="critical", **facts)


@pytest.fixture
def regions(machine: Account) -> None:
    """The regions of the register, to choose from."""
    load_register(by=machine)


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found


def test_a_stranger_finds_nothing(room: Room, raised: Need, fatou: Account):
    theme = services.add_theme(name_fr="Addiction", by=fatou)
    Need.objects.filter(pk=raised.pk).update(theme=theme)
    stranger = browser(room.stranger)
    page = reverse("coordination:need", args=[raised.public_id])
    assert raised.ref in browser(room.member).get(NEEDS).content.decode()
    assert raised.ref not in stranger.get(NEEDS).content.decode()
    assert (browser(room.member).get(page).status_code, stranger.get(page).status_code) == (200, 404)
    close = reverse("coordination:need_act", args=[raised.public_id, "examine"])
    assert stranger.post(close).status_code == 404
    told = stranger.get(theme.get_absolute_url()).content.decode()
    assert (raised.ref in told, raised.ref in browser(fatou).get(theme.get_absolute_url()).content.decode()) == (
        False, True,
    )  # fmt: skip
    typed = {
        "body": room.framework.public_id,
        "region": "ML01",
        "text": "x",
        "evidence": "y",
        "severity": "serious",
    }
    assert stranger.post(f"{NEEDS}new/", typed).status_code == 422


def test_who_has_no_part_in_coordination_is_refused(oumar: Account):
    for url in (NEEDS, "/coordination/themes/"):
        assert browser(oumar).get(url).status_code == 403


def test_a_need_is_raised_and_answered(room: Room, regions: None, fatou: Account):
    member, keeper = browser(room.member), browser(fatou)
    typed = {"body": room.group.public_id, "region": "ML05", "text": "Pas de relais.", "severity": "serious"}
    wrong = member.post(f"{NEEDS}new/", typed)
    assert (wrong.status_code, "Pas de relais." in wrong.content.decode()) == (422, True)
    member.post(f"{NEEDS}new/", typed | {"evidence": "Trois partenaires le disent."})
    need = Need.objects.get()
    assert need.ref.startswith("GT-MOPTI-B-")
    assert member.post(reverse("coordination:need_act", args=[need.public_id, "answer"])).status_code == 403
    answer = reverse("coordination:need_act", args=[need.public_id, "answer"])
    refused = keeper.post(answer, {})
    assert (refused.status_code, "dites pourquoi" in refused.content.decode()) == (422, True)
    elsewhere = keeper.post(answer, {"recommendation": proposed(room, fatou).ref})
    assert (elsewhere.status_code, "Aucune recommandation de cette instance" in elsewhere.content.decode()) == (
        422, True,
    )  # fmt: skip
    found = proposed(room, fatou, body=room.group)
    assert keeper.post(answer, {"recommendation": found.ref}).status_code == 302
    page = member.get(need.get_absolute_url()).content.decode()
    assert (found.ref in page, "Répondu" in page) == (True, True)
    assert [row["need"] for row in member.get(NEEDS, {"tab": "answered"}).context["rows"]] == [need]


def test_what_nobody_answered_comes_first(room: Room, regions: None, raised: Need):
    later: dict[str, Any] = {"body": room.framework, "region": "ML05", "evidence": "Mission.", "text": "Peu."}
    moderate = services.raise_need(by=room.member, severity="moderate", **later)
    shown = browser(room.member).get(NEEDS).context
    assert [row["need"] for row in shown["rows"]] == [raised, moderate]
    assert [tab["count"] for tab in shown["tabs"]] == [2, 0, 0]
    assert browser(room.member).get(NEEDS, {"region": "ML01"}).context["rows"] == []


@pytest.mark.parametrize("query", ["?tab=x&region=y&body=z&layer=9", "?body=999999"])
def test_a_strange_address_is_answered(room: Room, raised: Need, query: str):
    assert browser(room.member).get(NEEDS + query).status_code == 200


def test_a_theme_on_which_nobody_works_says_so(room: Room, fatou: Account):
    keeper = browser(fatou)
    assert browser(room.member).get("/coordination/themes/new/").status_code == 403
    for name in ("Addiction", "Deuil"):
        keeper.post("/coordination/themes/new/", {"name_fr": name})
    twice = keeper.post("/coordination/themes/new/", {"name_fr": "addiction"})
    assert (twice.status_code, "déjà dans la liste" in twice.content.decode()) == (422, True)
    treated = Theme.objects.get(name_fr="Addiction")
    add = reverse("coordination:partner_new", args=[treated.public_id])
    for _again in range(2):
        answer = keeper.post(
            add, {"organisation": room.ngo.public_id, "region": "", "words": "Consultations."}
        )
    assert (answer.status_code, ActivePartner.objects.count()) == (422, 1)
    rows = keeper.get("/coordination/themes/").context["rows"]
    assert [(row["theme"].name_fr, row["active"]) for row in rows] == [("Deuil", 0), ("Addiction", 1)]
    partner = ActivePartner.objects.get()
    keeper.post(reverse("coordination:partner_drop", args=[treated.public_id, partner.pk]))
    assert not ActivePartner.objects.exists()


def test_themes_and_needs_ask_as_much_at_any_length(
    room: Room, raised: Need, fatou: Account, django_assert_num_queries: Any
):
    client = browser(fatou)
    client.get(NEEDS)
    for _more in range(2):
        with django_assert_num_queries(7):
            client.get(NEEDS)
        facts: dict[str, Any] = {"body": room.group, "region": "ML05", "text": "x", "evidence": "y"}
        services.raise_need(by=room.member, theme=services.add_theme(name_fr=f"T{_more}", by=fatou), **facts)
