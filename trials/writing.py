"""Records written in a browser over the same road: what the page said was saved is on the server once, in any case."""

from __future__ import annotations

import random
from pathlib import Path
from shutil import which
from typing import Any

from trials.deliveries import counted
from trials.faulty import faulty
from trials.served import served
from trials.told import Told

SMALL, GOAL = 2, 1000
PAGES = 2
"""Open at once in one browser: two that send the same shelf."""
WRITE = """async () => {
    const form = document.querySelector("form[data-offline]");
    const said = document.querySelector("[data-told]");
    const choose = (name, value) => { form.querySelector(`[name=${name}][value=${value}]`).checked = true; };
    choose("types", "attack_school");
    choose("when", "yesterday");
    form.elements.told.value = "Récit inventé.";
    form.elements.region.value = "ML05";
    said.textContent = "";
    form.requestSubmit();
    while (!said.textContent) await new Promise((done) => setTimeout(done, 5));
    return said.dataset.tone;
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
    told, chance = Told(), random.Random(seed)
    with served() as port, faulty(port, seed) as road, sync_playwright() as started:
        pages, saved = opened(started, road.server_address[1]), 0
        for _record in range(cells):
            saved += chance.choice(pages).evaluate(WRITE) == "success"
        ids = {name for name, _state in pages[0].evaluate(SHELF)}
        road.open = weaker
        while not weaker and any(state == "waiting" for _name, state in pages[0].evaluate(SHELF)):
            pages[0].locator("button[data-send]").click()
            pages[0].wait_for_timeout(200)
    kept = [str(name) for name in Envelope.objects.values_list("public_id", flat=True)]
    told.faults += [f"not saved: {saved} of {cells}"] * (saved != cells or len(ids) != cells)
    told.faults += [f"lost: {name}" for name in sorted(ids - set(kept))]
    told.faults += [f"doubled: {len(kept) - len(set(kept))}"] * (len(kept) != len(set(kept)))
    return counted(told, cells, road)


def opened(started: Any, port: int) -> list[Any]:
    """Pages of one browser, in which Awa came in by the door."""
    import time

    from allauth.mfa.totp.internal import auth as totp

    from trials.day import SECRET
    from trials.doors import PASSWORD

    chromium = which("chromium") or which("chromium-browser")
    context = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_context(
        locale="fr-FR"
    )
    pages = [context.new_page() for _page in range(PAGES)]
    door = pages[0]
    door.goto(f"http://127.0.0.1:{port}/")
    door.locator("[name=username]").fill("awa")
    door.locator("[name=password]").fill(PASSWORD)
    door.locator("main button").first.click()
    door.locator("[name=code]").fill(totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30)))
    door.locator("main button").first.click()
    door.wait_for_load_state()
    for page in pages:
        page.goto(f"http://127.0.0.1:{port}/intake/offline/")
        page.locator("form[data-offline] fieldset:not([disabled])").first.wait_for()
    return pages
