"""The database guard of the lines: superseded once, never otherwise changed, never deleted."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from sutura.ledger.rules import FACTS

FROZEN = (
    "id",
    "posting_id",
    "recorded_at",
    "violation_ref",
    *FACTS,
    "decided_quarter",
    "event_quarter",
    "late",
)
REFUSAL = "ledger_line is append-only: a line is superseded once"


def _condition(differs: str) -> str:
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in FROZEN)
    return f"OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL OR {changed}"


SQLITE = (
    f"""CREATE TRIGGER ledger_line_supersede_once BEFORE UPDATE ON ledger_line
    WHEN {_condition("IS NOT")}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER ledger_line_no_delete BEFORE DELETE ON ledger_line
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
)
POSTGRES = (
    f"""CREATE OR REPLACE FUNCTION ledger_line_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    f"""CREATE TRIGGER ledger_line_supersede_once BEFORE UPDATE ON ledger_line FOR EACH ROW
    WHEN ({_condition("IS DISTINCT FROM")}) EXECUTE FUNCTION ledger_line_refuse()""",
    """CREATE TRIGGER ledger_line_no_delete BEFORE DELETE ON ledger_line
    FOR EACH ROW EXECUTE FUNCTION ledger_line_refuse()""",
    """CREATE TRIGGER ledger_line_no_truncate BEFORE TRUNCATE ON ledger_line
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_line_refuse()""",
)


class SupersedeOnce(Operation):
    """Guard `ledger_line` by triggers, on SQLite and PostgreSQL."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        for statement in POSTGRES if postgres else SQLITE:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        on = " ON ledger_line" if schema_editor.connection.vendor == "postgresql" else ""
        for name in ("supersede_once", "no_delete", "no_truncate"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS ledger_line_{name}{on}", params=None)

    def describe(self) -> str:
        return "Let a ledger line be superseded once, and nothing else"
