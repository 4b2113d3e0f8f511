"""A person at a screen: she signs in at the door, walks from page to page, and every page is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from sutura.people.models import Account
from tests.people import come_in, open_vault

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}


class Walker:
    """One person in a browser of her own; without a name she stays at the door."""

    def __init__(self, browser: Browser, url: str, name: str, viewport: dict[str, int] = LAPTOP) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            locale="fr-FR",
            timezone_id="Africa/Bamako",
            accept_downloads=True,
        )
        self.page: Page = self.context.new_page()
        self.url = url
        self.width = viewport["width"]
        self.told: list[str] = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.told.append(str(error)))
        if name:
            self.sign_in(name)

    def hear(self, said: ConsoleMessage) -> None:
        """Remember what the console calls an error, and where."""
        if said.type == "error":
            self.told.append(
                f"{said.text[:120]} {said.location.get('url')}:{said.location.get('lineNumber')}"
            )

    def sign_in(self, name: str) -> None:
        """Through the door, as everybody."""
        self.page.goto(self.url)
        self.page.get_by_label("Nom de compte").fill(name)
        self.page.get_by_label("Mot de passe").fill(settings.SUTURA_DEMO_PASSWORD)
        self.press("Se connecter")
        self.page.get_by_role("heading", name="Mon travail").wait_for()

    def come_in(self, account: Account) -> None:
        """As whoever has come in by the door: walking through it is told in `test_sign_in`, and takes a second."""
        bring_in(self.context, self.url, account)
        self.page.goto(self.url)

    def go(self, address: str, *arguments: Any) -> int:
        """Open a page of Sutura; its status."""
        answer = self.page.goto(self.url + (reverse(address, args=arguments) if ":" in address else address))
        assert answer is not None
        return answer.status

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str, *, exact: bool = True) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()

    def heading(self) -> str:
        """What the page is about."""
        return self.page.locator("h1").inner_text()

    def sees(self, *words: str) -> bool:
        """Whether the page shows all of these words."""
        return self.misses(*words) == []

    def misses(self, *words: str) -> list[str]:
        """Those of the words which the page does not show."""
        shown = " ".join(self.page.locator("body").inner_text().split())
        return [word for word in words if word not in shown]

    def look(self, picture: Path | None = None) -> None:
        """No fault of access, nothing wider than the screen, no error of a script; keep a photograph."""
        found = Axe().run(self.page).response["violations"]
        faults = [
            (fault["id"], node["target"], node["html"][:120]) for fault in found for node in fault["nodes"]
        ]
        assert (self.page.url, faults) == (self.page.url, [])
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert (self.page.url, wide) == (self.page.url, self.width)
        # The console notes answers that refuse; those are no errors.
        errors = [text for text in self.told if "Failed to load resource" not in text]
        assert (self.page.url, errors) == (self.page.url, [])
        if picture is not None:
            # Hiding the caret would leave an empty style on every field, which the content policy refuses.
            self.page.screenshot(path=picture, full_page=True, caret="initial")

    def close(self) -> None:
        """Leave."""
        self.context.close()


def bring_in(context: BrowserContext, url: str, account: Account) -> None:
    """Give a browser what the door gives."""
    client = Client()
    client.force_login(account)
    come_in(client)
    open_vault(client, account, settings.SUTURA_DEMO_PASSWORD)
    held = ((name, kept.value) for name, kept in client.cookies.items())
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in held])
