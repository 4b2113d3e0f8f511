"""The very rows which a save left, inserted bare: plain statements, values ready, one transaction, nothing else.

What the product wrote is found by comparing the database before and after, table by table, so nothing is forgotten:
records, versions, lines of the ledger, cells of its roll-up, the entry of the log.
"""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

Statements = list[tuple[str, list[tuple[Any, ...]]]]
STEP = 1000  # each copy numbers its rows this much further
# Columns which hold the number of a row that is copied too.
NUMBERS = {
    "id", "history_id", "incident_id", "violation_id", "victim_id", "child_id", "perpetrator_id", "posting_id",
    "number", "entry_id",
}  # fmt: skip
UNIQUE = {"ref", "import_ref", "key"}
# Counters: a copy adds to the row which is there.
ADDED = {"ledger_cell": "count", "ledger_margin": "count", "incidents_yearcount": "last"}


@dataclass(frozen=True)
class Table:
    """Rows of one table, and the statement that inserts them."""

    name: str
    statement: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def connect(database: Path) -> sqlite3.Connection:
    """A plain connection which writes as safely as the product's."""
    other = sqlite3.connect(database, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        other.execute(f"PRAGMA {pragma}")
    return other


def contents(database: Path) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every table (the database is nearly empty)."""
    with sqlite3.connect(database) as plain:
        names = plain.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {name: set(plain.execute(f'SELECT * FROM "{name}"')) for (name,) in names.fetchall()}


def left_by(before: dict[str, set[tuple[Any, ...]]], database: Path) -> list[Table]:
    """The rows which are there now and were not before."""
    after = contents(database)
    with sqlite3.connect(database) as plain:
        return [
            _table(plain, name, sorted(rows - before[name], key=str))
            for name, rows in after.items()
            if rows - before[name]
        ]


def records(tables: list[Table]) -> list[Table]:
    """The records alone: no version, no line, no entry, no account, no note of what was imported."""
    apart = (
        "incidents_historical",
        "incidents_yearcount",
        "ledger_",
        "audit_",
        "intake_",
        "people_",
        "vault_",
    )
    return [table for table in tables if not table.name.startswith(apart)]


def _table(plain: sqlite3.Connection, name: str, rows: list[tuple[Any, ...]]) -> Table:
    described = plain.execute(f"PRAGMA table_info({name})").fetchall()
    columns = tuple(column[1] for column in described)
    statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    if name in ADDED:
        key = ", ".join(column[1] for column in described if column[5])
        counted = ADDED[name]
        statement += f" ON CONFLICT ({key}) DO UPDATE SET {counted} = {name}.{counted} + excluded.{counted}"
    return Table(name, statement, columns, rows)


def copies(tables: list[Table], numbers: range) -> list[Statements]:
    """For each number the statements with their rows: all values are made before the clock starts."""
    return [[(table.statement, _copy(table, number)) for table in tables] for number in numbers]


def _copy(table: Table, number: int) -> list[tuple[Any, ...]]:
    if table.name in ADDED:
        return table.rows
    return [
        tuple(_moved(column, value, number) for column, value in zip(table.columns, row, strict=True))
        for row in table.rows
    ]


def _moved(column: str, value: Any, number: int) -> Any:
    if value is None:
        return None
    if column in NUMBERS and isinstance(value, str):
        return uuid.uuid4().hex  # the key of a record, which has a random number
    if column in NUMBERS:
        return value + number * STEP
    if column == "public_id":
        return uuid.uuid4().hex
    if column == "moment":
        return str(datetime.fromisoformat(value) + timedelta(seconds=number))
    return f"{value}~{number}" if column in UNIQUE else value


def insert(database: sqlite3.Connection, statements: Statements) -> None:
    """One transaction, to the disk."""
    database.execute("BEGIN IMMEDIATE")
    database.execute("PRAGMA defer_foreign_keys=ON")
    for statement, rows in statements:
        database.executemany(statement, rows)
    database.execute("COMMIT")


def count(tables: list[Table]) -> int:
    """Rows of one save."""
    return sum(len(table.rows) for table in tables)
