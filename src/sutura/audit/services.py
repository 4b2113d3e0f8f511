"""The only writers of kept entities: a version of history and the record are written together, or not at all.

These verbs are below permission: each service of the field asks `require` first and calls `record` last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from sutura.audit import anchors, chain, writing
from sutura.audit.models import Entry
from sutura.audit.querysets import reference
from sutura.security import sealed

BATCH = 2000
COPIED = 900  # keys in one statement: SQLite's limit is the lowest
M = TypeVar("M", bound=Model)
_later: ContextVar[list[Entry] | None] = ContextVar("later", default=None)


@transaction.atomic(savepoint=False)  # a failure here must undo the whole act
def record(by: Any, act: str, *, of: object = "", fields: str = "") -> Entry:
    """One line of the log, in the same transaction as the act. `of`: a record, or a plain reference."""
    return record_each(by, act, of=[of], fields=fields)[0]


@transaction.atomic(savepoint=False)  # a failure here must undo the whole act
def record_each(by: Any, act: str, *, of: Iterable[object], fields: str = "") -> list[Entry]:
    """One line of the log for each record, for an act which changes many: few statements, whatever the number."""
    entries = [
        Entry(
            actor_id=getattr(by, "pk", None),
            actor=getattr(by, "username", "") or "?",
            act=act,
            kind=one._meta.label_lower if isinstance(one, Model) else "",
            subject=reference(one),
            fields=fields[:400],
        )
        for one in of
    ]
    later = _later.get()
    if later is None:
        _write(entries)
    else:
        later.extend(entries)
    return entries


@contextmanager
def lines_together() -> Iterator[None]:
    """Several acts that are one whole: their lines are written at its end, in one statement. Inside a transaction.

    What fails inside must undo the whole: the line of an act undone alone would still be written.
    """
    entries: list[Entry] = []
    token = _later.set(entries)
    try:
        yield
    finally:
        _later.reset(token)
    _write(entries)


def _write(entries: Sequence[Entry]) -> None:
    if entries:
        writing.insert(Entry, entries)
        chain.extend(entries)


@transaction.atomic
def anchor(*, by: Any) -> str:
    """Sign the end of the chain; the line is to be kept where whoever keeps this machine cannot reach."""
    record(by, "audit.anchor")
    return anchors.signed()


@transaction.atomic(savepoint=False)  # a failure here must undo the whole act
def keep(obj: M, *, by: Any, why: str = "") -> M:
    """Save one record with its version."""
    creating = obj._state.adding
    obj.skip_history_when_saving = True  # type: ignore[attr-defined]  # the version is written below, in bulk form
    obj.save()
    del obj.skip_history_when_saving  # type: ignore[attr-defined]
    versions([obj], "+" if creating else "~", by=by, why=why)
    return obj


@transaction.atomic(savepoint=False)  # a failure here must undo the whole act
def keep_all(model: type[M], objs: Sequence[M], *, by: Any, why: str = "") -> list[M]:
    """Create many records and their versions: few statements, whatever the number."""
    if not objs:
        return []
    writing.insert(model, objs)
    versions(objs, "+", by=by, why=why)
    return list(objs)


@transaction.atomic(savepoint=False)  # a failure here must undo the whole act
def keep_changes(objs: Sequence[M], fields: Iterable[str], *, by: Any, why: str = "") -> int:
    """Write the named fields of many records and one full version of each; the objects must hold all their values."""
    if not objs:
        return 0
    sealed.seal(objs)
    objs[0].__class__._default_manager.bulk_update(objs, list(fields), batch_size=BATCH)
    versions(objs, "~", by=by, why=why)
    return len(objs)


@transaction.atomic(savepoint=False)  # a failure here must undo the whole act
def drop(obj: Model, *, by: Any, why: str = "") -> None:
    """Take a link row away; its last version stays in the history with who and why."""
    versions([obj], "-", by=by, why=why)
    obj.skip_history_when_saving = True  # type: ignore[attr-defined]
    type(obj)._base_manager.filter(pk=obj.pk)._raw_delete(using=obj._state.db or "default")


def versions(objs: Sequence[Model], sign: str, *, by: Any, why: str) -> None:
    """Write one version of each object (`+` made, `~` changed, `-` taken away) as its row now stands.

    The database copies the rows itself: building each version in Python cost as much again as the record.
    """
    if not objs:
        return
    model = objs[0].__class__
    head, tail = _copying(model, connection.vendor)
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    assert model._meta.pk is not None
    adapt = model._meta.pk.get_db_prep_value
    with connection.cursor() as cursor:
        for start in range(0, len(objs), COPIED):
            keys = [adapt(obj.pk, connection) for obj in objs[start : start + COPIED]]
            marks = ", ".join(["%s"] * len(keys))
            values = [moment, getattr(by, "pk", None), sign, why[:500], *keys]
            cursor.execute(f"{head} ({marks}) {tail}", values)


@cache
def _copying(model: type[Model], vendor: str) -> tuple[str, str]:
    """The statement which copies rows of a model into its history, before and after the list of their keys."""
    history = model.history.model  # type: ignore[attr-defined]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in history.tracked_fields)
    own = ", ".join(
        quote(name) for name in ("history_date", "history_user_id", "history_type", "history_change_reason")
    )
    assert model._meta.pk is not None
    key = quote(str(model._meta.pk.column))
    into = f"INSERT INTO {quote(history._meta.db_table)} ({columns}, {own}) SELECT {columns}, %s, %s, %s, %s"
    return f"{into} FROM {quote(model._meta.db_table)} WHERE {key} IN", f"ORDER BY {key}"
