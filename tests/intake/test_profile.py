"""The profile of a browser after an alert and an incident: saved, refused by a full disk, left as a draft, killed,
sent, signed out. No word of them stands on the disk, and what was put there in clear is found.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Playwright

from sutura.intake.models import Envelope
from sutura.people.models import Account
from tests.intake.disks import found, killed, no_room, told_of_a_full_disk

MARK, DAY = "canari-7q", "2025-02-17"
"""Each text that is typed begins with one; each day is the other."""
SHORT, LONG = "Témoin court en clair", "Témoin long en clair"
TYPE = """([mark, day]) => {
    const form = document.querySelector("form[data-offline]");
    if (form.dataset.offline === "incident") {
        document.querySelectorAll("[data-rows] .buttons:last-child button").forEach((button) => button.click());
    }
    const answered = new Set();
    for (const field of form.querySelectorAll("input, textarea, select")) {
        const only = ["radio", "checkbox"].includes(field.type);
        if (field.type === "hidden" || (only && answered.has(field.name))) continue;
        answered.add(field.name);
        if (only) field.checked = true;
        else if (field.name === "region") field.value = "ML05";
        else if (field.matches("select")) field.selectedIndex = field.options.length - 1;
        else if (field.type === "date") field.value = day;
        else if (field.type === "number") field.value = field.name.endsWith("age") ? 13 : 7;
        else field.value = `${mark}-${field.name}`;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return [...new FormData(form)].filter(([, value]) => value);
}"""
PLANT = """async (words) => {
    const done = (asked) => new Promise((told) => { asked.onsuccess = asked.oncomplete = () => told(asked.result); });
    const asked = indexedDB.open("clear");
    asked.onupgradeneeded = () => asked.result.createObjectStore("saved", { autoIncrement: true });
    const shelf = await done(asked);
    for (const told of words) {
        const change = shelf.transaction("saved", "readwrite", { durability: "strict" });
        change.objectStore("saved").add({ told });
        await done(change);
    }
    shelf.close();
}"""


def test_no_word_of_an_alert_or_an_incident_stands_on_the_disk(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], live_server: Any, registers: None,
    awa: Account, tmp_path: Path,
) -> None:  # fmt: skip
    home = tmp_path / "profile"
    alert, incident = (
        live_server.url + reverse(f"intake:{name}") for name in ("offline", "offline_incident")
    )
    program = told_of_a_full_disk(browser_type_launch_args["executable_path"], tmp_path)
    arguments = {**browser_type_launch_args, "executable_path": str(program)}
    context = started(playwright, arguments, home)
    signed_in(context, live_server.url, awa)
    page, other = context.pages[0], context.new_page()
    for each, address in ((other, alert), (page, incident)):
        each.goto(address)
        each.get_by_text("Cette page est prête").wait_for()
    page.evaluate(PLANT, [SHORT, "ligne " * 4000 + LONG + " ligne" * 4000])
    context.set_offline(True)
    words = [*kept(page), *kept(other)]
    assert {f'"{name}":["{MARK}-{name}"' for name in ("title", "account_restricted", "told")} <= set(words)
    words += typed(page)
    with no_room(home):
        page.get_by_role("button", name="Enregistrer sur cet appareil").click()
        page.get_by_text("Non enregistré : l’appareil n’a plus de place").wait_for()
        assert page.get_by_label("Titre").input_value() == f"{MARK}-title"
    page.get_by_role("button", name="Enregistrer sur cet appareil").click()
    page.get_by_text("Enregistré sur cet appareil et scellé").wait_for()
    words += typed(page)
    assert page.get_by_label("Titre").input_value() == f"{MARK}-title"
    other.get_by_label("En quelques mots").press_sequentially(f"{MARK}-brouillon")
    killed(home)
    assert (told(home, words), len(words) > 40) == ({SHORT, LONG}, True)

    context = started(playwright, browser_type_launch_args, home)
    signed_in(context, live_server.url, awa)
    page = context.pages[0]
    page.goto(incident)
    page.get_by_text("Reçue par le serveur").nth(2).wait_for()
    told_of = sorted(Envelope.objects.values_list("form", "region"))
    assert told_of == [("alert", "ML05"), ("incident", "ML05"), ("incident", "ML05")]
    page.goto(live_server.url)
    page.locator(".account summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_label("Mot de passe").wait_for()
    context.close()
    assert told(home, words) == {SHORT, LONG}


def told(home: Path, words: list[str]) -> set[str]:
    """What can be read on the disk of these words, and of those that were put there in clear."""
    lines = found(home, {MARK, DAY, *words, SHORT, LONG})
    return {line.partition(": ")[2] for line in lines}


def started(playwright: Playwright, arguments: dict[str, Any], home: Path) -> BrowserContext:
    """A browser with this profile."""
    return playwright.chromium.launch_persistent_context(
        str(home), locale="fr-FR", timezone_id="Africa/Bamako", **arguments
    )


def signed_in(context: BrowserContext, url: str, account: Account) -> None:
    """Give a browser what the door gives."""
    client = Client()
    client.force_login(account)
    context.add_cookies(
        [{"name": name, "value": one.value, "url": url} for name, one in client.cookies.items()]
    )


def typed(page: Page) -> list[str]:
    """Answer every question of a form; each answer as the record tells it before it is sealed."""
    return [f'"{name}":["{value}"' for name, value in page.evaluate(TYPE, [MARK, DAY])]


def kept(page: Page) -> list[str]:
    """The same, saved on the device."""
    words = typed(page)
    page.get_by_role("button", name="Enregistrer sur cet appareil").click()
    page.get_by_text("Enregistré sur cet appareil et scellé").wait_for()
    return words


@pytest.mark.once
def test_a_word_that_a_log_cuts_in_two_is_found(tmp_path: Path) -> None:
    before = b"." * 32_758
    pieces = ((1, before + b"cut"), (4, b"-in-two"))
    raw = b"".join(bytes(4) + len(text).to_bytes(2, "little") + bytes([kind]) + text for kind, text in pieces)
    (tmp_path / "000003.log").write_bytes(raw)
    assert found(tmp_path, ["cut-in-two", "cut-in-three"]) == ["000003.log: cut-in-two"]
