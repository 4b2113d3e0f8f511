"""The report pages at phone and laptop width: no fault found by axe, nothing wider than the screen, light to load."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from sutura.people.models import Account
from sutura.reporting import services
from tests.ui.test_gallery_photographs import album  # noqa: F401 - a fixture used by name

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER_PAGE = 20_000


@pytest.mark.parametrize(("name", "width", "height"), [("phone", 360, 740), ("laptop", 1280, 800)])
def test_the_pages_are_without_fault_and_photographed(
    page: Page,
    live_server: Any,
    told: dict[str, Any],
    secretary: Account,
    album: Path,  # noqa: F811
    settings: Any,
    name: str,
    width: int,
    height: int,
) -> None:
    edition = services.freeze(product="ghn", period="2025-Q1", by=secretary)
    client = Client()
    client.force_login(secretary)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.set_viewport_size({"width": width, "height": height})
    addresses = {
        "notes": "/reporting/notes/",
        "note": "/reporting/notes/2025-Q1/",
        "edition": f"/reporting/editions/{edition.public_id}/",
        "compare": f"/reporting/compare/?product=ghn&period=2025-Q1&before={edition.public_id}",
        "records": "/reporting/records/?product=ghn&period=2025-Q1&figure=verified/totals/violations",
        "figures": "/reporting/figures/",
        "trends": "/reporting/trends/?years=5&axis=region",
        "published": "/reporting/published/",
        "freeze": "/reporting/freeze/ghn/2025-Q1/",
    }
    for what, address in addresses.items():
        page.goto(live_server.url + address)
        page.screenshot(path=str(album / f"report-{what}-{name}.png"), full_page=True)
        faults = Axe().run(page).response["violations"]
        assert [(what, one["id"], one["nodes"][0]["target"]) for one in faults] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, what
        assert len(gzip.compress(client.get(address).content)) <= LATER_PAGE, what
