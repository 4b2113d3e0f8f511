"""The file as it stood at any moment, and everything that happened to it since it was opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from sutura.access.rules import may
from sutura.incidents.codes import CodesField, display
from sutura.incidents.models import (
    DETAILS,
    Attachment,
    Incident,
    Perpetrator,
    PerpetratorLink,
    Response,
    Source,
    SourceLink,
    Victim,
    VictimLink,
    Violation,
)
from sutura.security.privacy import IDENTIFYING, classes
from sutura.security.sealed import Sealed
from sutura.vault.opened import Vault
from sutura.vault.revealing import Gone, unsealed

PARTS: tuple[type[Model], ...] = (Violation, Victim, Perpetrator, Source, Attachment)
OF_VIOLATION: tuple[type[Model], ...] = (
    Response, VictimLink, PerpetratorLink, SourceLink, *dict.fromkeys(DETAILS.values()),
)  # fmt: skip
SIGNS = {"+": "created", "~": "changed", "-": "removed"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field which changed; `old` and `new` are empty and `hidden` true where the reader may not see it."""

    name: str
    label: str
    old: str = ""
    new: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one entity: what (`created`, `changed`, `removed`), who, when, why, which fields."""

    kind: str
    entity: str
    entity_label: str
    ref: str
    who: str
    when: datetime
    why: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(slots=True)
class FileAt:
    """The whole incident as known at a moment; `hidden` names (model, field) emptied for this reader."""

    moment: datetime
    incident: Incident
    violations: list[Violation] = field(default_factory=list)
    victims: list[Victim] = field(default_factory=list)
    perpetrators: list[Perpetrator] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    details: dict[int, Model] = field(default_factory=dict)
    victim_links: list[VictimLink] = field(default_factory=list)
    perpetrator_links: list[PerpetratorLink] = field(default_factory=list)
    source_links: list[SourceLink] = field(default_factory=list)
    hidden: set[tuple[str, str]] = field(default_factory=set)

    def records(self) -> list[Model]:
        """Every record of the file, the incident first."""
        lists = (getattr(self, one.name) for one in fields(self))
        parts = [one for held in lists if isinstance(held, list) for one in held]
        return [self.incident, *self.details.values(), *parts]


def file_as_at(incident: Incident, moment: datetime, user: Any) -> FileAt | None:
    """The incident and all that belongs to it as it stood at a moment; None before it was opened.

    The caller has fetched the incident through `visible_to`; identifying fields are emptied for a reader
    without `incidents.restricted` in its region.
    """
    seen = _versions(Incident, Q(id=incident.pk), moment)
    if not seen:
        return None
    hide = not may(user, "incidents.restricted", incident.region)
    file = FileAt(moment=moment, incident=_instance(seen[0]))
    found: dict[type[Model], list[Any]] = {}
    for model, condition in _tables(incident):
        found[model] = [_instance(version) for version in _versions(model, condition, moment)]
    file.violations, file.victims, file.perpetrators = found[Violation], found[Victim], found[Perpetrator]
    file.sources, file.attachments, file.responses = found[Source], found[Attachment], found[Response]
    file.victim_links, file.source_links = found[VictimLink], found[SourceLink]
    file.perpetrator_links = found[PerpetratorLink]
    for violation in file.violations:
        details = {detail.pk: detail for detail in found[DETAILS[violation.type]]}
        if violation.pk in details:
            file.details[violation.pk] = details[violation.pk]
    _joined(file)
    if hide:
        for record in (file.incident, *(record for records in found.values() for record in records)):
            file.hidden |= _emptied(record)
    return file


def _joined(file: FileAt) -> None:
    """Hand each record the incident or the violation it belongs to: asking for each would cost a statement."""
    parts: list[Any] = [*file.violations, *file.victims, *file.perpetrators, *file.sources, *file.attachments]
    for part in parts:
        part.incident = file.incident
    violations = {one.pk: one for one in file.violations}
    hanging: list[Any] = [*file.details.values(), *file.responses]
    for hung in hanging:
        hung.violation = violations[hung.violation_id]


def timeline(incident: Incident, user: Any, vault: Vault | None = None) -> list[Change]:
    """Every change of every entity of the file, newest first; what was sealed is told only through an open vault."""
    hide = not may(user, "incidents.restricted", incident.region)
    changes: list[Change] = []
    tables: list[tuple[type[Model], Q]] = [(Incident, Q(id=incident.pk)), *_tables(incident)]
    for model, condition in tables:
        rows = _history(model).filter(condition).select_related("history_user")
        versions = list(rows.order_by("history_date", "history_id"))
        if vault is not None and not hide:
            with suppress(Gone):  # what no key of hers opens stays sealed in the story
                unsealed(versions, vault)
        changes += _changes(model, versions, hide)
    return sorted(changes, key=lambda change: change.when, reverse=True)


def _history(model: type[Model]) -> Any:
    return model.history.model.objects  # type: ignore[attr-defined]


def _tables(incident: Incident) -> list[tuple[type[Model], Q]]:
    """Each table of the file with the condition that finds this incident's versions."""
    violations = sorted(set(_history(Violation).filter(incident_id=incident.pk).values_list("id", flat=True)))
    return [
        *((model, Q(incident_id=incident.pk)) for model in PARTS),
        *((model, Q(violation_id__in=violations)) for model in OF_VIOLATION),
    ]


