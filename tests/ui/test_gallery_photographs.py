"""The pages as people see them: photographs at phone and laptop width, no fault found by axe, weighed on the wire."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where photographs go: `SUTURA_PHOTOGRAPHS`, or a folder of this run."""
    folder = Path(os.environ.get("SUTURA_PHOTOGRAPHS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def signed_in(page: Page, live_server: Any, secretary: Any, settings: Any) -> Iterator[Page]:
    """A browser in which the secretary is signed in, the menu full; every console error fails the test."""
    settings.ROOT_URLCONF = "tests.ui.urls_menu"
    settings.SUTURA_DEMO = True
    client = Client()
    client.force_login(secretary)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    yield page
    assert [text for text in told if "404 (Not Found)" not in text] == []


def faults(page: Page) -> list[str]:
    """What axe finds wrong, as `rule: where`."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "width", "height"), [("phone", 360, 740), ("laptop", 1280, 800)])
def test_the_gallery_is_without_fault_and_photographed(
    signed_in: Page, live_server: Any, album: Path, name: str, width: int, height: int, scheme: str
) -> None:
    page = signed_in
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(live_server.url + "/gallery/")
    picture = album / f"gallery-{name}-{scheme}.png"
    page.screenshot(path=picture, full_page=True)
    assert picture.stat().st_size > 50_000
    assert faults(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide == width, "the page scrolls sideways"


@pytest.mark.parametrize(("name", "width"), [("phone", 360), ("laptop", 1280)])
def test_the_error_page_and_the_confirmation_are_without_fault(
    signed_in: Page, live_server: Any, album: Path, name: str, width: int
) -> None:
    signed_in.set_viewport_size({"width": width, "height": 740})
    for address, picture in (("/nothing/", "missing"), ("/gallery/confirm/", "confirm")):
        signed_in.goto(live_server.url + address)
        signed_in.screenshot(path=album / f"{picture}-{name}.png")
        assert faults(signed_in) == []


def test_high_contrast_and_paper_are_photographed(signed_in: Page, live_server: Any, album: Path) -> None:
    page = signed_in
    page.emulate_media(contrast="more")
    page.goto(live_server.url + "/gallery/")
    page.screenshot(path=album / "gallery-contrast.png", full_page=True)
    assert faults(page) == []
    page.emulate_media(media="print", contrast="no-preference")
    for what in ("nav.verbs", ".account", ".filters", ".pager", ".actions"):
        assert not page.locator(what).first.is_visible(), what
    page.pdf(path=album / "gallery.pdf", format="A4")


def test_the_first_visit_and_the_next_page_are_light(signed_in: Page, live_server: Any) -> None:
    answers: list[Response] = []
    signed_in.on("response", lambda answer: answers.append(answer))
    signed_in.goto(live_server.url + "/gallery/confirm/")
    signed_in.wait_for_load_state("networkidle")
    first = [len(gzip.compress(answer.body())) for answer in answers]
    assert 4 <= len(first) <= 8
    assert sum(first) <= 30_000
    page_alone = len(gzip.compress(signed_in.content().encode()))
    assert page_alone <= 4_000


def test_the_keyboard_reaches_the_content_first_and_every_stop_is_seen(
    signed_in: Page, live_server: Any
) -> None:
    page = signed_in
    page.goto(live_server.url + "/gallery/confirm/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(live_server.url + "/gallery/confirm/")
    stops = []
    for _stop in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.innerText.trim()")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops.append(name)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", name
    assert stops == [
        "Aller au contenu", "Sutura", "Surveiller", "Rendre compte", "Secretary",
        "Alertes", "Incidents", "Vérification", "Tendances", "Annuler la fiche", "Ne rien changer",
    ]  # fmt: skip


def test_totals_are_added_while_typing(signed_in: Page, live_server: Any) -> None:
    signed_in.goto(live_server.url + "/gallery/")
    line = signed_in.locator(".total-line")
    assert line.inner_text().split() == ["Somme", ":", "6", "sur", "7"]
    assert line.get_attribute("data-wrong") == ""
    signed_in.fill("#id_girls", "3")
    assert line.inner_text().split() == ["Somme", ":", "7", "sur", "7"]
    assert line.get_attribute("data-wrong") is None
    signed_in.on("dialog", lambda dialog: dialog.accept())


def test_a_dialog_opens_from_its_page_closes_by_escape_and_gives_the_focus_back(
    signed_in: Page, live_server: Any, album: Path
) -> None:
    page = signed_in
    page.goto(live_server.url + "/gallery/")
    page.click("a[data-dialog]")
    page.locator("dialog[open] button.button-primary").wait_for()
    page.screenshot(path=album / "dialog.png")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.hasAttribute('data-dialog')")


def test_a_step_saves_itself_and_says_when(signed_in: Page, live_server: Any) -> None:
    page = signed_in
    page.goto(live_server.url + "/step/")
    page.fill("#words", "deux filles")
    page.locator("#words").blur()
    page.get_by_text("Enregistré à").wait_for()


def test_what_was_not_kept_is_said_and_guarded(page: Page, live_server: Any, signed_in: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(live_server.url + "/gallery/")
    page.click("#id_account")
    page.keyboard.type("Trois")
    page.goto(live_server.url + "/gallery/confirm/")
    assert asked == ["beforeunload"]


def test_htmx_works_under_the_content_policy(signed_in: Page, live_server: Any) -> None:
    signed_in.goto(live_server.url + "/step/")
    signed_in.click("text=Load")
    signed_in.locator("#now b").wait_for()
    assert signed_in.locator("#now").inner_html() == "<b>fragment</b>"


def test_without_scripts_the_page_is_whole(browser: Any, live_server: Any, secretary: Any) -> None:
    client = Client()
    client.force_login(secretary)
    context = browser.new_context(java_script_enabled=False)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(live_server.url + "/gallery/")
    page.click("a[data-dialog]")
    assert page.url.endswith("/gallery/confirm/")
    page.click("details.account summary")
    page.click("text=English")
    assert page.locator("h1").inner_text() == "Void this record"
    context.close()
