"""The alert form on a phone 360 pixels wide, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from sutura.alerts.models import Alert
from sutura.people.models import Account
from sutura.places.resolver import Register
from tests.people import cast
from tests.registers import load_places as load_register

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def open_page(transactional_db: None, live_server: Any, browser: Any) -> Iterator[Callable[..., Any]]:
    """A page of the live server, signed in, on a phone."""
    opened = []

    def opening(
        account: Account, path: str, *, scripts: bool = True, viewport: dict[str, int] | None = None
    ) -> Any:
        client = Client()
        client.force_login(account)
        context = browser.new_context(viewport=viewport or PHONE, java_script_enabled=scripts, locale="fr-FR")
        opened.append(context)
        name = configured.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield opening
    for context in opened:
        context.close()


@pytest.fixture
def sender(transactional_db: None) -> Account:
    """A partner of Mopti, with the register of places loaded."""
    from sutura.people.services import machine

    load_register(by=machine("tests"))
    assert Register.current().units
    return cast("partner", "alert_partner", regions=("ML05",))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_alert_is_sent_from_a_phone_in_a_dozen_gestures(
    scripts: bool, open_page: Callable[..., Any], sender: Account
) -> None:
    page = open_page(sender, reverse("alerts:new"), scripts=scripts)
    page.get_by_label("Meurtre").check()
    page.get_by_label("En quelques mots").fill("Deux enfants près du puits.")
    page.get_by_label("Hier").check()
    page.get_by_label("Commune ou village").fill("Mopti / Sio")
    page.get_by_label("Garçons").fill("2")
    page.get_by_role("button", name="Envoyer l’alerte").click()
    alert = Alert.objects.get()
    assert page.get_by_text(alert.ref).first.is_visible()
    assert (alert.place.code, alert.boys, alert.types) == ("ML050613", 2, ("killing",))


def test_the_form_fits_the_phone_has_large_targets_and_no_fault_of_access(
    open_page: Callable[..., Any], sender: Account
) -> None:
    page = open_page(sender, reverse("alerts:new"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    heights = page.evaluate(
        "[...document.querySelectorAll('form.form .choice, form.form select, form.form .button')]"
        ".map(e => Math.round(e.getBoundingClientRect().height)).filter(h => h > 0)"
    )
    assert min(heights) >= 40
    page.get_by_role("button", name="Envoyer l’alerte").click()
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
