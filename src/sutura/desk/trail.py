"""The log of acts as a page: newest first, by key, filtered by act, person, record and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from sutura.access.rules import may
from sutura.audit.models import Entry
from sutura.desk.choices import ACTS
from sutura.desk.naming import model_of, numbers, owns, people, references
from sutura.people.models import Account

SIZE = 50
DIGITS = 18  # the longest number of a row which a database holds


@dataclass(frozen=True)
class Line:
    """One act as the page tells it."""

    at: datetime
    actor: str
    account: str
    act: str
    code: str
    kind: str
    record: str
    subject: str
    fields: str


@dataclass(frozen=True)
class Page:
    """One page of the log, the key of the next, and whether it tells the acts of others."""

    rows: list[Line]
    older: str
    others: bool


def page(user: Any, chosen: dict[str, Any], before: str) -> Page:
    """What a person may read: all of it for an auditor, all about a record for its owner, else one's own acts."""
    reference = chosen.get("record", "").strip()
    owner = bool(reference) and owns(user, reference)
    found: QuerySet[Entry] = Entry.objects.all() if owner else Entry.objects.visible_to(user)
    if reference:
        found = found.filter(subject__in=numbers(reference))
    found = filtered(found, chosen)
    if before.isdecimal() and len(before) <= DIGITS:
        found = found.filter(pk__lt=int(before))
    rows = list(found.order_by("-pk")[: SIZE + 1])
    more, rows = len(rows) > SIZE, rows[:SIZE]
    older = str(rows[-1].pk) if more else ""
    others = owner or may(user, "audit.read", "")
    return Page(list(told(rows, people(rows) if others else {})), older, others)


def filtered(found: QuerySet[Entry], chosen: dict[str, Any]) -> QuerySet[Entry]:
    """Those of an act, of a person, between two days (both included)."""
    if chosen.get("act"):
        found = found.filter(act=chosen["act"])
    if chosen.get("actor"):
        name = chosen["actor"].strip()
        named = Account.objects.filter(name__icontains=name).values("pk")
        found = found.filter(Q(actor=name) | Q(actor_id__in=named))
    if chosen.get("first"):
        found = found.filter(at__gte=start_of(chosen["first"]))
    if chosen.get("last"):
        last = min(chosen["last"], timezone.localdate())  # the calendar itself ends somewhere
        found = found.filter(at__lt=start_of(last + timedelta(days=1)))
    return found


def start_of(day: Any) -> datetime:
    """The first instant of a day in the project's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def told(rows: list[Entry], names: Mapping[int, str]) -> Iterator[Line]:
    """Entries in words: what has no name any more keeps its code."""
    refs = references(rows)
    for row in rows:
        yield Line(
            at=row.at,
            actor=names.get(row.actor_id or 0, row.actor),
            account=row.actor,
            act=str(ACTS.get(row.act, row.act)),
            code=row.act,
            kind=kind_of(row.kind),
            record=refs.get((row.kind, row.subject), row.subject),
            subject=row.subject,
            fields=fields_of(row.kind, row.fields),
        )


def kind_of(label: str) -> str:
    """`incidents.violation` in words; what no longer exists stays as it was written."""
    model = model_of(label)
    return str(model._meta.verbose_name) if model else label


def fields_of(label: str, fields: str) -> str:
    """Names of fields in words; counts and codes stay as they were written."""
    model = model_of(label)
    known = {field.name: field.verbose_name for field in model._meta.concrete_fields} if model else {}
    names = fields.split()
    return ", ".join(str(known[name]) for name in names) if known.keys() >= set(names) else fields
