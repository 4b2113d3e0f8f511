"""Importing a workbook: against reading it with calamine and inserting its records bare; growth; memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import python_calamine
from django.db.models import Model

from bench import bare, stage, workbook
from bench.measure import Cost, Result, Side, cost, median, milliseconds, peak, processor
from sutura.config.language import say

LIMIT, GROWTH, MEMORY = 3.0, 1.2, 500
ROWS = 100_000
ROWS_AN_INCIDENT = 5.58  # of the four sheets together, as the workbook draws them


def run(folder: Path, small: bool) -> list[Result]:
    """100,000 rows in turn with the bare work; then 1,000 and 100,000 rows, each in a process of its own."""
    incidents = 300 if small else round(ROWS / ROWS_AN_INCIDENT)
    stage.start(folder, stage.copy_of_empty(folder, "import"))
    file, rows = made(folder, incidents)
    mine, plain, least, inserted = in_turn(folder, file, rounds=2)
    ratio = f"{least.wall * 1000:.0f} ms ({say('ratio', 'rapport')} {mine.wall / least.wall:.1f})"
    first = Result(
        "import",
        say(
            f"import of {incidents} incidents ({rows} rows of four sheets)",
            f"import de {incidents} incidents ({rows} lignes de quatre feuilles)",
        ),
        milliseconds(say("import", "import"), mine),
        milliseconds(
            say(f"calamine + bulk_create of {inserted}", f"calamine + bulk_create de {inserted}"), plain
        ),
        mine.wall / plain.wall,
        LIMIT,
        note=say(f"values ready, plain SQL: {ratio}", f"valeurs prêtes, SQL nu : {ratio}"),
    )
    return [first, *growth(folder, small)]


def made(folder: Path, incidents: int) -> tuple[Path, int]:
    """A workbook with that many incidents, and its rows under headings."""
    from django.db import connection

    from sutura.places.models import Unit

    places = list(
        Unit.objects.filter(edition="cod-ab-2021", level=3).order_by("code").values_list("code", flat=True)
    )
    connection.close()  # the file below it is going to be replaced
    file = folder / f"{incidents}.xlsx"
    return file, workbook.write(file, workbook.sheets(incidents, places))


def in_turn(folder: Path, file: Path, rounds: int) -> tuple[Cost, Cost, Cost, int]:
    """Three sides into an empty database each time; the first round, which warms up, tells the records to insert.

    The bare sides read every cell, look at none, and insert the same records: by Django's bulk_create of objects
    which are ready, and by prepared statements with values which are ready.
    """
    empty = bare.contents(folder / stage.EMPTY)
    kept: list[bare.Table] = []
    objects: list[list[Model]] = []
    costs: list[tuple[Cost, Cost, Cost]] = []
    for round_ in range(rounds + 1):
        database = stage.copy_of_empty(folder, "import")
        ours = cost(lambda: take(file))
        if not round_:
            kept = bare.records(bare.left_by(empty, database))
            objects = ready({table.name for table in kept})
        stage.copy_of_empty(folder, "import")
        by_orm = cost(lambda: read_and_create(file, objects))  # noqa: B023 - called at once
        plain = stage.copy_of_empty(folder, "plain")
        by_sql = cost(lambda: read_and_insert(file, plain, kept))  # noqa: B023 - called at once
        costs.append((ours, by_orm, by_sql))
    mine, orm, sql = (median(list(side)) for side in zip(*costs[1:], strict=True))
    return mine, orm, sql, bare.count(kept)


def ready(tables: set[str]) -> list[list[Model]]:
    """The records of some tables as objects, a list for each model."""
    from django.apps import apps
    from django.db import connection

    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    found = [list(model._base_manager.order_by("pk")) for model in models]
    connection.close()
    return found


def take(file: Path) -> None:
    """The import as the command does it."""
    from django.db import connection

    from sutura.intake.services.imports import import_incidents
    from sutura.people.services import machine

    result = import_incidents(source=file, by=machine("import"))
    connection.close()
    assert result.created, result.faults[:3]
    assert not result.faults, result.faults[:3]


def read(file: Path) -> None:
    """Every cell."""
    book = python_calamine.load_workbook(str(file))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def read_and_create(file: Path, objects: list[list[Model]]) -> None:
    """Read, then Django's own bulk insert in one transaction."""
    from django.db import connection, transaction

    read(file)
    with transaction.atomic():
        for several in objects:
            several[0].__class__._base_manager.bulk_create(several, batch_size=2000)
    connection.close()


def read_and_insert(file: Path, database: Path, kept: list[bare.Table]) -> None:
    """Read, then prepared statements in one transaction."""
    read(file)
    other = bare.connect(database)
    bare.insert(other, [(table.statement, table.rows) for table in kept])
    other.close()


def growth(folder: Path, small: bool) -> list[Result]:
    """CPU of a row in a small file and in a large one (steadier than the clock), and the memory of the large one."""
    few, many = (200, 1_000) if small else (1_000, ROWS)
    told = []
    for rows in (few, many):
        file, exact = made(folder, round(rows / ROWS_AN_INCIDENT))
        told.append((exact, *apart(folder, file)))
    (few, quick, _memory), (many, slow, memory) = told
    a_row = Side(say(f"a row of {many}", f"une ligne de {many}"), slow / many * 1000, "ms CPU")
    a_row_few = Side(say(f"a row of {few}", f"une ligne de {few}"), quick / few * 1000, "ms CPU")
    return [
        Result(
            "import",
            say("growth with the number of rows", "croissance avec le nombre de lignes"),
            a_row,
            a_row_few,
            (slow / many) / (quick / few),
            GROWTH,
        ),
        Result(
            "import",
            say(f"memory at {many} rows, reader included", f"mémoire à {many} lignes, lecteur compris"),
            Side(say("peak", "maximum"), memory, "MB"),
            Side(say("limit", "limite"), MEMORY, "MB"),
            memory / MEMORY,
            1.0,
        ),
    ]


def apart(folder: Path, file: Path) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of one import in a process of its own."""
    database = stage.copy_of_empty(folder, "apart")
    command = [sys.executable, "-m", "bench.importing", str(folder), str(database), str(file)]
    done = subprocess.run(command, cwd=stage.ROOT, check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return told["seconds"], told["memory"]


def alone(folder: Path, database: Path, file: Path) -> None:
    """Import one file, and print what it took."""
    stage.start(folder, database)
    from sutura.places.resolver import Register

    Register.current()
    before = processor()
    take(file)
    seconds = processor() - before
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": peak() + reader}))


if __name__ == "__main__":
    alone(*(Path(word) for word in sys.argv[1:]))
