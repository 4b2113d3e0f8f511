"""Children and schools followed, point by point: one office, one server and one sign-in each for the whole file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import TransactionTestCase
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sutura.config import registers
from sutura.config.demo import accounts, children
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, ViolationPart
from sutura.incidents.services import open_incident
from sutura.mhpss.services.map import keep_service
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from sutura.places.models import Unit
from sutura.response.models import Docket, School
from sutura.vault.models import EscrowKey
from tests.conftest import PUBLIC
from tests.journeys.conftest import Walk
from tests.journeys.visiting import pleaded, visited
from tests.journeys.walking import LAPTOP, PHONE, Walker


@pytest.fixture(scope="module")
def transactional_db(browser: Browser, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of all journeys of this file, emptied after the last: to fill it takes longer than a journey."""
    with django_db_blocker.unblock():
        yield
        TransactionTestCase("__init__")._post_teardown()


@pytest.fixture(scope="module", autouse=True)
def escrow(transactional_db: None) -> None:
    """As in a real office, once for this file."""
    EscrowKey(public=PUBLIC, asked_by=1, agreed_by=2, agreed_at=timezone.now()).save()


@pytest.fixture(scope="module")
def people(transactional_db: None) -> dict[str, Account]:
    """The registers, the invented people, a service, and the children that they follow."""
    registers.load()
    by = machine("demo")
    cast = accounts.open_all(by=by)
    organisation = add_organisation(by=by, name="ONG fictive", acronym="OF", kind="nngo")
    keep_service(
        organisation=organisation, place=Unit.objects.get(code="ML0504"), description="Écoute au centre (inventé)",
        codes=["4.1"], layers=["L2"], by=by,
    )  # fmt: skip
    children.follow(cast=cast, today=timezone.localdate())
    return cast


@pytest.fixture(scope="module")
def server(people: dict[str, Account]) -> Iterator[LiveServer]:
    """One server for this file; that of the session would empty the office after each journey."""
    found = LiveServer("localhost")
    found._live_server_modified_settings.enable()
    yield found
    found._live_server_modified_settings.disable()
    found.stop()


@pytest.fixture(scope="module")
def walk(browser: Browser, server: LiveServer, people: dict[str, Account]) -> Iterator[Walk]:
    """Brings a person in once; the next journey finds her where she is, on the screen it asks for."""
    walkers: dict[str, Walker] = {}

    def walking(name: str, viewport: dict[str, int] = LAPTOP) -> Walker:
        if name not in walkers:
            walkers[name] = Walker(browser, server.url, "", viewport)
            walkers[name].come_in(people[name])
        found = walkers[name]
        found.page.set_viewport_size(viewport)  # type: ignore[arg-type]
        found.width = viewport["width"]
        return found

    yield walking
    for walker in walkers.values():
        walker.close()


def test_point_2_from_the_arrest_to_the_detention(walk: Walk, album: Path) -> None:
    assert walk("oumar").go("response:home") == 403
    salimata = walk("salimata", PHONE)
    opened(salimata, album)
    salimata.go("response:home")
    assert salimata.sees("aucune remise n’est notée, et la limite est de 48 heures", "En retard")
    salimata.look(album / "children-list-phone.png")
    salimata = walk("salimata")
    salimata.go("response:home")
    salimata.look(album / "children-list.png")
    salimata.go(Docket.objects.filter(stage="held", region="ML05").earliest("id").get_absolute_url())
    assert salimata.sees("Ne dites pas « toujours détenu »", "détention", "Plaidoyer")
    salimata.look(album / "children-detention.png")
    for name in ("limits", "sites"):
        salimata.go(f"response:{name}")
        salimata.look(album / f"children-{name}.png")


def opened(salimata: Walker, album: Path) -> None:
    """Point 2: the arrest, then a visit that is refused, on a phone."""
    salimata.go("response:docket_new")
    page = salimata.page
    page.get_by_label("garçon").check()
    page.get_by_label("dit associé").check()
    page.get_by_label("arrêté", exact=True).check()
    page.get_by_label("Quand l’enfant a-t-il été rencontré ou arrêté").fill(
        timezone.localdate().replace(day=1).isoformat()
    )
    page.get_by_label("Où ?", exact=True).fill("Mopti / Djenné")
    salimata.look(album / "children-new-phone.png")
    salimata.press("Ouvrir le dossier")
    docket = Docket.objects.order_by("id").last()
    assert docket is not None
    assert salimata.heading() == docket.ref
    salimata.follow("Visite sur place")
    page.get_by_label("entrée refusée").check()
    page.get_by_label("Quand ?").fill(timezone.localdate().isoformat())
    salimata.press("Enregistrer")
    assert salimata.sees("entrée refusée")
    salimata.look(album / "children-docket-phone.png")


