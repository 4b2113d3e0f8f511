"""Migration operations that render few models: Django renders every related model anew after each operation, and
through the accounts all our models are related, so that this was most of what preparing a database cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.migrations import AddField, CreateModel, Migration, RunPython, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation
from django.db.models import Model


class Together(Operation):
    """Make the tables and columns of these operations as they stand after the last of them; backwards, take them away.

    Whatever else is among them belongs to a new table. A column for which SQLite makes its table anew, one that may
    not be empty, stands before the others of that table.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        with unrendered(state):
            for operation in self.operations:
                operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        before, after = self._near(app_label, from_state), self._near(app_label, to_state)
        for made in self._made():
            made.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        made = list(self._made())
        if not self._several(made):
            before, after = self._near(app_label, from_state), self._near(app_label, to_state)
            for one in reversed(made):
                one.database_backwards(app_label, schema_editor, before, after)
            return
        # Whoever makes a table anew without one column must know which of the others are gone.
        states = [to_state]
        for operation in self.operations:
            states.append(states[-1].clone())
            operation.state_forwards(app_label, states[-1])
        states = [self._near(app_label, state) for state in states]
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

    def _near(self, app_label: str, state: Any) -> ProjectState:
        """What the operations touch, of one state."""
        return near(state, {(app_label, touched(one)) for one in self._made()})

    @staticmethod
    def _several(made: Sequence[CreateModel | AddField]) -> bool:
        """Whether one table gets more than one column."""
        changed = [one.model_name_lower for one in made if isinstance(one, AddField)]
        return len(changed) > len(set(changed))


class Sparing(Migration):
    """A migration whose operations know those models alone that they touch; what fills rows says which it reads."""

    fills: Sequence[str] = ()
    """Models by name which its RunPython may ask for, of its own app; of what they point to only the keys are there."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        self.operations = [  # type: ignore[misc]
            Alone(one, self.fills)
            if isinstance(one, CreateModel | FieldOperation | IndexOperation | RunPython)
            else one
            for one in self.operations
        ]


class Alone(Operation):
    """One operation, shown the models that it touches and no other."""

    def __init__(self, operation: Any, fills: Sequence[str]) -> None:
        self.operation, self.fills = operation, fills
        self.reversible = operation.reversible  # type: ignore[misc]

    def state_forwards(self, app_label: str, state: Any) -> None:
        with unrendered(state):
            self.operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        before, after = self._near(app_label, from_state), self._near(app_label, to_state)
        self.operation.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        before, after = self._near(app_label, from_state), self._near(app_label, to_state)
        self.operation.database_backwards(app_label, schema_editor, before, after)

    def describe(self) -> str:
        told: str = self.operation.describe()
        return told

    def _near(self, app_label: str, state: Any) -> ProjectState:
        filled = isinstance(self.operation, RunPython)
        names = [name.lower() for name in self.fills] if filled else [touched(self.operation)]
        return near(state, {(app_label, name) for name in names})


class Restated(SeparateDatabaseAndState):
    """Django's own, with many changes of state."""

    def state_forwards(self, app_label: str, state: Any) -> None:
        with unrendered(state):
            super().state_forwards(app_label, state)


def touched(operation: Any) -> str:
    """The model that an operation makes or changes, in small letters."""
    name: str = operation.name_lower if isinstance(operation, CreateModel) else operation.model_name_lower
    return name


@contextmanager
def unrendered(state: Any) -> Iterator[None]:
    """Change a state without its rendered models; whoever asks for them next renders all of them, once."""
    state.__dict__.pop("apps", None)
    yield
    state.__dict__["apps"] = Unrendered(state.real_apps, state.models)


class Unrendered:
    """The models of a state before anybody asked for one of them; most migrations ask for none.

    Django renders whatever state has no models when it begins a migration; this stands where it looks for them.
    """

    def __init__(self, real_apps: Any, models: dict[tuple[str, str], ModelState]) -> None:
        self._from = real_apps, models
        self._made: StateApps | None = None

    def clone(self) -> Any:
        """For the copy of a state, which goes its own way from here."""
        real_apps, models = self._from
        if self._made:
            return self._made.clone()
        return Unrendered(real_apps, {key: model.clone() for key, model in models.items()})

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = StateApps(*self._from)
        return getattr(self._made, name)


def near(state: Any, wanted: set[tuple[str, str]]) -> ProjectState:
    """These models of a state, whole, and of the models that they point to what a reference needs: table and keys."""
    kept: dict[tuple[str, str], ModelState] = {}
    open_ones = [key for key in sorted(wanted) if key in state.models]
    while open_ones:
        key = open_ones.pop()
        if key in kept:
            continue
        model = state.models[key]
        kept[key] = model if key in wanted else _reference(model)
        for field in kept[key].fields.values():
            open_ones += _targets(field, key)
    return ProjectState(kept)


def _reference(model: ModelState) -> ModelState:
    """A model with its table and what may be referred to."""
    keys = {name: field for name, field in model.fields.items() if field.unique}
    options = {name: value for name, value in model.options.items() if name in ("db_table", "managed")}
    return ModelState(model.app_label, model.name, keys, options, (Model,), [])


def _targets(field: Any, key: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """The models that a field points to, as a state names them."""
    for end in (getattr(field.remote_field, "model", None), getattr(field.remote_field, "through", None)):
        if end:
            yield resolve_relation(end, *key)
