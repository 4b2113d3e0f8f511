"""The register of places for a test: read from its files once in a run, written as it stood then in every other test.

It is a quarter of a second of each of more than a thousand tests. What reads the files has tests of its own.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from sutura.audit.services import record
from sutura.audit.writing import ROWS
from sutura.places.models import Code, Name, RegisterChange, Unit
from sutura.places.services import load_register

MODELS: tuple[type[Model], ...] = (
    Unit, Unit.history.model, Name, Name.history.model, Code, Code.history.model, RegisterChange,
)  # fmt: skip
WHO = "history_user_id"
NOBODY = -40404
"""Stands for who loads it, in statements that are kept."""
_kept: list[str] = []


@transaction.atomic
def load_places(*, by: Any) -> None:
    """The shipped register, loaded by somebody; over what a test has made of it, by the product alone."""
    empty = not Unit.objects.exists()
    if not (_kept and empty):
        load_register(by=by)
        if empty:
            _kept[:] = [statement for model in MODELS for statement in _statements(model)]
        return
    with connection.cursor() as cursor:
        for statement in _kept:
            cursor.execute(statement.replace(str(NOBODY), str(by.pk)))
    record(by, "places.load_register", fields="as it was read")


def _statements(model: type[Model]) -> list[str]:
    """What writes the rows of a table again, in its database's own words."""
    fields, quote = model._meta.local_concrete_fields, connection.ops.quote_name
    columns = [quote(str(field.column)) for field in fields]
    said = {"postgresql": "quote_nullable({})", "sqlite": "quote({})"}[connection.vendor]
    told = [str(NOBODY) if column == quote(WHO) else said.format(column) for column in columns]
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(told)} FROM {table} ORDER BY {quote(str(model._meta.pk.column))}")
        rows = [f"({', '.join([str(value) for value in row])})" for row in cursor.fetchall()]
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    return [into + ", ".join(rows[start : start + ROWS]) for start in range(0, len(rows), ROWS)]
