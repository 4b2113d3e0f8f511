"""The pages of incidents as people see them: no fault found by axe, nothing sideways, and entry without a script."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from sutura.incidents.models import Incident
from sutura.incidents.steps import LISTED
from tests.incidents.conftest import Opener, Places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = {"phone": 360, "laptop": 1280}


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where photographs go: `SUTURA_PHOTOGRAPHS`, or a folder of this run."""
    folder = Path(os.environ.get("SUTURA_PHOTOGRAPHS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def sign_in(live_server: Any, settings: Any) -> Callable[[Page, Any], None]:
    """Signs an account in on a page of the browser."""

    def signing(page: Page, account: Any) -> None:
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return signing


def addresses(incident: Incident) -> dict[str, str]:
    """The pages to photograph, by name."""
    one, victim = incident.violations.order_by("pk")[0], incident.victims.order_by("pk")[0]
    here = [incident.public_id]
    named = {
        "list": reverse("incidents:list"),
        "new": reverse("incidents:new"),
        "file": reverse("incidents:detail", args=here),
        "sheet": reverse("incidents:sheet", args=here),
        "check": reverse("incidents:check", args=here),
        "void": reverse("incidents:act", args=[*here, "void"]),
        "details": reverse("incidents:part", args=[*here, "details", one.public_id]),
        "fate": reverse("incidents:part", args=[*here, "fate", victim.public_id]),
        "group": reverse("incidents:step", args=[*here, "victims"]) + "?kind=group",
    }
    return named | {f"step-{each.name}": each.url(incident) for each in LISTED}


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_without_fault_and_photographed(
    page: Page, live_server: Any, sign_in: Callable, binta: Any, opened: Opener, album: Path, width: str
) -> None:
    incident = opened()
    sign_in(page, binta)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": WIDTHS[width], "height": 800})
    faults = {}
    for name, address in addresses(incident).items():
        page.goto(live_server.url + address)
        page.screenshot(path=album / f"incident-{name}-{width}.png", full_page=True)
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if found or wide != WIDTHS[width]:
            faults[name] = (found, wide)
    assert (faults, told) == ({}, [])


def test_an_incident_is_documented_without_a_script(
    browser: Browser, live_server: Any, sign_in: Callable, awa: Any, places: Places, parties: dict
) -> None:
    context = browser.new_context(
        java_script_enabled=False, locale="fr-FR", viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    sign_in(page, awa)
    page.goto(live_server.url + reverse("incidents:list"))
    page.get_by_role("link", name="Nouvel incident").click()
    page.get_by_label("Titre").fill("Mine sur une piste")
    page.get_by_label("Meurtre").check()
    page.get_by_label("Jour, ou premier jour").fill("2025-02-10")
    page.get_by_label("Garçons").fill("2")
    page.get_by_role("button", name="Ouvrir l’incident et continuer").click()
    expect(page.get_by_text("V1 · Meurtre")).to_be_visible()
    page.get_by_role("link", name="Remplir les détails").click()
    page.get_by_label("Arme", exact=False).first.select_option("landmine")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("link", name="Passer à l’étape suivante").click()
    page.get_by_label("Garçon", exact=True).check()
    page.get_by_label("Âge au moment des faits").fill("9")
    page.get_by_role("button", name="Ajouter une victime").click()
    page.get_by_role("link", name="Contrôler le dossier").click()
    expect(page.get_by_text("V1 compte 2 enfants, dont 1 décrits.")).to_be_visible()
    context.close()
    incident = Incident.objects.get()
    assert [(one.type, one.boys, one.detail.weapon) for one in incident.violations.all()] == [
        ("killing", 2, "landmine")
    ]
    assert [(one.sex, one.age) for one in incident.victims.all()] == [("boy", 9)]


def test_the_total_is_checked_while_typing_and_a_question_waits_for_its_answer(
    page: Page, live_server: Any, sign_in: Callable, awa: Any, opened: Opener
) -> None:
    incident = opened()
    sign_in(page, awa)
    page.goto(live_server.url + reverse("incidents:step", args=[incident.public_id, "violations"]))
    page.get_by_label("Garçons").fill("2")
    page.get_by_label("Total annoncé").fill("3")
    expect(page.locator(".total-line")).to_have_attribute("data-wrong", "")
    page.get_by_label("Filles").fill("1")
    expect(page.locator(".total-line")).not_to_have_attribute("data-wrong", "")
    page.goto(live_server.url + reverse("incidents:step", args=[incident.public_id, "sources"]))
    other = page.locator('[name="kind_other"]')
    expect(other).to_be_hidden()
    page.locator('[name="kind"]').select_option("other")
    expect(other).to_be_visible()
