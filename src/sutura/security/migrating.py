"""Migration operations that render the models once: Django renders every related model anew after each operation,
and through the accounts all our models are related, so that this was most of what preparing a database cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.migrations import AddField, CreateModel, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Make the tables and columns of these operations as they stand after the last of them; backwards, take them away.

    Whatever else is among them belongs to a new table. A column for which SQLite makes its table anew, one that may
    not be empty, stands before the others of that table.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        _forget(state)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for made in self._made():
            made.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        made = list(self._made())
        if not self._several(made):
            for one in reversed(made):
                one.database_backwards(app_label, schema_editor, from_state, to_state)
            return
        # Whoever makes a table anew without one column must know which of the others are gone.
        states = [to_state]
        for operation in self.operations:
            states.append(states[-1].clone())
            operation.state_forwards(app_label, states[-1])
        for at, operation in reversed(list(enumerate(self.operations))):
            if operation in made:
                operation.database_backwards(app_label, schema_editor, states[at + 1], states[at])

    def describe(self) -> str:
        return f"Make {', '.join(str(made.name) for made in self._made())}"

    def _made(self) -> Iterator[CreateModel | AddField]:
        tables = {one.name_lower for one in self.operations if isinstance(one, CreateModel)}
        for one in self.operations:
            if isinstance(one, CreateModel) or (
                isinstance(one, AddField) and one.model_name_lower not in tables
            ):
                yield one

    @staticmethod
    def _several(made: Sequence[CreateModel | AddField]) -> bool:
        """Whether one table gets more than one column."""
        changed = [one.model_name_lower for one in made if isinstance(one, AddField)]
        return len(changed) > len(set(changed))


class Restated(SeparateDatabaseAndState):
    """Django's own, with many changes of state."""

    def state_forwards(self, app_label: str, state: Any) -> None:
        _forget(state)
        super().state_forwards(app_label, state)


def _forget(state: Any) -> None:
    """Drop the rendered models; whoever asks for them next renders all of them, once."""
    state.__dict__.pop("apps", None)
