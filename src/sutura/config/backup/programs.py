"""PostgreSQL's own programs: what dumps and what restores."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from sutura.access.acting import BEYOND
from sutura.config.backup.contents import Refused
from sutura.config.language import say


def program(name: str) -> str:
    """The newest of its kind: SUTURA_POSTGRES_BIN, Debian's folders, then the path."""
    named = os.environ.get("SUTURA_POSTGRES_BIN")
    folders = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version)
    found = [str(folder / name) for folder in folders if (folder / name).is_file()]
    best = found[-1] if found else shutil.which(name)
    if best is None:
        raise Refused(
            say(
                f"{name} is missing: install it (Debian: apt install postgresql-client)",
                f"{name} est absent : installez-le (Debian : apt install postgresql-client)",
            )
        )
    return best


def version(folder: Path) -> int:
    """The number in /usr/lib/postgresql/15/bin."""
    return int(re.sub(r"\D", "", folder.parent.name) or 0)


def start(name: str, *options: str, database: str = "", **more: Any) -> subprocess.Popen[bytes]:
    """Start a program on our database, or on another of the same server; the password is not on its command line."""
    settings = connection.settings_dict | ({"NAME": database} if database else {})
    words, environment = DatabaseClient.settings_to_cmd_args_env(settings, [])
    command: Sequence[str] = [program(name), *options, *words[1:-1], "--dbname", words[-1]]
    beyond = {"PGOPTIONS": f"-c app.uid={BEYOND}"}
    return subprocess.Popen(command, env={**os.environ, **(environment or {}), **beyond}, **more)
