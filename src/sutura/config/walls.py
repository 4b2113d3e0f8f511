"""The second wall as commands build it: on PostgreSQL policies and rights, on SQLite nothing (a guard stands there)."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from sutura.config.postgresql import policies, rights


def here() -> bool:
    """Whether this database has such walls."""
    return connection.vendor == "postgresql"


def may_build() -> bool:
    """Whether this role may make tables, and so the walls around them."""
    return not here() or rights.makes_tables()


def lower() -> None:
    """Before the schema changes."""
    if here():
        policies.lower_walls()


def build() -> None:
    """Raise the walls as the law now is, and give the role of the server its rights."""
    if not here():
        return
    policies.raise_walls()
    if settings.SUTURA_SERVER_ROLE:
        rights.give(settings.SUTURA_SERVER_ROLE)
