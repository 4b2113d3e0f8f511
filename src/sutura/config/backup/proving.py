"""Whether what came back is what went away: counted, cross-checked, and recomputed by the product's own commands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import FileField

from sutura.config import console
from sutura.config.backup.contents import FILES, Manifest, Refused
from sutura.config.backup.snapshot import asking, facts
from sutura.config.language import chosen, say


@contextmanager
def beside(name: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection like ours, to another database of the same kind."""
    other = connection.copy()
    other.settings_dict["NAME"] = name
    try:
        yield other
    finally:
        other.close()


def prove(folder: Path, name: str, manifest: Manifest, *, upgrade: bool) -> list[str]:
    """Every proof that a restored database and its files give, one sentence each; the first that fails is a refusal."""
    with beside(name) as restored:
        proofs = [rows(restored, manifest)]
        if restored.vendor == "sqlite":
            proofs.append(sound(restored))
    if upgrade:
        ask(folder, name, "init", "--upgrade")
    with beside(name) as restored:
        proofs.append(attached(restored, folder / FILES))
    for command in ("ledger", "audit"):
        if command in console.modules():
            proofs.append(f"{command} verify: {ask(folder, name, command, 'verify')}")
    return proofs


def rows(restored: BaseDatabaseWrapper, manifest: Manifest) -> str:
    """Each table has the rows that were counted when the backup was taken."""
    with restored.cursor() as cursor:
        found = facts(asking(cursor), restored.introspection.table_names(cursor))
    if found != (manifest.schema, manifest.rows):
        raise Refused(say("rows are missing from what came back", "des lignes manquent à ce qui est revenu"))
    count, tables = sum(manifest.rows.values()), len(manifest.rows)
    return say(
        f"{count} rows in {tables} tables, as counted", f"{count} lignes dans {tables} tables, comme compté"
    )


def sound(restored: BaseDatabaseWrapper) -> str:
    """SQLite finds its own file whole, and every reference leading somewhere."""
    with restored.cursor() as cursor:
        ask = asking(cursor)
        if list(ask("PRAGMA integrity_check")) != [("ok",)] or list(ask("PRAGMA foreign_key_check")):
            raise Refused(say("the database came back broken", "la base est revenue abîmée"))
    return say("the database is whole", "la base est entière")


def attached(restored: BaseDatabaseWrapper, files: Path) -> str:
    """Every file that a record names is there."""
    missing = count = 0
    with restored.cursor() as cursor:
        for table, column in file_columns():
            for (name,) in asking(cursor)(f'SELECT "{column}" FROM "{table}" WHERE "{column}" <> \'\''):  # noqa: S608
                count += 1
                missing += not (files / name).is_file()
    if missing:
        raise Refused(say(f"{missing} attachments are missing", f"il manque {missing} pièces jointes"))
    return say(f"{count} attachments, none missing", f"{count} pièces jointes, aucune ne manque")


def file_columns() -> list[tuple[str, str | None]]:
    """Where the database names files."""
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FileField)
    ]


def ask(folder: Path, name: str, *words: str) -> str:
    """One of our own commands on the restored database, in a process that knows no other; its first line."""
    environment = {
        **os.environ,
        "DATABASE_URL": url(name),
        "SUTURA_DATA": str(folder),
        "SUTURA_LANG": chosen(),
        "DJANGO_SETTINGS_MODULE": "sutura.config.settings",
    }
    command = [sys.executable, "-P", "-m", "sutura", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    told = (done.stdout or done.stderr).strip().partition("\n")[0]
    if done.returncode:
        raise Refused(
            say(
                f"what came back fails {words[0]}: {told}",
                f"échec de {words[0]} sur ce qui est revenu : {told}",
            )
        )
    return told


def url(name: str) -> str:
    """DATABASE_URL of a database of the same kind as ours."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(name)}"
    known: dict[str, Any] = connection.settings_dict
    who = quote(known["USER"]) + (":" + quote(known["PASSWORD"], safe="") if known["PASSWORD"] else "")
    places = {"host": known["HOST"], "port": known["PORT"], **known["OPTIONS"]}
    more = urlencode({key: value for key, value in places.items() if value})
    return f"postgresql://{who}@/{quote(name, safe='')}?{more}"