def _key(model: type[Model]) -> str:
    return str(model._meta.pk.attname) if model._meta.pk else "id"


def _versions(model: type[Model], condition: Q, moment: datetime) -> list[Any]:
    """The last version of each record at the moment, without those taken away by then."""
    latest: dict[Any, Any] = {}
    rows = _history(model).filter(condition, history_date__lte=moment)
    for version in rows.order_by("history_date", "history_id"):
        latest[getattr(version, _key(model))] = version
    return [version for _pk, version in sorted(latest.items()) if version.history_type != "-"]


def _instance(version: Any) -> Any:
    return version.instance


def _emptied(record: Model) -> set[tuple[str, str]]:
    """Empty the identifying fields of a record in memory; what was emptied."""
    hidden = set()
    for name, privacy in classes(type(record)).items():
        if privacy != IDENTIFYING:
            continue
        column: Any = record._meta.get_field(name)
        empty: Any = [] if isinstance(column, CodesField) else None if column.null else ""
        if getattr(record, column.attname) not in (None, "", []):
            hidden.add((record._meta.model_name or "", name))
        setattr(record, column.attname, empty)
    return hidden


def _changes(model: type[Model], versions: Iterable[Any], hide: bool) -> list[Change]:
    before: dict[Any, Any] = defaultdict(lambda: None)
    changes = []
    for version in versions:
        key = getattr(version, _key(model))
        fields: tuple[FieldChange, ...] = ()
        if version.history_type == "~" and before[key] is not None:
            fields = tuple(_differences(model, before[key], version, hide))
        before[key] = version
        changes.append(
            Change(
                kind=SIGNS[version.history_type],
                entity=model._meta.model_name or "",
                entity_label=str(model._meta.verbose_name),
                ref=getattr(version, "ref", "") or "",
                who=str(version.history_user or ""),
                when=version.history_date,
                why=version.history_change_reason or "",
                fields=fields,
            )
        )
    return changes


def _differences(model: type[Model], old: Any, new: Any, hide: bool) -> Iterable[FieldChange]:
    privacy = classes(model)
    for column in model._meta.concrete_fields:
        told, tells = getattr(old, column.attname), getattr(new, column.attname)
        if told == tells:
            continue
        label = str(column.verbose_name)
        if hide and privacy.get(column.name) == IDENTIFYING:
            yield FieldChange(column.name, label, hidden=True)
        else:
            yield FieldChange(column.name, label, _words(column, told), _words(column, tells))


def _words(column: Any, value: Any) -> str:
    """A value as a reader sees it."""
    if value is None:
        return ""
    if isinstance(value, Sealed):
        return str(value)
    if isinstance(column, CodesField):
        return ", ".join(display(column, value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if column.is_relation and column.remote_field:
        record = column.remote_field.model._base_manager.filter(pk=value).first()
        return str(record or value)
    return str(value)
