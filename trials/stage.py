"""Where the trials of survival happen: a small country, one monitor, one database file that each trial spoils."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EMPTY = "empty.sqlite3"


def settle(folder: Path, schema: Path | None, name: str) -> None:
    """Load Django on a database of the trial's own, with the settings of production."""
    os.environ.update(
        SUTURA_DATA=str(folder),
        SUTURA_SECRET_KEY="only-for-trials",
        SUTURA_STATIC="django.contrib.staticfiles.storage.StaticFilesStorage",
        DATABASE_URL=f"sqlite:///{database(folder, name)}",
        DJANGO_SETTINGS_MODULE="sutura.config.settings",
    )
    os.environ.pop("SUTURA_DEBUG", None)
    (folder / "static").mkdir(exist_ok=True)
    import django

    from sutura.config.catalogues import compile_stale

    compile_stale()
    django.setup()
    if not (folder / EMPTY).exists():
        prepare(folder, schema, database(folder, name))
    fresh(folder, name)


def database(folder: Path, name: str) -> Path:
    """The file of a trial."""
    return folder / f"{name}.sqlite3"


def fresh(folder: Path, name: str) -> None:
    """The trial's database as it was at first; no connection may be open."""
    for suffix in ("-wal", "-shm"):
        Path(f"{database(folder, name)}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(folder / EMPTY, database(folder, name))


def prepare(folder: Path, schema: Path | None, path: Path) -> None:
    """Schema, country and monitor, kept to be copied."""
    from django.core.management import call_command
    from django.db import connection

    if schema:
        shutil.copyfile(schema, path)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)  # where tries at the door are counted
    country()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / EMPTY)])
    connection.close()
    # A copy is not in the mode of the original, and changing it is not what the trials try.
    with closing(sqlite3.connect(folder / EMPTY)) as made:
        made.execute("PRAGMA journal_mode=WAL")


def country() -> None:
    """Mali, Mopti, a party of the register, and Awa who documents there."""
    from django.utils import timezone

    from sutura.audit.services import keep_all
    from sutura.parties.models import Party
    from sutura.people import services as people
    from sutura.places.models import Unit

    by = people.machine("trials")
    mali = Unit(edition="cod-ab-2021", level=0, code="MLI", name="Mali", path="")
    keep_all(Unit, [mali], by=by)
    mopti = Unit(edition="cod-ab-2021", level=1, code="ML05", name="Mopti", parent=mali, path="ML05")
    mopti.region, mopti.region_2023 = "ML05", "RML05"
    keep_all(Unit, [mopti], by=by)
    keep_all(Party, [Party(code="JNIM", type="armed_group", name_fr="JNIM", name_en="JNIM")], by=by)
    awa = people.open_account(by=by, username="awa", name="Awa", password="une phrase pour les essais")
    today = timezone.localdate()
    people.give_grant(
        by=by, account=awa, role="regional_coordinator", regions=("ML05",), everywhere=False, purpose="trial",
        starts_on=today, ends_on=today + timedelta(days=300),
    )  # fmt: skip
