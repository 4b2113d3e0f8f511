"""What need-to-know costs a reader: one file opened with its reason, and a page of rows held to a region."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import bundles, stage
from bench.measure import Result, Side
from sutura.config.language import say

OPENED, PAGE = 0.020, 1.3
ROWS = 50


def run(folder: Path, small: bool) -> list[Result]:
    """A file of three violations and five children revealed; a page of 50 rows, of a region and of everything."""
    times = 5 if small else 40
    os.environ["SUTURA_STATIC"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    stage.start(folder, stage.copy_of_empty(folder, "opening"))
    from sutura.incidents.services import open_incidents
    from sutura.vault import services as vault

    awa, place = stage.account("awa"), bundles.a_place()
    open_incidents(bundles=[bundles.three_and_five(place, number) for number in range(2 * ROWS)], by=awa)
    private = vault.begin(by=awa, password=stage.PASSWORD)
    assert private is not None
    took = statistics.median(revealed(private) for _round in range(times + 1))
    ours = Side(say("opening", "ouverture"), took * 1000, "ms")
    limit = Side(say("twenty milliseconds", "vingt millisecondes"), OPENED * 1000, "ms")
    what = say(
        "a sealed file opened for a reason, on record", "un dossier scellé ouvert avec son motif, consigné"
    )
    return [Result("reveal", what, ours, limit, took / OPENED, 1.0), page(times)]


def revealed(private: bytes) -> float:
    """Seconds that the opening of one file takes, its row of the log on the disk first."""
    from sutura.incidents import whole
    from sutura.incidents.models import Incident
    from sutura.vault.opened import Vault
    from sutura.vault.revealing import reveal

    reader: Any = stage.account("awa")
    reader.vault = Vault(reader.pk, private)
    incident = Incident.objects.order_by("?")[0]
    records = whole.records(incident)
    started = time.perf_counter()
    reveal(records, by=reader, reason="banc")
    took = time.perf_counter() - started
    assert incident.account_restricted == bundles.TOLD
    return took


def page(times: int) -> Result:
    """The list as read within a region, beside the list as read where no condition holds a row back."""
    from django.test import RequestFactory

    from sutura.incidents.views.reading import incident_list

    def shown(name: str) -> Callable[[], None]:
        def ask() -> None:
            request = RequestFactory().get("/incidents/")
            request.user = stage.account(name)
            assert incident_list(request).content.count(b"INC-2026-") >= ROWS

        return ask

    held, free = median(shown("awa"), times), median(shown("moussa"), times)
    ours = Side(say("within a region", "dans une région"), held * 1000, "ms")
    other = Side(say("everything", "tout"), free * 1000, "ms")
    what = say("a page of 50 rows held to a region", "une page de 50 lignes tenue à une région")
    return Result("page", what, ours, other, held / free, PAGE)


def median(work: Callable[[], None], times: int) -> float:
    """Seconds that the middle one of some rounds took."""
    took = []
    for _round in range(times + 1):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return statistics.median(took[1:])
