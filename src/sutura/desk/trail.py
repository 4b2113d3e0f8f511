"""The log of acts as a page: newest first, by key, filtered by act, person and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from sutura.audit.models import Entry
from sutura.desk.choices import ACTS

SIZE = 50
DIGITS = 18  # the longest number of a row which a database holds


@dataclass(frozen=True)
class Line:
    """One act as the page tells it."""

    at: datetime
    actor: str
    act: str
    code: str
    kind: str
    subject: str
    fields: str


def lines(user: Any, chosen: dict[str, Any], before: str) -> tuple[list[Line], str]:
    """One page of what a person may read, and the key of the next; one statement."""
    found = filtered(Entry.objects.visible_to(user), chosen)
    if before.isdecimal() and len(before) <= DIGITS:
        found = found.filter(pk__lt=int(before))
    rows = list(found.order_by("-pk")[: SIZE + 1])
    more, rows = len(rows) > SIZE, rows[:SIZE]
    return [as_line(row) for row in rows], str(rows[-1].pk) if more else ""


def filtered(found: QuerySet[Entry], chosen: dict[str, Any]) -> QuerySet[Entry]:
    """Those of an act, of an account, on one record, between two days (both included)."""
    if chosen.get("act"):
        found = found.filter(act=chosen["act"])
    if chosen.get("actor"):
        found = found.filter(actor=chosen["actor"].strip())
    if chosen.get("record"):
        found = found.filter(subject=chosen["record"].strip())
    if chosen.get("first"):
        found = found.filter(at__gte=start_of(chosen["first"]))
    if chosen.get("last"):
        last = min(chosen["last"], timezone.localdate())  # the calendar itself ends somewhere
        found = found.filter(at__lt=start_of(last + timedelta(days=1)))
    return found


def start_of(day: Any) -> datetime:
    """The first instant of a day in the project's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def as_line(row: Entry) -> Line:
    """An entry in words."""
    return Line(
        row.at,
        row.actor,
        str(ACTS.get(row.act, row.act)),
        row.act,
        kind_of(row.kind),
        row.subject,
        row.fields,
    )


def kind_of(label: str) -> str:
    """`incidents.violation` in words; what no longer exists stays as it was written."""
    if not label:
        return ""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
