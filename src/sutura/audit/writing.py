"""How many new records are written at little cost: keys taken first, then one prepared statement for all rows.

Django's bulk_create compiles a statement for every few rows (SQLite allows a thousand values in one) and asks each
value how it is written; a file of ten thousand incidents has a quarter of a million rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Field, Model

from sutura.security import sealed

# The class of value which both drivers take as it is, by the way Django's own field is stored.
PLAIN: dict[str, type] = {
    "BigAutoField": int,
    "BigIntegerField": int,
    "BooleanField": bool,
    "CharField": str,
    "FloatField": float,
    "ForeignKey": int,
    "IntegerField": int,
    "OneToOneField": int,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "SmallIntegerField": int,
    "TextField": str,
}
SHAPED: dict[str, tuple[type, Callable[[Any], str]]] = {
    "DateField": (date, date.isoformat),
    "UUIDField": (UUID, attrgetter("hex")),
}


Reader = Callable[[Model], Any]
ROWS = 500  # in one statement: its text stays small beside what it writes
PIECE = 50  # values; for more the driver (psycopg) takes a statement apart each time anew


@dataclass(frozen=True)
class Plan:
    """How the rows of one model are written: a reader of the value for each column, the key first.

    `whole` writes a row with its key; `keyless` lets the database give the key and answers it.
    """

    readers: tuple[Reader, ...]
    whole: str
    keyless: str


def insert(model: type[Model], objs: Sequence[Model]) -> None:
    """Write new records of one model; gives them their keys. Inside a transaction."""
    sealed.seal(objs)
    plan = plan_of(model, connection.vendor)
    unkeyed = [obj for obj in objs if obj.pk is None]
    with connection.cursor() as cursor:
        if unkeyed and len(unkeyed) == len(objs) and (len(objs) == 1 or connection.vendor == "postgresql"):
            rows = [[read(obj) for read in plan.readers[1:]] for obj in objs]
            for obj, key in zip(objs, _insert_keyless(cursor, plan, rows), strict=True):
                obj.pk = key
        else:
            for obj, key in zip(unkeyed, next_keys(model, len(unkeyed)), strict=True):
                obj.pk = key
            rows = [[read(obj) for read in plan.readers] for obj in objs]
            if connection.vendor == "postgresql":
                _insert_rows(cursor, plan.whole, rows)
            else:
                cursor.executemany(plan.whole, rows)
    for obj in objs:
        obj._state.adding = False
        obj._state.db = connection.alias


def _insert_keyless(cursor: Any, plan: Plan, rows: Sequence[Sequence[Any]]) -> list[int]:
    """Rows to which the database gives keys, in their order."""
    if len(rows) > 1:
        return _insert_rows(cursor, plan.keyless, rows)
    cursor.execute(plan.keyless, rows[0])
    return [cursor.fetchone()[0]]


def _insert_rows(cursor: Any, statement: str, rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Many rows in one statement: PostgreSQL plans it, and asks the second wall, once for all of them."""
    into, _values, after = statement.partition(" VALUES ")
    after = after.partition(" RETURNING ")[2]
    keys = []
    for start in range(0, len(rows), ROWS):
        told = ", ".join([_told(cursor.cursor, row) for row in rows[start : start + ROWS]])
        cursor.execute(f"{into} VALUES {told}" + (f" RETURNING {after}" if after else ""))
        keys += [key for (key,) in cursor.fetchall()] if after else []
    return keys


def _told(cursor: Any, row: Sequence[Any]) -> str:
    """A row in the words of SQL, by the driver, some values at a time: it remembers short statements alone."""
    pieces = [row[start : start + PIECE] for start in range(0, len(row), PIECE)]
    return f"({', '.join([cursor.mogrify(_marks(len(piece)), piece) for piece in pieces])})"


@cache
def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)


def next_keys(model: type[Model], count: int) -> Sequence[int]:
    """Keys that no row has or will have; SQLite's transactions are IMMEDIATE (settings), so nobody else takes them."""
    if not count:
        return []
    assert model._meta.pk is not None
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            last = found[0] if found else 0
            return range(last + 1, last + 1 + count)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(table), column, count],
        )
        return [row[0] for row in cursor.fetchall()]


@cache
def plan_of(model: type[Model], vendor: str) -> Plan:
    """How a model is written, worked out once for each kind of database."""
    quote = connection.ops.quote_name
    fields = sorted(model._meta.local_concrete_fields, key=lambda field: not field.primary_key)
    columns = [quote(str(field.column)) for field in fields]
    into = f"INSERT INTO {quote(model._meta.db_table)}"

    def statement(named: list[str]) -> str:
        return f"{into} ({', '.join(named)}) VALUES ({', '.join(['%s'] * len(named))})"

    keyless = f"{statement(columns[1:])} RETURNING {columns[0]}"
    return Plan(tuple(reader(field, vendor) for field in fields), statement(columns), keyless)


def reader(field: Field, vendor: str) -> Reader:
    """How a field's value is read off a record, as the database takes it."""
    name = field.attname
    if isinstance(field, sealed.SealedTextField):
        return lambda obj: field.get_prep_value(getattr(obj, name))
    told = field.get_internal_type() if _told_by_django(field) else ""
    kind = PLAIN.get(told)
    # SQLite has no such types: Django's own words for them, without asking field and backend for each value.
    shaped, shape = SHAPED.get(told, (None, None)) if vendor == "sqlite" else (None, None)

    def asked(obj: Model) -> Any:
        return field.get_db_prep_save(field.pre_save(obj, True), connection)

    def read(obj: Model) -> Any:
        value = getattr(obj, name)
        if value is None or value.__class__ is kind:
            return value
        if shape is not None and value.__class__ is shaped:
            return shape(value)
        return asked(obj)

    def linked(obj: Model) -> Any:
        if getattr(obj, name) is None and field.is_cached(obj):  # type: ignore[attr-defined]
            # The other record was written after this one was made.
            setattr(obj, field.name, getattr(obj, field.name))
        return read(obj)

    if (kind is None and shape is None) or not _kept_as_it_is(field):
        return asked
    return linked if field.is_relation else read


def _told_by_django(field: Field) -> bool:
    """Whether nothing of ours changes how the field is stored."""
    methods = ("get_prep_value", "get_db_prep_value", "get_db_prep_save")
    return all(getattr(type(field), name).__module__.startswith("django.") for name in methods)


def _kept_as_it_is(field: Field) -> bool:
    """Whether saving leaves the value of the record alone: a clock or a file would change it."""
    if isinstance(field, DateField) and type(field).pre_save.__module__.startswith("django."):
        return not (field.auto_now or field.auto_now_add)
    return type(field).pre_save is Field.pre_save
