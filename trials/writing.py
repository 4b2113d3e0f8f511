"""Records written in browsers over the same road: what a page said was saved is on the server once, in any case."""

from __future__ import annotations

from pathlib import Path
from shutil import which
from typing import Any

from trials.deliveries import counted
from trials.faulty import faulty
from trials.served import served
from trials.told import Told

SMALL, GOAL = 2, 1000
DEVICES = 4
"""Each with a shelf of its own; on each an alert and an incident are open at once: two pages that send one shelf."""
PAGES = ("", "incident/")
WRITE = """async (count) => {
    const form = document.querySelector("form[data-offline]");
    const said = document.querySelector("[data-told]");
    const incident = form.dataset.offline === "incident";
    const choose = (name, value) => { form.querySelector(`[name=${name}][value=${value}]`).checked = true; };
    let told = "";
    // Each word is heard, also one that is followed at once by what the sending says.
    const hear = () => { if (["success", "warning"].includes(said.dataset.tone)) told = said.dataset.tone; };
    new MutationObserver(hear).observe(said, { attributes: true });
    globalThis.saved = 0;
    globalThis.ended = false;
    for (let record = 0; record < count; record++) {
        choose("types", "attack_school");
        if (incident) Object.assign(form.elements.title, { value: "École attaquée (inventé)" });
        if (incident) Object.assign(form.elements.occurred_on, { value: "2026-01-15" });
        if (!incident) choose("when", "yesterday");
        form.elements[incident ? "account_restricted" : "told"].value = "Récit inventé.";
        form.elements.region.value = "ML05";
        told = "";
        form.requestSubmit();
        while (!told) await new Promise((done) => setTimeout(done, 5));
        globalThis.saved += told === "success";
    }
    globalThis.ended = true;
}"""
SHELF = """async () => {
    const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    const shelf = await answer(indexedDB.open("sutura"));
    const rows = await answer(shelf.transaction("saved").objectStore("saved").getAll());
    shelf.close();
    return rows.map((row) => [row.id, row.state]);
}"""


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """`weaker`: the browser goes away before what it saved was sent."""
    from playwright.sync_api import sync_playwright

    from sutura.intake.models import Envelope
    from sutura.people import factors
    from sutura.people.models import Account
    from trials.day import SECRET

    factors.keep_app(Account.objects.get(username="awa"), SECRET)
    told, devices = Told(), min(DEVICES, cells)
    with served() as port, faulty(port, seed) as road, sync_playwright() as started:
        opened = devices_of(started, road.server_address[1], devices)
        saved = written(opened, cells)
        ids = {name for pages in opened for name, _state in pages[0].evaluate(SHELF)}
        while not weaker and sent_again(opened):
            opened[0][0].wait_for_timeout(500)
    kept = [str(name) for name in Envelope.objects.values_list("public_id", flat=True)]
    told.faults += [f"not saved: {saved} of {cells}"] * (saved != cells or len(ids) != cells)
    told.faults += [f"lost: {name}" for name in sorted(ids - set(kept))]
    told.faults += [f"doubled: {len(kept) - len(ids)}"] * (len(kept) > len(ids))
    told.faults += [f"two of one: {len(kept) - len(set(kept))}"] * (len(kept) != len(set(kept)))
    return counted(told, cells, road)


def written(opened: list[list[Any]], cells: int) -> int:
    """Write on all devices at once, sending meanwhile; how many a page said were saved."""
    pages = [page for device in opened for page in device]
    for number, page in enumerate(pages):
        count = cells // len(pages) + (number < cells % len(pages))
        page.evaluate(f"(count) => {{ ({WRITE})(count); }}", count)
    for page in pages:
        while not page.evaluate("globalThis.ended"):
            page.wait_for_timeout(200)
    return sum(page.evaluate("globalThis.saved") for page in pages)


def sent_again(opened: list[list[Any]]) -> bool:
    """Press the button wherever something waits; whether it does anywhere."""
    waits = [
        pages for pages in opened if any(state == "waiting" for _name, state in pages[0].evaluate(SHELF))
    ]
    for pages in waits:
        for page in pages:
            page.locator("button[data-send]").click()
    return bool(waits)


def devices_of(started: Any, port: int, count: int) -> list[list[Any]]:
    """Pages of each device, all in one browser; Awa came in by the door once, and each device holds her visit."""
    import time

    from allauth.mfa.totp.internal import auth as totp

    from trials.day import SECRET
    from trials.doors import PASSWORD

    chromium = which("chromium") or which("chromium-browser")
    browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    first = browser.new_context(locale="fr-FR")
    door = first.new_page()
    door.goto(f"http://127.0.0.1:{port}/")
    door.locator("[name=username]").fill("awa")
    door.locator("[name=password]").fill(PASSWORD)
    door.locator("main button").first.click()
    door.locator("[name=code]").fill(totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30)))
    door.locator("main button").first.click()
    door.wait_for_load_state()
    visit = first.storage_state()
    devices = [browser.new_context(locale="fr-FR", storage_state=visit) for _device in range(count)]
    opened = [[device.new_page() for _page in PAGES] for device in devices]
    for pages in opened:
        for page, address in zip(pages, PAGES, strict=True):
            page.goto(f"http://127.0.0.1:{port}/intake/offline/{address}")
            page.locator("form[data-offline] fieldset:not([disabled])").first.wait_for()
    return opened
