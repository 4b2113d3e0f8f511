"""My work: each role sees what waits for it, and nothing of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sutura.alerts.models import Alert
from sutura.alerts.services import ask, receive
from sutura.desk.waiting import piles, until
from sutura.incidents.models import Violation
from sutura.incidents.parts import IncidentBundle
from sutura.incidents.services import open_incident
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.reporting.services.editions import clear, freeze
from sutura.verification.models import Opinion
from sutura.verification.services import convene_sitting

Make = Callable[..., Violation]
Visit = Callable[[Account], Client]


@pytest.fixture
def tell(register: None, awa: Account) -> Callable[..., Alert]:
    """Receive an alert of Mopti, as Awa would send it."""

    def told(by: Account = awa, place: str = "ML0504") -> Alert:
        facts: dict[str, Any] = {
            "types": ["killing"],
            "place": Unit.objects.get(code=place),
            "happened_on": timezone.localdate() - timedelta(days=2),
            "boys": 1,
            "told": "Deux tirs.",
            "party_type": "unidentified",
            "source_category": "witness",
            "access": "green",
            "consent_known": "yes",
        }
        return receive(by=by, **facts)

    return told


def waits(user: Account) -> dict[str, list[str]]:
    """Title of each pile → the codes in it."""
    return {pile.title: [task.label for task in pile.tasks] for pile in piles(user, timezone.now())}


def test_a_stranger_is_sent_to_the_door(client: Client, db: None) -> None:
    assert [client.get(address).status_code for address in ("/", "/search/", "/audit/")] == [302, 302, 302]


def test_fatou_and_oumar_see_nothing_of_mopti(
    tell: Callable[..., Alert],
    before_ctfmr: Make,
    visit: Visit,
    fatou: Account,
    oumar: Account,
    binta: Account,
) -> None:
    alert, violation = tell(), before_ctfmr()
    assert alert.ref in visit(binta).get("/").content.decode()
    for person in (fatou, oumar):
        assert {title: codes for title, codes in waits(person).items() if codes} == {}
    for person in (fatou, oumar):
        page = visit(person).get("/").content.decode()
        assert [code for code in (alert.ref, violation.ref, violation.incident.ref) if code in page] == []
        assert "Rien ne vous attend" in page
    assert "Le trimestre" not in visit(fatou).get("/").content.decode()


def test_alerts_overdue_first(tell: Callable[..., Alert], visit: Visit, binta: Account) -> None:
    first, second = tell(), tell()
    Alert.objects.filter(pk=second.pk).update(received_at=timezone.now() - timedelta(days=4))
    assert waits(binta)["Alertes à trier"] == [second.ref, first.ref]
    page = visit(binta).get("/").content.decode()
    assert "en retard de 2 jours" in page


def test_the_sender_is_asked_for_more(tell: Callable[..., Alert], binta: Account, awa: Account) -> None:
    alert = tell()
    ask(alert=alert, by=binta, about=["children"], question="Combien d'enfants ?")
    assert waits(awa)["Mes alertes\u202f: des précisions sont demandées"] == [alert.ref]


def test_incidents_of_mine_to_complete(document: Make, awa: Account, visit: Visit, happened: date) -> None:
    whole, unsourced = document(), document(sources=())
    bare = open_incident(
        bundle=IncidentBundle(place=Unit.objects.get(code="ML0504"), occurred_on=happened), by=awa
    )
    assert waits(awa)["Mes incidents à compléter"] == [unsourced.incident.ref, bare.ref]
    page = visit(awa).get("/").content.decode()
    assert "aucune violation, pas de récit partageable" in page
    assert whole.incident.ref not in page


def test_each_level_has_its_pile(
    document: Make,
    before_ctfmr: Make,
    say: Callable[..., Opinion],
    binta: Account,
    moussa: Account,
    chair: Account,
) -> None:
    new, second, third = document(), document(), before_ctfmr()
    say(second, "focal_point", binta)
    assert waits(binta)["Premier avis à donner"] == [new.ref]
    assert waits(moussa)["Deuxième avis à donner"] == [second.ref]
    assert waits(chair)["À décider pour l’équipe spéciale"] == [third.ref]


def test_sittings_and_editions(
    register: None, chair: Account, moussa: Account, secretary: Account, awa: Account, visit: Visit
) -> None:
    sitting = convene_sitting(held_on=timezone.localdate() + timedelta(days=3), by=secretary)
    edition = freeze(product="ghn", period="2025-Q1", by=secretary)
    for person in (chair, moussa):
        assert waits(person)["Séances de l’équipe spéciale"] == [sitting.ref]
        assert waits(person)["Éditions à valider"] == [str(edition)]
    assert "Séances de l’équipe spéciale" not in waits(awa)
    assert "Éditions à valider" not in waits(awa)
    clear(edition=edition, level="technical", by=moussa)
    assert waits(moussa)["Éditions à valider"] == []
    assert "Derniers chiffres validés" not in visit(chair).get("/").content.decode()
    clear(edition=edition, level="ctfmr", by=chair)
    assert "Derniers chiffres validés" in visit(chair).get("/").content.decode()
    again = freeze(product="ghn", period="2025-Q1", by=secretary, reason="Correction.")
    assert waits(chair)["Éditions à valider"] == [str(again)]


def test_the_clock_is_the_step_of_age_it_is_in() -> None:
    now = timezone.now()
    since = [now - timedelta(days=days) for days in (1, 31, 89, 200)]
    assert [(until(each, now) - each).days for each in since] == [30, 60, 90, 90]


@pytest.mark.parametrize(("who", "wanted"), [("binta", 17), ("secretary", 27), ("fatou", 13), ("chair", 15)])
def test_statements_do_not_grow(
    who: str,
    wanted: int,
    tell: Callable[..., Alert],
    document: Make,
    before_ctfmr: Make,
    visit: Visit,
    request: pytest.FixtureRequest,
    django_assert_num_queries: Any,
) -> None:
    browser = visit(request.getfixturevalue(who))
    for times in (1, 2):
        for _n in range(times):
            tell()
            document(sources=())
            before_ctfmr()
        with django_assert_num_queries(wanted):
            browser.get("/")
