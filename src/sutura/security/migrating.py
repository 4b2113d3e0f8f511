"""Migration operations that render the models once: Django renders every related model anew after each operation,
and through the accounts all our models are related, so that this was most of what preparing a database cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.migrations import CreateModel, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Make the tables of these operations as they stand after the last of them, and drop them all backwards.

    Only for tables made here: whatever else is among the operations must belong to one of them.
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
        for made in reversed(list(self._made())):
            made.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {', '.join(made.name for made in self._made())}"

    def _made(self) -> Iterator[CreateModel]:
        return (one for one in self.operations if isinstance(one, CreateModel))


class Restated(SeparateDatabaseAndState):
    """Django's own, with many changes of state."""

    def state_forwards(self, app_label: str, state: Any) -> None:
        _forget(state)
        super().state_forwards(app_label, state)


def _forget(state: Any) -> None:
    """Drop the rendered models; whoever asks for them next renders all of them, once."""
    state.__dict__.pop("apps", None)
