"""The second wall on PostgreSQL: the list of fifty incidents with its policies, against the same without."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import bundles, coded_page, stage
from bench.measure import Cost, Result, Skip, alternate, milliseconds
from sutura.config.language import say
from tools import postgres

LIMIT, SHOWN = 3.0, 50
LARGE, SMALL = 50_000, 5_000
TABLES = ("incidents_incident", "incidents_violation")
# Copies of the one incident that the services opened: other regions and days, the text as long as in life.
COPIES = (
    """INSERT INTO incidents_incident SELECT (jsonb_populate_record(one, jsonb_build_object(
        'id', one.id + n, 'public_id', gen_random_uuid(), 'ref', 'INC-' || n,
        'region', 'ML0' || 1 + n %% 9, 'occurred_on', one.occurred_on - n %% 3000))).*
    FROM incidents_incident one, generate_series(1, %s) n""",
    """INSERT INTO incidents_violation SELECT (jsonb_populate_record(one, jsonb_build_object(
        'id', one.id + n + 10, 'public_id', gen_random_uuid(), 'ref', 'INC-' || n || '-V1',
        'incident_id', one.incident_id + n, 'region', 'ML0' || 1 + n %% 9))).*
    FROM incidents_violation one, generate_series(1, %s) n
    WHERE one.id = (SELECT min(id) FROM incidents_violation)""",
    *coded_page.SHAPED,
    "ANALYZE",
)


def run(folder: Path, small: bool) -> list[Result]:
    """The list as the page reads it, for whoever reads three regions: with the policies, and without."""
    if postgres.programs() is None:
        raise Skip(say("no PostgreSQL server programs", "pas de programmes serveur PostgreSQL"))
    with postgres.cluster(("listen_addresses=", "shared_buffers=256MB")) as owner:
        settle(folder, owner)
        number = SMALL if small else LARGE
        fill(owner, number)
        return measured(owner, number, *((3, 20) if small else (9, 100)))


def settle(folder: Path, owner: str) -> None:
    """The schema by its owner, then Django as the server's role."""
    server = owner.replace(f"//{postgres.NAME}@", f"//{postgres.SERVER}@")
    os.environ.update(
        SUTURA_STATIC="django.contrib.staticfiles.storage.StaticFilesStorage",
        SUTURA_DATA=str(folder),
        SUTURA_SECRET_KEY="only-for-the-bench",
        DATABASE_URL=server,
        DJANGO_SETTINGS_MODULE="sutura.config.settings",
    )
    command = [sys.executable, "-m", "sutura", "init"]
    environment = {**os.environ, "SUTURA_DATABASE_OWNER_URL": owner}
    subprocess.run(command, env=environment, check=True, stdout=sys.stderr)
    import django

    django.setup()


def fill(owner: str, number: int) -> None:
    """The cast and one incident by the services, its copies by SQL."""
    from sutura.access.acting import BEYOND, beyond
    from sutura.incidents.services import open_incident
    from sutura.people.services import machine

    with beyond("the bench"):
        stage.open_cast()
        open_incident(bundle=bundles.three_and_five(bundles.a_place(), 1), by=machine("bench"))
    with by_hand(owner) as ask:
        ask("SELECT set_config('app.uid', %s, false)", [BEYOND])
        for statement in COPIES:
            ask(statement, [number] if "%s" in statement else None)


@contextmanager
def by_hand(owner: str) -> Iterator[Callable[..., Any]]:
    """Statements as the owner."""
    import psycopg

    with psycopg.connect(owner, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        yield connection.execute


def measured(owner: str, number: int, rounds: int, calls: int) -> list[Result]:
    """The page of the list, then the cheapest statement behind it, where the policy weighs most."""
    from sutura.access.acting import acting
    from sutura.incidents import listing
    from sutura.incidents.models import Incident

    three = stage.account("three")

    def page() -> None:
        with acting(three):
            assert len(listing.page(three).rows) == SHOWN

    def statement() -> None:
        with acting(three):
            found = Incident.objects.filter(region="ML05").newest_first().values_list("pk", "ref")[:SHOWN]
            assert len(found) == SHOWN

    told = {
        say("list of 50 in three regions", "liste de 50 dans trois régions"): page,
        say("50 rows of one region by its index", "50 lignes d’une région par son index"): statement,
    }
    with by_hand(owner) as ask:
        return [
            compared(f"{what}, {number} incidents, row-level security", ask, work, rounds, calls)
            for what, work in told.items()
        ] + [page_of_coded_rows(ask, number, rounds)]


def page_of_coded_rows(ask: Callable[..., Any], number: int, rounds: int) -> Result:
    """The page whole, and without anything that holds back or notes: the policies too."""

    def without(off: bool) -> None:
        for table in TABLES:
            ask(f"ALTER TABLE {table} {'DISABLE' if off else 'ENABLE'} ROW LEVEL SECURITY")

    what = say(
        f"page of 50 of {number} incidents, PostgreSQL", f"page de 50 sur {number} incidents, PostgreSQL"
    )
    return coded_page.compared(what, rounds, 20, without)


def compared(what: str, ask: Callable[..., Any], work: Callable[[], None], rounds: int, calls: int) -> Result:
    """With policies and without, in turn."""

    def round_of(verb: str) -> Callable[[], None]:
        def run_round() -> None:
            for table in TABLES:
                ask(f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY")
            for _call in range(calls):
                work()

        return run_round

    found = alternate(round_of("ENABLE"), round_of("DISABLE"), rounds=rounds)
    mine, plain = (Cost(one.wall / calls, one.cpu / calls) for one in found)
    with_, without = milliseconds(say("with", "avec"), mine), milliseconds(say("without", "sans"), plain)
    return Result("wall", what, with_, without, mine.wall / plain.wall, LIMIT)
