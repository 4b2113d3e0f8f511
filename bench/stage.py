"""Where the goals are measured: databases of their own in a folder which goes when the run ends.

`python -m bench.stage FOLDER` makes the empty one (schema, registers, cast); each goal takes a copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sutura.people.models import Account

ROOT = Path(__file__).resolve().parents[1]
EMPTY = "empty.sqlite3"
PASSWORD = "only-for-the-bench"
# account, role, regions (none: the whole country)
CAST = (
    ("awa", "monitor", ("ML05",)),
    ("awa", "evidence_group", ("ML05",)),
    ("three", "regional_coordinator", ("ML04", "ML05", "ML06")),
    ("few", "regional_coordinator", ("ML09",)),
    ("secretary", "secretariat", ()),
    ("moussa", "verification_panel", ()),
    ("follower", "response_officer", ("ML04", "ML05", "ML06")),
)


def settle(folder: Path, database: Path) -> None:
    """Point the product at one database; before Django is loaded."""
    os.environ.update(
        SUTURA_DATA=str(folder),
        SUTURA_SECRET_KEY="only-for-the-bench",
        DATABASE_URL=f"sqlite:///{database}",
        DJANGO_SETTINGS_MODULE="sutura.config.settings",
    )


def start(folder: Path, database: Path) -> None:
    """Load Django on a database."""
    settle(folder, database)
    import django

    django.setup()


def copy_of_empty(folder: Path, name: str) -> Path:
    """A database with schema, registers and cast, and no record yet."""
    made = folder / EMPTY
    if not made.exists():
        command = [sys.executable, "-m", "bench.stage", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)
    copy = folder / f"{name}.sqlite3"
    forget(copy)
    shutil.copyfile(made, copy)
    copy.chmod(0o600)  # the product serves no database that others can read
    return copy


def forget(database: Path) -> None:
    """Delete a database with its log."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)


def account(name: str) -> Account:
    """One of the cast, as read for a request."""
    from sutura.people.models import Account

    return Account.objects.get(username=name)


def prepare(folder: Path) -> None:
    """Make the empty database."""
    making = folder / f"making-{EMPTY}"
    start(folder, making)
    from django.db import connections

    from sutura.config import catalogues, registers, schema

    catalogues.compile_stale()
    schema.ensure(may_upgrade="always")
    registers.load()
    open_cast()
    connections.close_all()
    making.rename(folder / EMPTY)


def open_cast() -> None:
    """Accounts with grants for a year, and the machine accounts of the commands."""
    from django.utils import timezone

    from sutura.people import services
    from sutura.vault import keeping
    from sutura.vault.rules import EVIDENCE, RESTRICTED

    by = services.machine("bench")
    services.machine("import")
    today = timezone.localdate()
    people = {
        name: services.open_account(by=by, username=name, name=name.title(), password=PASSWORD)
        for name in dict.fromkeys(name for name, _role, _regions in CAST)
    }
    for name, role, regions in CAST:
        services.give_grant(
            by=by,
            account=people[name],
            role=role,
            regions=regions,
            everywhere=not regions,
            purpose="bench",
            starts_on=today,
            ends_on=today + timedelta(days=300),
        )
    # A region's keys are made once a year: no goal measures that.
    for right in (RESTRICTED, EVIDENCE):
        keeping.region_key("ML05", right)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
