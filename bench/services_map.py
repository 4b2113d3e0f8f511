"""The map of 5,000 services: statements and bytes of the matrix and the gaps, and the 4Ws sheet out and back."""

from __future__ import annotations

import gzip
import os
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench import server, stage
from bench.measure import Result, Side
from sutura.config.language import say

SEED = 20210901
LARGE, SMALL, ORGANISATIONS = 5000, 200, 60
STATEMENTS, BYTES, SECONDS = 10, 40_000, 60.0
PAGES = ("", "?region=ML05", "gaps/", "gaps/?regions=2023")


def run(folder: Path, small: bool) -> list[Result]:
    """The pages as the product answers them, the largest and the most talkative of four; then the sheet."""
    os.environ["SUTURA_STATIC"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    (folder / "static").mkdir(exist_ok=True)
    stage.start(folder, stage.copy_of_empty(folder, "map"))
    number = SMALL if small else LARGE
    fill(number)
    statements, size = (max(each) for each in zip(*map(asked, PAGES), strict=True))
    seconds, differences = round_trip(number)
    limit, what = say("limit", "limite"), say(f"map of {number} services", f"carte de {number} services")
    back = say("services that came back otherwise", "services revenus autrement")
    return [
        Result("map", what, Side("SQL", statements, ""), Side(limit, STATEMENTS, ""), statements / STATEMENTS, 1.0),
        Result(
            "map", say("bytes of its largest page, packed", "octets de sa plus grande page, compressée"),
            Side("gzip", size, ""), Side(limit, BYTES, ""), size / BYTES, 1.0,
        ),
        Result("map", back, Side("4Ws", differences, ""), Side(limit, 0, ""), float(differences), 0.5),
        Result(
            "map", say("4Ws sheet out and back", "feuille QQQO, aller et retour"), Side("4Ws", seconds, "s"),
            Side(limit, SECONDS, "s"), seconds / SECONDS, 1.0,
        ),
    ]  # fmt: skip


def asked(page: str) -> tuple[int, int]:
    """Statements and packed bytes of a page, once the process knows the places."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = server.session("secretary").partition("=")[2]
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/mhpss/{page}")
        assert answer.status_code == 200, answer.status_code
    return len(queries), len(gzip.compress(answer.content))


def round_trip(number: int) -> tuple[float, int]:
    """How long the sheet takes out and back, and how many services came back otherwise."""
    from sutura.intake.fourws.importing import import_services
    from sutura.mhpss.fourws.writing import workbook
    from sutura.mhpss.models import Service
    from sutura.people.services import machine

    began = time.perf_counter()
    receipt = import_services(content=workbook(Service.objects.order_by("id"), "fr"), by=machine("bench"))
    taken = receipt.taken
    return time.perf_counter() - began, number - taken.unchanged + taken.created + len(taken.faults)


def fill(number: int) -> None:
    """Invented services of every kind in every cercle, in bulk."""
    from sutura.audit.services import keep_all
    from sutura.mhpss.models import Service, Staff
    from sutura.partners.services import add_organisation
    from sutura.people.services import machine
    from sutura.places.models import Unit

    by, random = machine("bench"), Random(SEED)
    organisations = [
        add_organisation(name=f"Organisation du banc {each}", acronym=f"OB{each}", kind="nngo", by=by)
        for each in range(ORGANISATIONS)
    ]
    places = list(Unit.objects.filter(edition="cod-ab-2021", level__in=(2, 3)).order_by("code"))
    made = [service(place, organisations, places, random) for place in range(number)]
    keep_all(Service, made, by=by, why="bench")
    staff = [
        Staff(service=each, cadre="psychologist", women=1 + each.pk % 3, men=each.pk % 2) for each in made
    ]
    keep_all(Staff, staff, by=by, why="bench")


def service(number: int, organisations: list[Any], places: list[Any], random: Random) -> Any:
    """One, by its number; `=` and accents in its words."""
    from sutura.mhpss.checking import key, searchable
    from sutura.mhpss.models import Service

    place, today, sensitive = random.choice(places), date.today(), number % 9 == 0
    found = Service(
        organisation=random.choice(organisations), place=place, region=place.region, site=f"Site {number} (inventé)",
        description=f"Écoute n° {number} = « inventée »", codes=random.choice(("4.1", "3.2 7.1", "8.1", "10.1", "")),
        layers=random.choice(("L1", "L2", "L2 L3", "L4", "")), groups=random.choice(("", "children", "children women")),
        min_age=random.choice((None, 6)), max_age=random.choice((None, 17)), cost=random.choice(("", "free")),
        phone="+223 00 00 00 00", reached=random.choice((None, number)), themes=random.choice(("", "addiction")),
        is_sensitive=sensitive, precision="cercle" if sensitive else "site", supervised=number % 2 == 0 or None,
        starts_on=today - timedelta(days=300), funded_until=today + timedelta(days=random.randint(-30, 400)),
        updated_on=today, verified_on=today - timedelta(days=random.randint(0, 300)), verified_by="Banc",
    )  # fmt: skip
    found.same_as, found.folded = key(found), searchable(found)
    return found
