"""The scoped list of fifty incidents, of a million: against the bare page of the same server; deep; statements."""

from __future__ import annotations

import re
import statistics
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import bundles, many_incidents, server, stage
from bench.measure import Result, Side, Skip
from sutura.config.language import say

SHARE, DEEP = 1 / 8, 1.3
CONNECTIONS, THREADS = 8, 2
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
NUMBER = re.compile(r"(\d+) requests in")
BAD = re.compile(r"Non-2xx|Socket errors")


def run(folder: Path, small: bool) -> list[Result]:
    """Load, count statements in this process, then let wrk ask the server for its three pages in turn."""
    if server.wrk() is None:
        raise Skip(
            say("wrk is not installed (Debian: apt install wrk)", "wrk n’est pas installé (apt install wrk)")
        )
    database = stage.copy_of_empty(folder, "list")
    stage.start(folder, database)
    number = many_incidents.SMALL if small else many_incidents.LARGE
    fill(database, number)
    deep = deep_address(number)
    statements = same_statements(deep)
    cookie = server.session("three")
    from django.db import connections

    connections.close_all()
    seconds, rounds = (1, 2) if small else (6, 5)
    with server.serving(folder, database, bare_page=True) as running:
        pages = {"bare": "/bare/", "first": "/incidents/", "deep": deep}
        askers = {name: asker(running, page, cookie, seconds) for name, page in pages.items()}
        found = in_turn(askers, rounds)
    stage.forget(database)
    note = say(f"{statements} statements at any size", f"{statements} requêtes SQL, à toute taille")
    return told(number, found, note)


def told(number: int, found: dict[str, Rate], note: str) -> list[Result]:
    """The two promises."""

    def rate(what: str, page: str) -> Side:
        return Side(what, found[page].answers, "/s", found[page].cpu_ms)

    return [
        Result(
            "list",
            say(f"scoped list of 50 at {number} incidents", f"liste de 50 à {number} incidents, périmètre limité"),
            rate(say("list", "liste"), "first"),
            rate(say("hello", "page nue"), "bare"),
            found["first"].answers / found["bare"].answers,
            SHARE,
            at_least=True,
            note=note,
        ),
        Result(
            "list",
            say("a page four fifths down the list", "une page aux quatre cinquièmes de la liste"),
            rate(say("deep", "profonde"), "deep"),
            rate(say("first", "première"), "first"),
            found["first"].answers / found["deep"].answers,
            DEEP,
        ),
    ]  # fmt: skip


def fill(database: Path, number: int) -> None:
    """One incident by the services in a region of its own, the others by the bulk loader."""
    from django.db import connections

    from sutura.incidents.services import open_incident
    from sutura.people.services import machine
    from sutura.places.models import Unit

    place = Unit.objects.filter(edition="cod-ab-2021", region=many_incidents.FEW).order_by("code")[0]
    open_incident(bundle=bundles.three_and_five(place, 1), by=machine("bench"))
    connections.close_all()
    many_incidents.load(database, number)


def deep_address(number: int) -> str:
    """The address of a page four fifths down what the reader of three regions sees."""
    from sutura.incidents.models import Incident

    scope = Incident.objects.visible_to(stage.account("three")).order_by("occurred_on", "id")
    row = scope.filter(id__gte=number // 5).values_list("occurred_on", "id")[0]
    return f"/incidents/?after={row[0].isoformat()}~{row[1]}"


def same_statements(deep: str) -> int:
    """Statements behind the list, the same for one row, for a million, and deep down; refuse otherwise."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sutura.config import statics

    statics.collect_if_stale()
    counts = []
    for name, page in (("few", "/incidents/"), ("three", "/incidents/"), ("three", deep)):
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = server.session(name).partition("=")[2]
        client.get("/incidents/")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        assert answer.status_code == 200, answer.status_code
        shown = answer.content.count(b"</tr>") - 1
        assert shown == (1 if name == "few" else 50), f"{shown} rows"
        counts.append(len(asked))
    # A page which is not the first also looks for the way back: to the newer ones, and to those told apart.
    assert counts[0] == counts[1], f"statements: {counts}"
    assert counts[2] - counts[1] in (0, 1, 2), f"statements: {counts}"
    return counts[1]


@dataclass(frozen=True)
class Rate:
    """Answers per second, and CPU milliseconds of the server for each."""

    answers: float
    cpu_ms: float


def asker(running: server.Running, page: str, cookie: str, seconds: int) -> Callable[[], Rate]:
    """What asks one page as fast as it is answered, for some seconds."""
    command = [
        server.wrk() or "", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Cookie: {cookie}",
        running.address + page,
    ]  # fmt: skip

    def ask() -> Rate:
        burnt = running.cpu()
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        burnt = running.cpu() - burnt
        rate, number = RATE.search(said), NUMBER.search(said)
        assert rate is not None, said
        assert number is not None, said
        assert not BAD.search(said), said
        return Rate(float(rate[1]), burnt * 1000 / int(number[1]))

    return ask


def in_turn(askers: dict[str, Callable[[], Rate]], rounds: int) -> dict[str, Rate]:
    """The median of each page; a first round warms up."""
    seen: dict[str, list[Rate]] = {name: [] for name in askers}
    for _round in range(rounds + 1):
        for name, ask in askers.items():
            seen[name].append(ask())
    return {
        name: Rate(
            statistics.median(rate.answers for rate in rates[1:]),
            statistics.median(rate.cpu_ms for rate in rates[1:]),
        )
        for name, rates in seen.items()
    }
