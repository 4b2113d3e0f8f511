"""What opening costs: one file of sealed words, with its reason on record first."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path
from typing import Any

from bench import bundles, stage
from bench.measure import Result, Side
from sutura.config.language import say

OPENED, FILES = 0.020, 100


def run(folder: Path, small: bool) -> list[Result]:
    """A file of three violations and five children revealed."""
    times = 5 if small else 40
    os.environ["SUTURA_STATIC"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    stage.start(folder, stage.copy_of_empty(folder, "opening"))
    from sutura.incidents.services import open_incidents
    from sutura.vault import services as vault

    awa, place = stage.account("awa"), bundles.a_place()
    open_incidents(bundles=[bundles.three_and_five(place, number) for number in range(FILES)], by=awa)
    private = vault.begin(by=awa, password=stage.PASSWORD)
    assert private is not None
    took = statistics.median(revealed(private) for _round in range(times + 1))
    ours = Side(say("opening", "ouverture"), took * 1000, "ms")
    limit = Side(say("twenty milliseconds", "vingt millisecondes"), OPENED * 1000, "ms")
    what = say(
        "a sealed file opened for a reason, on record", "un dossier scellé ouvert avec son motif, consigné"
    )
    return [Result("reveal", what, ours, limit, took / OPENED, 1.0)]


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
