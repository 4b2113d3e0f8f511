"""The database as it is at one moment, while people go on writing."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction

from sutura.config.backup.contents import DATABASE, Refused, Schema
from sutura.config.backup.programs import start
from sutura.config.language import say

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
Ask = Callable[[str], Iterable[tuple[Any, ...]]]


@dataclass(frozen=True)
class Snapshot:
    """One moment of the database: its schema, how many rows each table has, and its bytes to be read once."""

    engine: str
    schema: Schema
    rows: dict[str, int]
    stream: BinaryIO


@contextmanager
def snapshot(private: Path) -> Iterator[Snapshot]:
    """The moment, from either database."""
    with sqlite(private) if connection.vendor == "sqlite" else postgres() as taken:
        yield taken


@contextmanager
def sqlite(private: Path) -> Iterator[Snapshot]:
    """A copy made by SQLite itself (`VACUUM INTO`): one transaction, and nothing of what was once deleted."""
    path = private / DATABASE["sqlite"]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    schema, rows = read(path)
    with path.open("rb") as stream:
        yield Snapshot("sqlite", schema, rows, stream)


def read(path: Path) -> tuple[Schema, dict[str, int]]:
    """Schema and rows of an SQLite file."""
    with closing(sqlite3.connect(path)) as database:
        return facts(database.execute, [name for (name,) in database.execute(TABLES)])


@contextmanager
def postgres() -> Iterator[Snapshot]:
    """What `pg_dump` sees through the very snapshot in which the rows were counted."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        schema, rows = facts(asking(cursor), connection.introspection.table_names(cursor))
        cursor.execute("SELECT pg_export_snapshot()")
        name = cursor.fetchone()[0]
        options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={name}"]
        # It would refuse tables with policies; it passes them as this command does, in its own session only.
        options += ["--enable-row-security"]
        with start("pg_dump", *options, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as dump:
            assert dump.stdout is not None
            yield Snapshot("postgresql", schema, rows, dump.stdout)  # type: ignore[arg-type]
        if dump.returncode:
            raise Refused(
                say(
                    "pg_dump stopped half-way: is it as new as the server, and may this role read every table?",
                    "pg_dump s’est arrêté : est-il aussi récent que le serveur, et ce rôle lit-il chaque table ?",
                )
            )


def asking(cursor: Any) -> Ask:
    """A question to the database that gives its rows."""

    def ask(question: str) -> Iterable[tuple[Any, ...]]:
        cursor.execute(question)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    return ask


def facts(ask: Ask, tables: Iterable[str]) -> tuple[Schema, dict[str, int]]:
    """Which migrations were applied, and how many rows each table has."""
    schema: Schema = {}
    for app, name in ask(MIGRATIONS):
        schema.setdefault(app, []).append(name)
    rows = {}
    for table in sorted(tables):
        ((rows[table],),) = ask(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - the database's own names
    return schema, rows
