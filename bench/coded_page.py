"""What need-to-know costs whoever reads the list: the same fifty rows of the same page, with all of it and with none.

With: the server as it is. Without: same page, same sign-in; nothing holds a row back, nothing notes the visit.
"""

from __future__ import annotations

import gzip
import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from bench import bundles, many_incidents, server, stage
from bench.measure import Result, cost, median, milliseconds
from sutura.config.language import say

LIMIT, SHOWN = 1.3, 50
READER, REGIONS, ROLES = "three", ("ML04", "ML05", "ML06"), ("regional_coordinator", "sexual_violence_group")
ADDRESS = "/incidents/"
LARGE, SMALL = 50_000, 5_000
NOTES = (  # what opens her vault, notes her visit, asks for a second factor, and says who acts
    "sutura.vault.session.VaultMiddleware",
    "sutura.people.middleware.VisitMiddleware",
    "sutura.people.middleware.ReadyMiddleware",
    "sutura.access.middleware.ActingMiddleware",
)
ROW = re.compile(rb'<th scope="row"><a href="([^"]+)')
# One file in twenty is of sexual violence, and told apart; of the last day are her own rows, none of them apart.
SHAPED = (
    "UPDATE incidents_violation SET type = 'sexual_violence' WHERE incident_id % 20 = 0",
    f"UPDATE incidents_incident SET occurred_on = '2026-09-01' WHERE id % 20 > 0 AND region IN {REGIONS}"
    f" AND id IN (SELECT id FROM incidents_incident WHERE id % 20 > 0 AND region IN {REGIONS} LIMIT {SHOWN + 30})",
)
Ask = Callable[[], bytes]


def run(folder: Path, small: bool) -> list[Result]:
    """On SQLite; `bench.wall` compares on PostgreSQL."""
    import sqlite3
    from contextlib import closing

    os.environ["SUTURA_STATIC"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    database = stage.copy_of_empty(folder, "page")
    stage.start(folder, database)
    from django.db import connections

    from sutura.incidents.services import open_incident
    from sutura.people.services import machine

    number = SMALL if small else LARGE
    open_incident(bundle=bundles.three_and_five(bundles.a_place(), 1), by=machine("bench"))
    connections.close_all()
    many_incidents.load(database, number)
    with closing(sqlite3.connect(database)) as plain, plain:
        for statement in SHAPED:
            plain.execute(statement)
    what = say(f"page of 50 of {number} incidents, SQLite", f"page de 50 sur {number} incidents, SQLite")
    return [compared(what, *((3, 5) if small else (15, 20)))]


def compared(
    what: str, rounds: int, calls: int, without: Callable[[bool], None] = lambda _off: None
) -> Result:
    """The page with and without, in turn; `without` lowers the walls of the database, and raises them."""
    with_, bare = page(), page(bare=True)
    whole, plain = [], []
    for _round in range(rounds):
        without(False)
        with_()  # once each time, uncounted: what was just raised or lowered is planned anew
        whole.append(cost(with_, calls))
        without(True)
        with taken_away():
            bare()
            plain.append(cost(bare, calls))
    mine, other = median(whole), median(plain)
    without(False)
    same_rows(with_, bare, without)
    return Result(
        "page", what, milliseconds(say("with scope, guard and notes", "avec périmètre, garde et notes"), mine),
        milliseconds(say("without", "sans"), other), mine.wall / other.wall, LIMIT,
    )  # fmt: skip


def same_rows(with_: Ask, bare: Ask, without: Callable[[bool], None]) -> None:
    """Both sides show the same rows, or nothing was compared."""
    seen = ROW.findall(gzip.decompress(with_()))
    without(True)
    with taken_away():
        assert ROW.findall(gzip.decompress(bare())) == seen
    without(False)
    assert len(seen) == SHOWN


def page(*, bare: bool = False) -> Ask:
    """What asks the whole server for the list, as the browser of somebody with her vault open."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory, override_settings

    kept = [name for name in settings.MIDDLEWARE if not (bare and name in NOTES)]
    with override_settings(MIDDLEWARE=kept):
        handler = WSGIHandler()
    headers = {
        "host": "localhost", "cookie": server.session(READER, vault=True), "accept-encoding": "gzip",
    }  # fmt: skip
    environ = RequestFactory().get(ADDRESS, headers=headers).environ

    def ask() -> bytes:
        told: list[str] = []
        answer = handler(environ | {"wsgi.input": io.BytesIO()}, lambda status, *_rest: told.append(status))
        content = b"".join(answer)
        answer.close()
        assert told == ["200 OK"], told
        return content

    return ask


@contextmanager
def taken_away() -> Iterator[None]:
    """Every row for everybody: a grant of the whole country, unasked; no guard, nobody named to the database."""
    from django.db import connections, models

    from sutura.access import rules
    from sutura.access.querysets import Walled

    every = [SimpleNamespace(role=role, tier="S4", everywhere=True, region_codes=()) for role in ROLES]
    grants: Any = lambda _by: every  # noqa: E731
    with ExitStack() as away:
        away.enter_context(patch.object(rules, "grants_of", grants))
        away.enter_context(patch.object(Walled, "db", models.QuerySet.db))
        if (connection := connections["default"]).vendor == "postgresql":
            away.enter_context(patch.object(type(connection), "to_tell", lambda _self, _sql: None))
        yield
