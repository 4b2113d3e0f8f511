"""Saving one incident with three violations and five children, against the very rows it leaves."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench import bare, bundles, stage
from bench.measure import Result, alternate, milliseconds
from sutura.config.language import say

LIMIT = 3.0


def run(folder: Path, small: bool) -> list[Result]:
    """Permission, checks, versions, ledger with its roll-up and audit on our side; both write to the disk (FULL)."""
    database = stage.copy_of_empty(folder, "save")
    stage.start(folder, database)
    from django.db import connection

    from sutura.incidents.services import open_incident

    awa, place = stage.account("awa"), bundles.a_place()
    before = bare.contents(database)
    open_incident(bundle=bundles.three_and_five(place, 0), by=awa)
    tables = bare.left_by(before, database)
    connection.close()
    second = folder / "bare.sqlite3"
    shutil.copyfile(database, second)

    rounds, calls = (3, 10) if small else (9, 40)
    numbers = iter(range(1, 1_000_000))
    total = rounds * calls + 1
    every = iter(bare.copies(tables, range(1, 1 + total)))
    records = bare.records(tables)
    alone = iter(bare.copies(records, range(1 + total, 1 + 2 * total)))
    other = bare.connect(second)
    mine, plain, least = alternate(
        lambda: open_incident(bundle=bundles.three_and_five(place, next(numbers)), by=awa),
        lambda: bare.insert(other, next(every)),
        lambda: bare.insert(other, next(alone)),
        rounds=rounds,
        calls=calls,
    )
    other.close()
    several = bare.count(records)
    note = say(
        f"the {several} records alone, bare: {least.wall * 1000:.2f} ms (ratio {mine.wall / least.wall:.1f})",
        f"les {several} fiches seules, nues : {least.wall * 1000:.2f} ms (rapport {mine.wall / least.wall:.1f})",
    )
    return [
        Result(
            "save",
            say(
                "an incident with 3 violations and 5 children saved; versions, ledger and audit written",
                "un incident, 3 violations et 5 enfants enregistrés, avec versions, registre et audit",
            ),
            milliseconds(say("service", "service"), mine),
            milliseconds(
                say(f"its {bare.count(tables)} rows bare", f"ses {bare.count(tables)} lignes nues"), plain
            ),
            mine.wall / plain.wall,
            LIMIT,
            note=note,
        )
    ]
