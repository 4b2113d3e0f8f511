"""Capitalisation cards: who reads and writes them, what is refused, consent, and validation by another person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.models import Card
from sutura.coordination.services import bodies, cards
from sutura.library.services import add_document
from sutura.people.models import Account
from tests.coordination.asked import day
from tests.coordination.conftest import Room
from tests.people import MOPTI, cast

CARDS = "/coordination/cards/"


def written(room: Room, by: Account, **more: Any) -> Card:
    """A card of the NGO, for the national framework, without a consent."""
    said = {
        "kind": "lesson", "title": "Commencer par les relais", "context": "À Mopti.", "action": "Deux sessions.",
        "evidence": "Rapport de session.", "organisation": room.ngo,
    }  # fmt: skip
    return cards.write_card(body=room.framework, by=by, **(said | more))


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found


def test_a_stranger_finds_nothing(room: Room, oumar: Account):
    card = written(room, room.member)
    page, act = card.get_absolute_url(), reverse("coordination:card_act", args=[card.public_id, "withdraw"])
    assert card.title in browser(room.member).get(CARDS).content.decode()
    assert card.title not in browser(room.stranger).get(CARDS).content.decode()
    told = [
        [browser(one).get(url).status_code for url in (page, f"{page}change/", act)]
        for one in (room.member, room.stranger, oumar)
    ]
    assert told == [[200] * 3, [404] * 3, [403] * 3]
    with pytest.raises(NotAllowed):
        written(room, room.stranger)
    for refused in (cards.withdraw_card, cards.end_consent, cards.return_card):
        with pytest.raises(NotAllowed):
            refused(card=card, why="x", by=room.stranger)


def test_another_member_reads_and_does_not_write_it(room: Room, machine: Account):
    card, other = written(room, room.member), cast("seydou", "body_member")
    seat = room.framework.memberships.get(organisation=room.state)
    bodies.change_member(member=seat, account=other, by=machine)
    assert list(Card.objects.visible_to(other)) == [card]
    with pytest.raises(NotAllowed):
        cards.change_card(card=card, title="Autre", by=other)
    with pytest.raises(NotAllowed):
        cards.validate_card(card=card, by=other)


def test_whoever_wrote_it_does_not_validate_it(room: Room, fatou: Account):
    own, other = written(room, fatou), written(room, room.member)
    with pytest.raises(NotAllowed, match="une autre personne"):
        cards.validate_card(card=own, by=fatou)
    assert cards.validate_card(card=other, by=fatou).validated_by == fatou
    with pytest.raises(Invalid, match="Validée"):
        cards.change_card(card=other, title="Autre", by=room.member)


def test_a_keeper_of_another_region_does_not_validate(room: Room):
    card = written(room, room.member, region=MOPTI)
    regional = cast("regional", "coordinator", regions=(MOPTI,))
    assert list(Card.objects.visible_to(regional)) == []
    with pytest.raises(NotAllowed):
        cards.validate_card(card=card, by=regional)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"context": ""}, "context"),
        ({"action": ""}, "action"),
        ({"evidence": " "}, "evidence"),
        ({"consent_by": "La directrice"}, "consent_on"),
        ({"consent_on": day(0)}, "consent_by"),
        ({"consent_by": "La directrice", "consent_on": day(2)}, "consent_on"),
    ],
)
def test_what_is_not_complete_is_refused_at_its_field(room: Room, said: dict[str, Any], field: str):
    with pytest.raises(Invalid) as refusal:
        written(room, room.member, **said)
    assert refusal.value.field == field
    assert not Card.objects.exists()


def test_a_document_kept_back_shows_nothing_to_members(room: Room, fatou: Account):
    facts = {"kind": "report", "issuer": "ONG fictive", "language": "fr"}
    kept = add_document(title="Réservé", access="direction", by=fatou, **facts)
    shared = add_document(title="Partagé", access="members", by=fatou, **facts)
    with pytest.raises(Invalid, match="tous les membres"):
        written(room, fatou, document=kept, evidence="")
    card = written(room, fatou, document=shared, evidence="")
    assert "Partagé" in browser(room.member).get(card.get_absolute_url()).content.decode()


def test_consent_is_noted_and_ended(room: Room, fatou: Account):
    card = cards.validate_card(card=written(room, room.member), by=fatou)
    assert card.is_ready is False
    card = cards.note_consent(card=card, consent_by="La directrice", consent_on=day(-1), by=room.member)
    assert (card.is_ready, list(Card.objects.ready())) == (True, [card])
    card = cards.end_consent(card=card, why="Elle a changé d’avis.", by=fatou)
    assert (card.is_ready, card.consent_by, list(Card.objects.ready())) == (False, "", [])
    assert [version.consent_by for version in card.history.order_by("pk")] == ["", "", "La directrice", ""]


def test_a_card_goes_back_and_comes_again(room: Room, fatou: Account):
    member, keeper = browser(room.member), browser(fatou)
    url = f"{CARDS}new/"
    typed = {
        "body": room.framework.public_id, "kind": "practice", "title": "Cercles", "context": "À Mopti.",
        "organisation": room.ngo.public_id, "action": "Des cercles de parole.",
    }  # fmt: skip
    wrong = member.post(url, typed)
    assert (wrong.status_code, "Des cercles de parole." in wrong.content.decode()) == (422, True)
    assert "Dites ce qui le montre" in wrong.content.decode()
    assert member.post(url, typed | {"evidence": "Rapport."}).status_code == 302
    card = Card.objects.get()
    act = f"{card.get_absolute_url()}act"
    assert keeper.post(f"{act}/return/", {"why": ""}).status_code == 422
    keeper.post(f"{act}/return/", {"why": "Dire combien de cercles."})
    assert "Dire combien de cercles." in member.get(card.get_absolute_url()).content.decode()
    member.post(
        f"{card.get_absolute_url()}change/", typed | {"evidence": "Rapport.", "action": "Six cercles."}
    )
    keeper.post(f"{act}/validate/")
    card.refresh_from_db()
    assert (card.state, card.action, card.reason, card.validated_by) == (
        "validated",
        "Six cercles.",
        "",
        fatou,
    )
    assert keeper.get(f"{act}/nothing/").status_code == 404


def test_the_list_is_filtered(room: Room, fatou: Account):
    lesson = written(room, room.member, region=MOPTI)
    written(room, room.member, kind="difficulty", title="Routes coupées")
    cards.withdraw_card(card=written(room, fatou, title="Retirée"), why="Double.", by=fatou)
    client = browser(room.member)
    shown = client.get(f"{CARDS}?kind=lesson&body={room.framework.public_id}").context
    assert [row["card"] for row in shown["rows"]] == [lesson]
    assert [tab["count"] for tab in client.get(CARDS).context["tabs"]] == [2, 0, 1]
