"""Duplicates are suggested while an incident is entered: with reasons, and only among what one may read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sutura.alerts.services import receive
from sutura.incidents.models import Incident
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, ViolationPart
from sutura.incidents.services import open_incident
from sutura.parties.services import load_register as load_parties
from sutura.people.models import Account
from sutura.places.models import Unit
from tests.people import KAYES, MOPTI, cast
from tests.registers import load_places as load_register

DAY = date(2025, 2, 10)


@pytest.fixture
def group(machine: Account) -> Account:
    """Monitor in Mopti, in the group of sexual violence there; the registers are loaded."""
    load_register(by=machine)
    load_parties(by=machine)
    return cast("nene", "monitor", "sexual_violence_group", regions=(MOPTI,))


def event(by: Account, place: str = "ML050613", kind: str = "killing", **more: Any) -> Incident:
    """One killing of two boys by a named party, unless told otherwise."""
    given: dict[str, Any] = {
        "place": Unit.objects.get(code=place), "occurred_on": DAY, "title": "Inventé",
        "violations": (ViolationPart(key="v", type=kind, boys=2),),
        "perpetrators": (PerpetratorPart(violations=("v",), party="JNIM"),),
    }  # fmt: skip
    incident: Incident = open_incident(bundle=IncidentBundle(**(given | more)), by=by, why="inventé")
    return incident


def told(by: Account, place: str = "ML050613", **more: Any) -> Any:
    """An alert of the same event."""
    facts = {"types": ["killing"], "happened_on": DAY + timedelta(days=1), "boys": 2, "told": "Inventé."}
    facts |= {"party_type": "armed_group", "source_category": "witness", "access": "green"}
    return receive(by=by, place=Unit.objects.get(code=place), consent_known="yes", **(facts | more))


def test_what_may_be_the_same_event_is_suggested_with_its_reasons(
    awa: Account, binta: Account, oumar: Account, group: Account, client: Client
) -> None:
    first = event(binta)
    alert = told(binta)
    near = Unit.objects.filter(region=KAYES, level=3).first()
    assert near is not None
    hidden = [
        event(oumar, place=near.code),  # of another region
        event(group, kind="sexual_violence"),  # of a group that Awa is not in
        told(group, types=["sexual_violence", "killing"]),
        event(binta, occurred_on=DAY - timedelta(days=9)),
        event(binta, kind="denial_humanitarian_access"),
    ]
    mine = event(awa, violations=(ViolationPart(key="v", type="maiming", boys=2),))
    client.force_login(awa)
    for address in (
        reverse("incidents:step", args=[mine.public_id, "violations"]),
        reverse("incidents:check", args=[mine.public_id]),
    ):
        page = client.get(address)
        found = {one["ref"]: one["reasons"] for one in page.context["alike"]}
        assert found == {
            first.ref: ["même jour", "même commune", "violation présumée voisine",
                        "même nombre\u202f: 2 enfants", "même partie"],
            alert.ref: ["à 1 jour d’écart", "même commune", "violation présumée voisine",
                        "même nombre\u202f: 2 enfants", "même sorte de partie"],
        }  # fmt: skip
        shown = page.content.decode()
        assert [one.ref for one in hidden if one.ref in shown] == []
    # From the alert: the incident that is there already is shown before a second one is opened.
    page = client.get(reverse("incidents:step", args=[hidden[3].public_id, "violations"]))
    assert page.context["alike"] == []
    client.force_login(group)
    page = client.get(reverse("incidents:check", args=[mine.public_id]))
    assert {hidden[2].ref} <= {one["ref"] for one in page.context["alike"]}


def test_who_sends_an_alert_learns_only_of_what_is_hers_or_read_by_her(
    binta: Account, group: Account, client: Client
) -> None:
    partner = cast("partner", "alert_partner", regions=(MOPTI,))
    told(binta)
    first, second = told(partner), told(partner)
    client.force_login(partner)
    page = client.get(reverse("alerts:sent", args=[second.public_id]))
    assert [like.alert.ref for like in page.context["likenesses"]] == [first.ref]
    own = told(binta)
    client.force_login(binta)
    page = client.get(reverse("alerts:sent", args=[own.public_id]))
    assert len(page.context["likenesses"]) == 3
