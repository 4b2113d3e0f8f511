"""The schema: made by itself in an empty database, never changed behind anyone's back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from sutura.config import invented, schema
from sutura.people import services as people

NOT_OURS = {"LANG", "LC_ALL", "SUTURA_LANG", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SUTURA_STATIC"}


def init(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`./sutura init` with the default database in a data folder of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    command = [sys.executable, "-P", "-m", "sutura", "init", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**environment, "SUTURA_DATA": str(folder)}
    )


@pytest.mark.once
@pytest.mark.slow
def test_init_makes_schema_and_registers_for_nobody_else_to_read_and_again_changes_nothing(tmp_path: Path):
    folder = tmp_path / "data"
    assert init(folder).returncode == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077] == []
    units, accounts = counted(folder)
    assert units > 700
    assert accounts == 1
    assert init(folder).returncode == 0
    assert counted(folder) == (units, accounts)


def counted(folder: Path) -> tuple[int, int]:
    """Places and accounts."""
    with closing(sqlite3.connect(folder / "sutura.sqlite3")) as kept:
        count = "SELECT (SELECT count(*) FROM places_unit), (SELECT count(*) FROM people_account)"
        return kept.execute(count).fetchone()


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")
def test_an_older_schema_is_refused_unless_asked():
    assert schema.pending() == 0
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    assert schema.pending() == 1
    with pytest.raises(schema.SchemaBehind, match=r"init --upgrade"):
        schema.ensure(may_upgrade="never")
    if connection.vendor == "postgresql":
        with pytest.raises(schema.SchemaBehind):
            schema.ensure(may_upgrade="sqlite")


@pytest.mark.django_db
def test_invented_data_is_never_poured_where_people_work(awa):
    with pytest.raises(invented.RealData):
        invented.pour()


@pytest.mark.django_db
def test_machine_accounts_are_no_sign_of_people():
    people.machine("init")
    assert not invented.in_use()
