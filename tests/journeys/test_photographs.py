"""The main pages as people see them, full of invented life: French, at phone and laptop width, no fault of access."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from sutura.config import demo, registers
from sutura.incidents.models import Incident, Violation
from sutura.people.services import machine
from sutura.reporting.models import Edition
from sutura.verification.models import Sitting
from tests.journeys.walking import LAPTOP, PHONE, Walker


@pytest.fixture
def poured(transactional_db: None) -> None:
    """The whole demonstration."""
    registers.load()
    demo.load(by=machine("demo"))


def pages() -> Iterator[tuple[str, str, str]]:
    """Who opens which page, and the name of its photograph."""
    first, second = Edition.objects.filter(number=2).get(), Edition.objects.order_by("id")[1]
    richest = Violation.objects.filter(region="ML05", status="verified", victim_links__isnull=False)
    incident = richest.filter(opinions__level="technical").order_by("pk").first()
    assert incident is not None
    held = Sitting.objects.closed().first()
    assert held is not None
    compare = reverse("reporting:compare")
    yield "seydou", "/", "home"
    yield "kadidia", reverse("ui:gallery"), "gallery"
    yield "binta", reverse("incidents:list"), "incidents"
    yield "binta", reverse("incidents:detail", args=[incident.incident.public_id]), "incident"
    yield "binta", reverse("alerts:inbox"), "inbox"
    yield "moussa", reverse("verification:bench"), "bench"
    yield "moussa", reverse("verification:violation", args=[incident.public_id]), "violation"
    yield "seydou", reverse("verification:sitting", args=[held.public_id]), "sitting"
    yield "seydou", reverse("reporting:edition", args=[first.public_id]), "note"
    yield "kadidia", reverse("reporting:notes"), "notes"
    asked = f"product=ghn&period={first.period}&before={second.public_id}&after={first.public_id}"
    yield "kadidia", f"{compare}?{asked}", "compare"
    yield "kadidia", reverse("reporting:trends"), "trends"
    yield "kadidia", reverse("alerts:coverage"), "coverage"


def test_the_main_pages_are_photographed_at_two_widths(
    browser: Browser, live_server: Any, poured: None, album: Path
) -> None:
    assert Incident.objects.count() > 400
    for viewport, size in ((PHONE, "phone"), (LAPTOP, "laptop")):
        walkers: dict[str, Walker] = {}
        for name, address, picture in pages():
            walker = walkers.get(name) or Walker(browser, live_server.url, name, viewport)
            walkers[name] = walker
            assert (address, walker.go(address)) == (address, 200)
            assert walker.misses("Démonstration") == []
            walker.look(album / f"{picture}-{size}.png")
            assert (album / f"{picture}-{size}.png").stat().st_size > 20_000
        for walker in walkers.values():
            walker.close()
