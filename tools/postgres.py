"""A private PostgreSQL for the length of one command, from the server programs that Debian installs.

    python -m tools.postgres COMMAND…      run COMMAND with DATABASE_URL set to a fresh cluster, then drop it
    python -m tools.postgres --where       tell where the server programs are; exit 1 when there are none

The cluster listens on a socket in its own temporary folder only, and forgets everything: never for real data.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME, SERVER = "sutura", "sutura_server"
"""The owner of the database, and the role of the server, which owns nothing."""
ABOVE = "above"
"""The superuser; the product never connects as it."""
ROLES = (
    f"CREATE ROLE {NAME} LOGIN CREATEDB",
    f"CREATE ROLE {SERVER} LOGIN",
    # So that the tests, which make their database as its owner, can then act as the server.
    f"GRANT {SERVER} TO {NAME}",
    # And tamper with what the guards keep, as whoever holds the database could.
    f"GRANT SET ON PARAMETER session_replication_role TO {NAME}",
)
# Nothing here must survive a power cut; waiting for the disk would cost most of the time.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=256MB",
    "listen_addresses=",
    # Tests roll back: statistics taken between two of them call tables empty, and plans go wild.
    "autovacuum=off",
)


def programs() -> Path | None:
    """The folder of the newest server programs (SUTURA_POSTGRES_BIN names another), or None."""
    named = os.environ.get("SUTURA_POSTGRES_BIN")
    if named:
        return Path(named)
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0), default=None)


def whose() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the user that Debian's package made for it."""
    if os.geteuid() != 0:
        return {}
    postgres = pwd.getpwnam("postgres")
    return {"user": postgres.pw_uid, "group": postgres.pw_gid, "extra_groups": []}


@contextmanager
def cluster(settings: tuple[str, ...] = SETTINGS) -> Iterator[str]:
    """A fresh cluster with both roles; yields the DATABASE_URL of the owner, stops and drops it afterwards."""
    where = programs()
    if where is None:
        raise FileNotFoundError("no PostgreSQL server programs (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="sutura-pg-"))
    as_user = whose()
    if as_user:
        os.chown(folder, as_user["user"], as_user["group"])

    def do(program: str, words: str, *more: str, check: bool = True) -> None:
        command = [where / program, *words.split(), *more]
        subprocess.run(command, stdout=subprocess.DEVNULL, cwd=folder, check=check, **as_user)

    options = " ".join(f"-c {setting}" for setting in settings)
    try:
        do("initdb", f"-D {folder}/data -U {ABOVE} -A trust -E UTF8 --locale=C.UTF-8 --no-sync")
        do("pg_ctl", f"-D {folder}/data -l {folder}/log -w start -o", f"-k {folder} {options}")
        for command in ROLES:
            do("psql", f"-h {folder} -U {ABOVE} postgres -c", command)
        do("createdb", f"-h {folder} -U {ABOVE} -O {NAME} {NAME}")
        yield f"postgresql://{NAME}@/{NAME}?host={folder}"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            do("pg_ctl", f"-D {folder}/data -m immediate stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run a command beside a cluster of its own; its exit code is ours."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__)
        return 2
    if arguments[0] == "--where":
        print(programs() or "no PostgreSQL server programs")
        return 0 if programs() else 1
    with cluster() as url:
        return subprocess.run(arguments, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
