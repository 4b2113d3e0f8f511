"""Roll-up tables kept in the order of their key: a report reads one stretch of the disk, an upsert one tree."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

TABLES = ("ledger_cell", "ledger_margin")


class Clustered(Operation):
    """Make the (still empty) roll-up tables WITHOUT ROWID on SQLite; PostgreSQL keeps its heap and key index.

    A later change of these tables by Django copies them as ordinary tables: slower to read, equally right.
    """

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            return
        for table in TABLES:
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(
                    "SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table]
                )
                made = sorted(cursor.fetchall(), reverse=True)  # the table before its indexes
            schema_editor.execute(f"DROP TABLE {table}", params=None)
            for kind, statement in made:
                ending = " WITHOUT ROWID" if kind == "table" else ""
                schema_editor.execute(statement + ending, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """An ordinary table holds the same rows."""

    def describe(self) -> str:
        return "Keep the roll-up tables in the order of their key"
