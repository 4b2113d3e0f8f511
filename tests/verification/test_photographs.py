"""The bench, a judgement and a sitting as people see them: photographed, no fault found by axe, decided by keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from sutura.incidents.models import Violation
from sutura.people.models import Account
from sutura.verification.models import Sitting
from sutura.verification.services import convene_sitting, decide, put_on_agenda

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Make = Callable[..., Violation]
SIZES = (("phone", 360, 740), ("laptop", 1280, 800))


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where photographs go: `SUTURA_PHOTOGRAPHS`, or a folder of this run."""
    folder = Path(os.environ.get("SUTURA_PHOTOGRAPHS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def enter(page: Page, live_server: Any, settings: Any) -> Iterator[Callable[[Account], Page]]:
    """A browser in which an account is signed in; every console error fails the test."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))

    def entered(account: Account) -> Page:
        client = Client()
        client.force_login(account)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return page

    yield entered
    assert told == []


def faults(page: Page) -> list[str]:
    """What axe finds wrong, as `rule: where`."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


def photographed(page: Page, address: str, album: Path, name: str) -> list[str]:
    """Faults of a page and overflows of a narrow one, with a photograph at each size."""
    wrong = []
    for size, width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        page.screenshot(path=album / f"{name}-{size}.png", full_page=True)
        wrong += [f"{size} {fault}" for fault in faults(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{size}: wider than the screen")
    return wrong


@pytest.fixture
def sitting(before_ctfmr: Make, secretary: Account, happened: Any) -> Sitting:
    """A sitting with two items."""
    made = convene_sitting(
        held_on=happened + timedelta(days=5), by=secretary, venue="Bamako", attendance="UNICEF\nOCHA\nHCDH"
    )
    put_on_agenda(sitting=made, violations=[before_ctfmr(), before_ctfmr(type="killing")], by=secretary)
    return made


def test_pages_are_without_fault_and_photographed(
    enter: Callable[[Account], Page],
    live_server: Any,
    album: Path,
    before_ctfmr: Make,
    document: Make,
    sitting: Sitting,
    chair: Account,
    secretary: Account,
) -> None:
    violation = before_ctfmr()
    document(sources=(), type="recruitment_use")
    page = enter(chair)
    wrong = photographed(page, f"{live_server.url}/verification/", album, "bench")
    address = reverse("verification:violation", args=[violation.public_id])
    wrong += photographed(page, live_server.url + address, album, "judgement")
    wrong += photographed(page, live_server.url + sitting.get_absolute_url(), album, "sitting")
    minutes = reverse("verification:minutes", args=[sitting.public_id])
    wrong += photographed(page, live_server.url + minutes, album, "minutes")
    page = enter(secretary)
    for name in ("sittings", "sitting_new"):
        wrong += photographed(page, live_server.url + reverse(f"verification:{name}"), album, name)
    for name in ("agenda", "sitting_edit", "sitting_close"):
        address = reverse(f"verification:{name}", args=[sitting.public_id])
        wrong += photographed(page, live_server.url + address, album, name)
    assert wrong == []


def test_a_list_is_decided_by_keyboard_in_place(
    enter: Callable[[Account], Page], live_server: Any, sitting: Sitting, chair: Account
) -> None:
    page = enter(chair)
    page.goto(live_server.url + sitting.get_absolute_url())
    first = sitting.items.order_by("id")[0]
    address = page.url
    page.locator(f"#id_i{first.pk}-status_0").focus()
    page.keyboard.press("Space")
    page.locator(f"#id_i{first.pk}-reason").focus()
    page.keyboard.type("Unanimité.")
    page.locator(f"#item-{first.public_id} form .button-primary").first.focus()
    page.keyboard.press("Enter")
    page.locator(f"#item-{first.public_id}").get_by_text("Décidé dans cette séance").wait_for()
    assert page.url == address
    assert page.evaluate("document.activeElement.id") == f"item-{first.public_id}"
    first.refresh_from_db()
    assert first.opinion.status == "verified"
    second = sitting.items.order_by("id")[1]
    page.locator(f"#item-{second.public_id} form .button-primary").first.click()
    page.locator(f"#item-{second.public_id} .errors").wait_for()
    second.refresh_from_db()
    assert second.opinion is None


@pytest.fixture
def scriptless(browser: Any) -> Iterator[Page]:
    """A browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    yield context.new_page()
    context.close()


def test_a_list_is_decided_without_scripts(
    scriptless: Page, live_server: Any, settings: Any, sitting: Sitting, chair: Account
) -> None:
    client = Client()
    client.force_login(chair)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = scriptless
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.goto(live_server.url + sitting.get_absolute_url())
    first = sitting.items.order_by("id")[0]
    page.locator(f"#id_i{first.pk}-status_1").check()
    page.locator(f"#id_i{first.pk}-reason").fill("Récits divergents.")
    page.locator(f"#item-{first.public_id} form .button-primary").first.click()
    page.get_by_text("décision enregistrée").wait_for()
    first.refresh_from_db()
    assert first.opinion.status == "could_not_verify"


def test_home_search_and_log(
    enter: Callable[[Account], Page],
    live_server: Any,
    album: Path,
    before_ctfmr: Make,
    sitting: Sitting,
    chair: Account,
) -> None:
    violation = before_ctfmr()
    decide(
        violation=violation, status="not_mrm", given_on=timezone.localdate(), reason="Hors conflit.", by=chair
    )
    page = enter(chair)
    wrong = photographed(page, f"{live_server.url}/", album, "home")
    wrong += photographed(page, f"{live_server.url}/search/?q=INC-", album, "search")
    wrong += photographed(page, f"{live_server.url}/audit/", album, "log")
    assert wrong == []
