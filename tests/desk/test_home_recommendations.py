"""My work, for whoever sits in a body: what her organisation owes, and what others did that she may verify."""

from __future__ import annotations

from django.test import Client

from sutura.coordination.services import bodies
from sutura.people.models import Account
from tests.coordination.asked import adopted, declared
from tests.coordination.conftest import Room, room
from tests.people import cast

__all__ = ["room"]


def waiting(account: Account) -> dict[str, list[str]]:
    """The piles of recommendations of a person, as her home shows them."""
    client = Client()
    client.force_login(account)
    shown = client.get("/").context
    return {
        str(pile.title): [task.label for task in pile.tasks]
        for pile in (*shown["waiting"], *shown["quiet"])
        if str(pile.title).startswith("Recommandations")
    }


def test_home_holds_what_is_owed_and_what_is_to_verify(room: Room, fatou: Account, machine: Account):
    owed, done = adopted(room, fatou), declared(room, fatou)
    other = declared(room, fatou, author=fatou, responsible=room.state)
    adopted(room, fatou, responsible=room.state)
    guest = cast("guest", "body_member")
    bodies.change_member(
        member=room.framework.memberships.get(organisation=room.other),
        account=guest,
        seat="guest",
        by=machine,
    )
    assert waiting(room.member) == {
        "Recommandations à réaliser": [owed.ref],
        "Recommandations à vérifier": [other.ref],
    }
    assert done.ref not in str(waiting(guest))
    nothing: dict[str, list[str]] = {"Recommandations à réaliser": [], "Recommandations à vérifier": []}
    assert (waiting(guest), waiting(room.stranger)) == (nothing, nothing)
