"""What the role of the server may do: it owns nothing, empties nothing, and rewrites nothing that only grows."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from sutura.config.postgresql.policies import ask, run

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
# A trigger which refuses both verbs on every row bears this name (audit/migrations_ops.py).
GROWING = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_append_only'"
ALL = "SELECT, INSERT, UPDATE, DELETE"
NARROWER = {
    "django_migrations": "SELECT",
    # A line is superseded once; a trigger sees to the once.
    "ledger_line": "SELECT, INSERT, UPDATE (superseded_at, superseded_by_id)",
}
OURS = "relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"
OWNS = f"SELECT EXISTS (SELECT FROM pg_class WHERE {OURS} AND pg_has_role(current_user, relowner, 'USAGE'))"  # noqa: S608
REWRITES = f"""
SELECT EXISTS (SELECT FROM pg_class WHERE {OURS} AND (
    has_table_privilege(oid, 'TRUNCATE') OR relname = ANY (%s) AND has_table_privilege(oid, 'UPDATE, DELETE')
))
"""  # noqa: S608


@transaction.atomic
def give(role: str) -> None:
    """Give the role of the server what it needs, and nothing else."""
    run(statements(connection.ops.quote_name(role)))


def statements(role: str) -> Iterator[str]:
    """From whatever it was given before."""
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    growing = dict.fromkeys(growing_tables(), "SELECT, INSERT")
    for (table,) in ask(TABLES):
        yield f"GRANT {(growing | NARROWER).get(table, ALL)} ON {table} TO {role}"


def growing_tables() -> list[str]:
    """The tables which only grow."""
    return [table for (table,) in ask(GROWING)]


def makes_tables() -> bool:
    """Whether this role may make tables here."""
    return bool(ask("SELECT has_schema_privilege(current_schema(), 'CREATE')")[0][0])


def owns() -> bool:
    """Whether this role owns a table, itself or through a role that it is a member of."""
    return bool(ask(OWNS)[0][0])


def rewrites() -> bool:
    """Whether this role might empty a table, or rewrite one that only grows."""
    return bool(ask(REWRITES, [*growing_tables(), "django_migrations"])[0][0])
