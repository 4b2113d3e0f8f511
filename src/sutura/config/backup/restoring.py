"""Bringing a backup back: proved in a private place first, put where it belongs only then."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from sutura.audit.services import record
from sutura.config import walls
from sutura.config.backup.contents import DATABASE, FILES, KEYS, Manifest, Refused
from sutura.config.backup.opening import opened
from sutura.config.backup.programs import start
from sutura.config.backup.proving import prove
from sutura.config.language import say
from sutura.people.services import machine

TOGETHER = 50
"""Tables dropped in one transaction: each is locked with all that hangs on it, and room for locks is short."""


@dataclass(frozen=True)
class Restored:
    """What came back, what proved it, and where that which was there before lies now."""

    manifest: Manifest
    proofs: Sequence[str]
    aside: Sequence[Path] = ()


def drill(file: Path, identities: Sequence[Any], *, upgrade: bool) -> Restored:
    """Restore into a temporary place, prove it, and leave nothing."""
    with opened(file, identities, upgrade=upgrade) as (private, manifest):
        if manifest.engine == "sqlite":
            name = str(private / DATABASE["sqlite"])
            return Restored(manifest, prove(private, name, manifest, upgrade=upgrade))
        with temporary() as name:
            load(private, name)
            return Restored(manifest, prove(private, name, manifest, upgrade=upgrade))


def restore(file: Path, identities: Sequence[Any], *, upgrade: bool, replace: bool) -> Restored:
    """Restore where DATABASE_URL and SUTURA_DATA point; an SQLite database that is there is set aside if asked."""
    refuse_what_is_there(replace=replace)
    with opened(file, identities, upgrade=upgrade) as (private, manifest):
        if manifest.engine == "sqlite":
            proofs = prove(private, str(private / DATABASE["sqlite"]), manifest, upgrade=upgrade)
            aside = set_aside()
            move_in(private)
            shutil.move(private / DATABASE["sqlite"], database())
        else:
            name = str(connection.settings_dict["NAME"])
            load(private, name)
            try:
                proofs = prove(private, name, manifest, upgrade=upgrade)
            except Refused:
                empty()
                raise
            aside = set_aside()
            move_in(private)
    walls.build()
    record(machine("restore"), "backup.restore", of=file.name)
    return Restored(manifest, proofs, aside)


def database() -> Path:
    """Our SQLite file."""
    return Path(str(connection.settings_dict["NAME"]))


def refuse_what_is_there(*, replace: bool) -> None:
    """Refuse to write over records; looking must not make an empty SQLite file."""
    if connection.vendor == "sqlite":
        full = database().exists() and bool(connection.introspection.table_names())
        connection.close()
    else:
        full, replace = bool(connection.introspection.table_names()), False
    if full and not replace:
        raise Refused(
            say(
                "there are records in the database: name an empty one in DATABASE_URL (or, for SQLite, add --replace)",
                "la base contient des données : désignez-en une vide dans DATABASE_URL (ou, en SQLite, --replace)",
            )
        )


def alone() -> None:
    """Refuse while anyone else has the SQLite file open; its log is folded into it on the way."""
    try:
        with closing(sqlite3.connect(database(), timeout=0)) as held:
            held.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise Refused(
            say(
                "somebody uses the database: stop Sutura first",
                "la base est en service : arrêtez d’abord Sutura",
            )
        ) from error


def set_aside() -> list[Path]:
    """Give what is there another name; nothing is deleted."""
    stamp = f".before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    places = [Path(settings.MEDIA_ROOT)]
    if connection.vendor == "sqlite" and database().exists():
        places = [database(), *(settings.DATA / name for name in KEYS), *places]
        alone()
    moved = []
    for place in places:
        if place.exists():
            moved.append(place.rename(place.with_name(place.name + stamp)))
    return moved


def move_in(private: Path) -> None:
    """Attachments and signing keys in their place; the database comes last, when all it names is there."""
    if (private / FILES).exists():
        shutil.move(private / FILES, settings.MEDIA_ROOT)
    for name in KEYS:
        if (private / name).exists():
            shutil.move(private / name, settings.DATA / name)


def empty() -> None:
    """Take back what was poured into a PostgreSQL database that held nothing before."""
    functions = (
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    )
    with connection.cursor() as cursor:
        names = [f'"{table}"' for table in connection.introspection.table_names(cursor)]
        for at in range(0, len(names), TOGETHER):
            cursor.execute(f"DROP TABLE {', '.join(names[at : at + TOGETHER])} CASCADE")
        cursor.execute(functions)
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function} CASCADE")


@contextmanager
def temporary() -> Iterator[str]:
    """An empty PostgreSQL database beside ours, gone afterwards."""
    name = f"sutura_drill_{secrets.token_hex(4)}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    except DatabaseError as error:
        raise Refused(
            say(
                "the drill needs a PostgreSQL role that may create a database: name one in DATABASE_URL",
                "l’exercice demande un rôle PostgreSQL qui peut créer une base : désignez-le dans DATABASE_URL",
            )
        ) from error
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def load(private: Path, name: str) -> None:
    """Pour the dump into an empty PostgreSQL database, whole or not at all."""
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    with (private / DATABASE["postgresql"]).open("rb") as dump:
        quiet = {"stdin": dump, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with start("pg_restore", *options, database=name, **quiet) as loading:
            loading.wait()
    if loading.returncode:
        raise Refused(
            say(
                "pg_restore stopped and took everything back: is it as new as the server that made the backup?",
                "pg_restore s’est arrêté et a tout défait : est-il aussi récent que le serveur de la sauvegarde ?",
            )
        )
