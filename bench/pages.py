"""What a phone pays: bytes and requests of a first visit and of later pages, and the first row on a slow network."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench import bundles, server, stage
from bench.measure import Result, Side, Skip
from sutura.config.language import say

FIRST_KB, REQUESTS, LATER_KB, SECONDS = 50.0, 8, 20.0, 2.5
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER_CPU = 4
INCIDENTS = 160  # several pages of the list
PHONE = {"width": 360, "height": 740}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
ROW = "main table tbody tr"
PAINTED = """() => new Promise(done => new PerformanceObserver(
    seen => seen.getEntriesByName("first-contentful-paint").forEach(one => done(one.startTime))
).observe({type: "paint", buffered: true}))"""


def run(folder: Path, small: bool) -> list[Result]:
    """Chromium asks the product's own server; CDP counts what crosses the wire."""
    chromium = (
        os.environ.get("SUTURA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if chromium is None:
        raise Skip(say("chromium is not installed", "chromium n’est pas installé"))
    database = stage.copy_of_empty(folder, "pages")
    stage.start(folder, database)
    from django.db import connections

    from sutura.incidents.services import open_incidents
    from sutura.people.services import machine

    place = bundles.a_place()
    written = [bundles.three_and_five(place, number) for number in range(INCIDENTS)]
    open_incidents(bundles=written, by=machine("bench"))
    cookie = server.session("three")

    connections.close_all()
    with (
        server.serving(folder, database) as running,
        sync_playwright() as playwright,
        opened(playwright, chromium) as browser,
    ):
        address = running.address
        first = [cold(browser, address, path, cookie) for path in ("/sign-in/", "/", "/incidents/")]
        later = warm(browser, address, cookie)
        seconds = statistics.median(slowly(browser, address, cookie) for _round in range(2 if small else 5))
    return told(first, later, seconds)


def told(first: list[Weight], later: list[Weight], seconds: float) -> list[Result]:
    """The four promises; of several pages the heaviest counts."""
    heaviest, busiest = max(first, key=lambda one: one.bytes), max(first, key=lambda one: one.requests)
    fattest = max(later, key=lambda one: one.bytes)
    limit = say("limit", "limite")

    def result(what: str, value: float, unit: str, allowed: float, where: str) -> Result:
        return Result(
            "pages", what, Side(where, value, unit), Side(limit, allowed, unit), value / allowed, 1.0
        )

    return [
        result(say("first visit", "première visite"), heaviest.bytes / 1000, "kB", FIRST_KB, heaviest.path),
        result(say("its requests", "ses requêtes"), busiest.requests, "", REQUESTS, busiest.path),
        result(
            say(f"later pages ({len(later)} looked at)", f"pages suivantes ({len(later)} vues)"),
            fattest.bytes / 1000, "kB", LATER_KB, fattest.path,
        ),
        result(
            say("first incident row, slow 3G, CPU/4", "première ligne d’incident, 3G lente, CPU/4"),
            seconds, "s", SECONDS, "/incidents/",
        ),
    ]  # fmt: skip


class Weight:
    """What one page took: bytes on the wire and requests which left the browser."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.bytes = 0.0
        self.requests = 0
        self.local: set[str] = set()

    def sent(self, event: dict[str, Any]) -> None:
        """A request begins; one for data inside the page does not leave."""
        if event["request"]["url"].startswith("http"):
            self.requests += 1
        else:
            self.local.add(event["requestId"])

    def kept(self, _event: dict[str, Any]) -> None:
        """It was answered from the browser's own memory."""
        self.requests -= 1

    def received(self, event: dict[str, Any]) -> None:
        """A request ends, with its headers."""
        if event["requestId"] not in self.local:
            self.bytes += event["encodedDataLength"]


@contextmanager
def opened(playwright: Any, chromium: str) -> Iterator[Browser]:
    """The system's Chromium."""
    browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS, headless=True)
    try:
        yield browser
    finally:
        browser.close()


def visitor(browser: Browser, address: str, cookie: str) -> BrowserContext:
    """Somebody signed in, who was never here with this browser."""
    context = browser.new_context(locale="fr-FR", viewport=PHONE)  # type: ignore[arg-type]
    name, _equals, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": address}])
    return context


def weigh(page: Page, url: str, path: str) -> Weight:
    """Go to a page and add up what it takes."""
    weight = Weight(path)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", weight.sent)
    wire.on("Network.requestServedFromCache", weight.kept)
    wire.on("Network.loadingFinished", weight.received)
    answer = page.goto(url, wait_until="networkidle")
    assert answer is not None, path
    assert answer.ok, f"{path}: {answer.status}"
    wire.detach()
    return weight


def cold(browser: Browser, address: str, path: str, cookie: str) -> Weight:
    """A first visit."""
    context = visitor(browser, address, "none=none" if path == "/sign-in/" else cookie)
    weight = weigh(context.new_page(), address + path, path)
    context.close()
    return weight


def warm(browser: Browser, address: str, cookie: str) -> list[Weight]:
    """Later pages: each section of the menu, the next page of the list, one incident."""
    context = visitor(browser, address, cookie)
    page = context.new_page()
    page.goto(f"{address}/incidents/", wait_until="networkidle")
    links = page.eval_on_selector_all(
        "header a[href^='/']", "found => found.map(one => one.getAttribute('href'))"
    )
    row = page.get_attribute(f"{ROW} a", "href")
    older = page.get_attribute("nav.pager a[rel=next]", "href")
    paths = [*dict.fromkeys(links), f"/incidents/{older}", f"/incidents/{row}"]
    found = [weigh(page, address + path, path) for path in paths]
    context.close()
    return found


def slowly(browser: Browser, address: str, cookie: str) -> float:
    """Seconds until the first incident is seen, never here before, on a slow network with a slow processor."""
    context = visitor(browser, address, cookie)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    started = time.perf_counter()
    page.goto(f"{address}/incidents/", wait_until="commit")
    page.locator(ROW).first.wait_for(state="visible", timeout=60_000)
    seconds = time.perf_counter() - started
    # A row may stand in the page before the style lets anything be painted.
    painted = page.evaluate(PAINTED)
    context.close()
    return max(seconds, painted / 1000)
