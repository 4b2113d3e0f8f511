"""Database guards, as migration operations: what is written stays written, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION sutura_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
"""
POSTGRES = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION sutura_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION sutura_append_only();
"""


class AppendOnly(Operation):
    """Refuse every UPDATE and DELETE of a table, by trigger."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, list(self.tables), {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        if postgres:
            schema_editor.execute(POSTGRES_FUNCTION, params=None)
        for table in self.tables:
            if postgres:
                schema_editor.execute(POSTGRES.format(table=table))
            else:
                for verb in ("UPDATE", "DELETE"):
                    schema_editor.execute(SQLITE.format(table=table, verb=verb))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in self.tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
            else:
                for verb in ("UPDATE", "DELETE"):
                    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")

    def describe(self) -> str:
        return f"Make {', '.join(self.tables)} append-only"


class OpenForRebuild(Operation):
    """Lift the guard before a later schema change rebuilds a table (SQLite copies tables); pair it with AppendOnly."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, list(self.tables), {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        AppendOnly(*self.tables).database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        AppendOnly(*self.tables).database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Lift the append-only guard of {', '.join(self.tables)}"


CHAIN = """
CREATE FUNCTION audit_piece(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT length(coalesce(value, '')) || ':' || coalesce(value, '')
$$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last bigint;
    previous text;
BEGIN
    PERFORM pg_advisory_xact_lock(%d);
    SELECT number, hash INTO last, previous FROM audit_link ORDER BY number DESC LIMIT 1;
    last := coalesce(last, 0) + 1;
    INSERT INTO audit_link (number, entry_id, hash) VALUES (last, NEW.id, encode(sha256(convert_to(
        coalesce(previous, repeat('0', 64))
        || audit_piece(last::text)
        || audit_piece(NEW.id::text)
        || audit_piece(to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_piece(NEW.actor_id::text)
        || audit_piece(NEW.actor)
        || audit_piece(NEW.act)
        || audit_piece(NEW.kind)
        || audit_piece(NEW.subject)
        || audit_piece(NEW.fields), 'UTF8')), 'hex'));
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_entry_chained AFTER INSERT ON audit_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();
"""
UNCHAIN = """
DROP TRIGGER audit_entry_chained ON audit_entry;
DROP FUNCTION audit_chain();
DROP FUNCTION audit_piece(text);
"""
CHAIN_LOCK = 0x5EED6E5  # a number of our own, beside the ledger's


class Chained(Operation):
    """Let PostgreSQL bind each new entry of the log to the chain at commit (SQLite: `chain.extend`)."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(CHAIN % CHAIN_LOCK, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(UNCHAIN, params=None)

    def describe(self) -> str:
        return "Chain the entries of the log at commit"


PIECE = """
CREATE OR REPLACE FUNCTION audit_piece(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT length(coalesce(value, ''))%s || ':' || coalesce(value, '')
$$;
"""


class Pieced(Operation):
    """Let PostgreSQL write a piece of the chain in place: of texts throughout, it is no more called as a function.

    A number bound to a text depends on settings in PostgreSQL's eyes, and what does is never taken apart.
    """

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(PIECE % "::text", params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(PIECE % "", params=None)

    def describe(self) -> str:
        return "Write the pieces of the chain in place"
