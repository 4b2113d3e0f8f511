"""Codes of the log in words: an account by its name, a record by its reference; never what a record tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q

from sutura.access.acting import beyond
from sutura.alerts.models import Alert
from sutura.audit.models import Entry
from sutura.incidents.models import Incident
from sutura.people.models import Account

# Where the reference of a record stands: its own, else that of the record it belongs to.
PATHS = (
    "ref", "code", "username", "incident__ref", "violation__ref", "sitting__ref", "account__username", "unit__code",
    "period",
)  # fmt: skip
# Through which field a part belongs to a record whose reference it does not bear.
WHOLES = {"incident": "incident__ref", "violation": "violation__incident__ref"}
OWNERS: dict[type[Model], tuple[str, ...]] = {
    Incident: ("opened_by", "assigned_to"),
    Alert: ("received_by",),
}


def model_of(label: str) -> type[Model] | None:
    """The kind of record of an entry; None for no record, and for what an older Sutura called otherwise."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def path_of(model: type[Model]) -> str:
    """Where the reference of a kind of record is read, or nothing."""
    return next((path for path in PATHS if _stands(model, path)), "")


def _stands(model: type[Model], path: str) -> bool:
    """Whether a kind of record bears this reference: another app may call a field alike, and lead elsewhere."""
    name, _through, further = path.partition("__")
    field = {each.name: each for each in model._meta.concrete_fields}.get(name)
    if field is None or field.is_relation is not bool(further):
        return False
    return not further or _stands(field.related_model, further)  # type: ignore[arg-type]


def paths_of(model: type[Model]) -> set[str]:
    """The references under which a record is found: its own, and that of the whole it is a part of."""
    fields = {field.name for field in model._meta.concrete_fields}
    return {path_of(model), *(path for field, path in WHOLES.items() if field in fields)}


def people(entries: Iterable[Entry]) -> dict[int, str]:
    """The names of the accounts which acted; one statement."""
    wanted = {entry.actor_id for entry in entries}
    return {account.pk: str(account) for account in Account.objects.filter(pk__in=wanted - {None})}


@beyond("the log tells its readers the reference of a record, and nothing else of it")
def references(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """The reference of each record named by kind and number; one statement for each kind."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        if entry.kind:
            wanted.setdefault(entry.kind, set()).add(entry.subject)
    return {(kind, key): ref for kind, keys in wanted.items() for key, ref in _of_kind(kind, keys)}


def _of_kind(kind: str, keys: set[str]) -> Iterator[tuple[str, str]]:
    model = model_of(kind)
    path = path_of(model) if model else ""
    known = [key for key in keys if _is_uuid(key)]
    if model and path and known and hasattr(model, "public_id"):
        for key, ref in model._base_manager.filter(public_id__in=known).values_list("public_id", path):
            yield str(key), ref


@beyond("the log is searched by the reference of a record; lines and record stay each behind their own rule")
def numbers(reference: str) -> list[str]:
    """What the log may call a record: as typed, and the numbers of what bears this reference, with its parts."""
    found = [reference]
    for model in _referenced():
        for path in paths_of(model):  # one by one: each has its index, together none would be used
            bears = model._base_manager.filter(**{path: reference})
            found += [str(key) for key in bears.values_list("public_id", flat=True)]
    return found


def owns(user: Any, reference: str) -> bool:
    """Whether this is the reference of a record which the person opened, received or was assigned, and still sees."""
    return any(
        model.objects.visible_to(user)  # type: ignore[attr-defined]
        .filter(Q(*[(name, user) for name in names], _connector=Q.OR), ref=reference)
        .exists()
        for model, names in OWNERS.items()
    )


def _referenced() -> Iterator[Any]:
    """The models whose records bear a reference; their versions bear it too and are not asked."""
    for model in apps.get_models():
        if hasattr(model, "public_id") and not hasattr(model, "tracked_fields") and path_of(model):
            yield model


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
