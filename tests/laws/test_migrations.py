"""Law: the migrations say what the models say, and each goes down and up again without harm to what stays."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from sutura.config.backup.proving import url
from sutura.config.backup.restoring import temporary
from tests.laws.source import PACKAGE, ROOT

NOT_OURS = {"DJANGO_SETTINGS_MODULE", "SUTURA_STATIC", "SUTURA_STATIC_FINDERS"}


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, verbosity=1)
    except SystemExit:
        pytest.fail(f"makemigrations would write:\n{said.getvalue()}")
    assert "No changes" in said.getvalue()


@pytest.fixture
def another(transactional_db: None, as_owner: None, tmp_path: Path) -> Iterator[str]:
    """DATABASE_URL of a database that may be taken apart."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(tmp_path / "another.sqlite3")])
        yield url(str(tmp_path / "another.sqlite3"))
    else:
        with temporary() as name:
            yield url(name)


@pytest.mark.slow
def test_every_migration_goes_down_and_up_again_with_data(another: str, tmp_path: Path):
    """On a database full of invented records: what stays holds the same, every guard stands again."""
    clean = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    environment = {**clean, "DATABASE_URL": another, "SUTURA_DATA": str(tmp_path)}
    walk = [sys.executable, "-m", "tests.laws.migrating"]
    told = subprocess.run(walk, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    ours = list(PACKAGE.glob("*/migrations/0*.py"))
    later = [path for path in ours if not path.name.startswith("0001_")]
    assert found["faults"] == []
    assert (found["down"], found["up"] >= len(later), found["guards"] > 50) == (len(ours), True, True)
