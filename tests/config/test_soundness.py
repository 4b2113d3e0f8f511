"""No server on a database that may lose what it acknowledged: each weaker setting, one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from sutura.config import soundness
from sutura.config.soundness import POSTGRES, SQLITE, weaker
from tools.postgres import ABOVE, SERVER, cluster

NOT_OURS = {"LANG", "LC_ALL", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SUTURA_STATIC"}
# setting → sound, and every weaker value
OF_SQLITE: dict[str, tuple[Any, list[Any]]] = {
    "journal_mode": ("wal", ["delete", "memory", "off"]),
    "synchronous": (2, [0, 1]),
    "foreign_keys": (1, [0]),
    "busy_timeout": (20_000, [0, 4_999]),
    "transaction_mode": ("IMMEDIATE", [None, "DEFERRED", "EXCLUSIVE"]),
    "secure_delete": (1, [0, 2]),
    "trusted_schema": (0, [1]),
    "mode": (0o100600, [0o100640, 0o100604, 0o100660]),
}
OF_POSTGRES: dict[str, tuple[Any, list[Any]]] = {
    "server_version_num": ("140001", ["130014", "90624"]),
    "synchronous_commit": ("on", ["off", "local", "remote_write"]),
    "fsync": ("on", ["off"]),
    "full_page_writes": ("on", ["off"]),
    "session_replication_role": ("origin", ["replica", "local"]),
    "above_the_law": (False, [True]),
    "owns": (False, [True]),
    "rewrites": (False, [True]),
    "walls": (True, [False]),
    "private": (True, [False]),
}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUTURA_LANG", "en")


@pytest.mark.parametrize(("wanted", "known"), [(SQLITE, OF_SQLITE), (POSTGRES, OF_POSTGRES)])
def test_each_weaker_setting_is_told_and_nothing_else(wanted: Any, known: Any) -> None:
    sound = {name: value for name, (value, _weaker) in known.items()}
    assert list(weaker(sound, wanted)) == []
    for name, (_value, values) in known.items():
        for value in values:
            assert list(weaker({**sound, name: value}, wanted)) == [wanted[name][1]]


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_is_asked() -> None:
    """The tests' own databases do not wait for the disk: precisely that is told."""
    if connection.vendor == "sqlite":
        assert soundness.faults()[:2] == [SQLITE["journal_mode"][1], SQLITE["synchronous"][1]]
        return
    found = soundness.faults()
    assert set(POSTGRES) == set(soundness.postgres())
    if os.environ.get("DATABASE_URL", "").startswith("postgresql://sutura@/"):
        told = ("synchronous_commit", "fsync", "full_page_writes")
        assert found == [POSTGRES[name][1] for name in told]


def on_postgresql(tmp_path: Path) -> None:
    """As guide 9 installs it: made by its owner, sound for the server's role, refused for all others."""
    with cluster(("listen_addresses=",)) as owner:
        server, above = (owner.replace("//sutura@", f"//{role}@") for role in (SERVER, ABOVE))
        made = ask(tmp_path, "serve", DATABASE_URL=server)
        assert (made.returncode, "SUTURA_DATABASE_OWNER_URL" in made.stderr) == (1, True)
        made = ask(tmp_path, "init", DATABASE_URL=server, SUTURA_DATABASE_OWNER_URL=owner)
        assert made.returncode == 0, made.stderr
        told = ask(tmp_path, "check", DATABASE_URL=server)
        assert (told.returncode, told.stdout) == (0, "0 weaker settings.\n")
        assert weaker_as(tmp_path, owner) == ["owns", "rewrites"]
        assert weaker_as(tmp_path, above) == ["above_the_law", "owns", "rewrites"]
        with psycopg.connect(owner) as hand:
            hand.execute("CREATE POLICY wide ON alerts_alert USING (true)")
            hand.execute(f"GRANT TRUNCATE ON audit_entry TO {SERVER}")
        assert weaker_as(tmp_path, server) == ["rewrites", "walls"]
        served = ask(tmp_path, "serve", DATABASE_URL=server)
        assert (served.returncode, served.stderr) == (1, f"sutura: {POSTGRES['rewrites'][1]}\n")
        mended = ask(tmp_path, "init", DATABASE_URL=server, SUTURA_DATABASE_OWNER_URL=owner)
        assert (mended.returncode, weaker_as(tmp_path, server)) == (0, [])


def weaker_as(folder: Path, address: str) -> list[str]:
    """The names of the settings that `check` finds weaker for a role."""
    told = ask(folder, "check", DATABASE_URL=address).stdout.splitlines()[:-1]
    return [name for name, (_holds, en, _fr) in POSTGRES.items() if en in told]


def ask(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a data folder of its own."""
    clean = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    told = {**clean, "SUTURA_DATA": str(folder), **environment}
    command = [sys.executable, "-P", "-m", "sutura", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=told, timeout=60)


@pytest.mark.django_db(transaction=True)
def test_a_server_does_not_start_on_less(tmp_path: Path) -> None:
    {"sqlite": on_sqlite, "postgresql": on_postgresql}[connection.vendor](tmp_path)


def on_sqlite(tmp_path: Path) -> None:
    """A settings module of one's own that asks for less, and a file that others can read."""
    file, module = tmp_path / "sutura.sqlite3", tmp_path / "less.py"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=OFF; PRAGMA trusted_schema=0;"
    module.write_text(
        "from sutura.config.settings import *\n"
        f"DATABASES['default']['OPTIONS']['init_command'] = {pragmas!r}\n"
    )
    file.chmod(0o640)
    path = f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}"
    served = ask(tmp_path, "serve", DJANGO_SETTINGS_MODULE="less", PYTHONPATH=path)
    assert (served.returncode, served.stdout) == (1, "")
    assert served.stderr.splitlines()[-1] == f"sutura: {SQLITE['synchronous'][1]}"
    told = ask(tmp_path, "check", DJANGO_SETTINGS_MODULE="less", PYTHONPATH=path)
    less = [SQLITE[name][1] for name in ("synchronous", "secure_delete", "mode")]
    assert (told.returncode, told.stdout.splitlines()) == (1, [*less, "3 weaker settings."])
    file.chmod(0o600)
    assert ask(tmp_path, "check").stdout == "0 weaker settings.\n"