def test_point_3_a_prison_is_visited(walk: Walk, album: Path) -> None:
    fatou = walk("fatou")
    assert fatou.go("response:visits") == 403
    visited(walk("salimata"), album)
    fatou.go("response:reach")
    assert fatou.sees("Portes restées fermées, par mois", "moins de 5")
    fatou.look(album / "visits-counts.png")


def test_point_5_a_school_used_then_vacated(walk: Walk, people: dict[str, Account], album: Path) -> None:
    part = ViolationPart(
        key="v", type="military_use",
        detail={"facility_kind": "school", "facility_name": "École inventée", "from_date": timezone.localdate()},
    )  # fmt: skip
    bundle = IncidentBundle(
        place=Unit.objects.get(code="ML050613"), occurred_on=timezone.localdate(), title="École (inventé)",
        violations=(part,), perpetrators=(PerpetratorPart(violations=("v",), party="JNIM"),),
    )  # fmt: skip
    open_incident(bundle=bundle, by=people["binta"], why="alerte")
    oumar = walk("oumar")
    assert [oumar.go(f"response:{name}") for name in ("schools", "school_actions", "school_counts")] == [
        403
    ] * 3
    binta = walk("binta")
    binta.go("response:schools")
    assert binta.sees("1 utilisation militaire", "aucune évacuation notée", "pas encore suivie")
    binta.look(album / "schools.png")
    binta.follow("École inventée")
    assert binta.misses("Groupe armé", "JNIM") == ["JNIM"]
    binta.press("Suivre cette école")
    binta.follow("Évacuée par la partie")
    binta.page.get_by_label("Quand ?").fill(timezone.localdate().isoformat())
    binta.page.get_by_label("vu lors d’une visite").check()
    binta.page.get_by_label("Quel service le dit").select_option(label="centre d’animation pédagogique (CAP)")
    binta.look(album / "schools-note.png")
    binta.press("Enregistrer")
    assert binta.heading() == "École inventée"
    assert binta.sees("évacuée")
    binta.follow("Attendre une action")
    binta.page.get_by_label("réparer").check()
    binta.page.get_by_label("Par quel service").select_option(label="mairie")
    binta.page.get_by_label("Jusqu’à quand ?").fill("2026-01-05")
    binta.press("Enregistrer")
    walk("binta", PHONE).look(album / "school-phone.png")
    binta.go("response:school_actions")
    assert binta.sees("Réparer", "aucune raison donnée")
    salimata = walk("salimata")
    salimata.go(School.objects.get().get_absolute_url())
    assert salimata.sees("Vous ne lisez pas les incidents de cette région")
    fatou = walk("fatou")
    fatou.go("response:school_counts")
    assert fatou.misses("moins de 5", "École inventée") == ["École inventée"]
    fatou.look(album / "schools-counts.png")


def test_point_6_an_authority_is_asked(walk: Walk, album: Path) -> None:
    assert walk("oumar").go("response:approaches") == 403
    pleaded(walk("salimata"), album)


def test_point_7_indicators_open_their_children(walk: Walk, album: Path) -> None:
    oumar = walk("oumar")
    assert [oumar.go(f"response:{name}") for name in ("indicators", "counts")] == [403] * 2
    salimata = walk("salimata")
    salimata.go("response:indicators")
    assert salimata.page.locator("main svg a").count() > 0
    salimata.look(album / "children-indicators.png")
    salimata.page.locator("#shares tbody th a").first.click()
    salimata.page.wait_for_load_state()
    codes = salimata.page.locator("main tbody th").all_inner_texts()
    assert set(codes) <= set(Docket.objects.values_list("ref", flat=True))
    assert codes
    fatou = walk("fatou")
    fatou.go("response:counts")
    assert fatou.sees("au moins 5", "moins de 5")
    fatou.look(album / "children-counts.png")
