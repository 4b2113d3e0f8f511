"""The second wall around the tests: on PostgreSQL they run as the server's role, which owns nothing.

What a test does itself it does beyond the wall; what a page does, it does as whoever signed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections

from sutura.config.postgresql import policies, rights
from tools.postgres import NAME, SERVER


@contextmanager
def around_tests() -> Iterator[None]:
    """Raise the walls in the database of the tests, then step down from its owner."""
    policies.raise_walls()
    rights.give(SERVER)
    act_as(SERVER)
    yield
    act_as(NAME)


@contextmanager
def as_owner() -> Iterator[None]:
    """What only the owner of the tables may do; on SQLite there is nobody else."""
    before = policies.ask("SELECT current_user::text")[0][0] if connection.vendor == "postgresql" else NAME
    if before == NAME:
        yield
        return
    act_as(NAME)
    try:
        yield
    finally:
        act_as(before)


def give_rights() -> None:
    """A table that was made anew has lost those of the server's role."""
    if connection.vendor == "postgresql":
        rights.give(SERVER)


def act_as(role: str) -> None:
    """From now on, on this connection and on new ones."""
    connections["default"].settings_dict["OPTIONS"]["assume_role"] = role
    policies.run([f"SET ROLE {role}"])
