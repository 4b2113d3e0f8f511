"""The list of incidents: fifty lean rows at a time, at the same cost on the first page and on the last.

Each region in scope is read from its own index and the branches are merged: a condition over several regions
would make the database sort the whole scope (design/performance.md C).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import DateField, F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncMonth

from sutura.access.rules import EVERYWHERE, regions
from sutura.incidents.models import Incident, Violation
from sutura.incidents.querysets import IncidentQuerySet, RowBefore, apart_beyond, group
from sutura.places.choices import Edition
from sutura.places.models import Unit

SIZE = 50
DIGITS = 18
"""The longest number of a row which a database holds."""
ANY_REGION = "\0region"  # stands for a region while a statement is made; nobody can type it
STATEMENTS = 256  # kept compiled: making one costs more than its answer
Statement = tuple[str, tuple[Any, ...]]
COLUMNS = ("id", "public_id", "ref", "occurred_on", "state", "region", "place_id", "title", "locality")


class Row(NamedTuple):
    """One incident as listed; `violations` are (type, status, children, party label) of its standing ones.

    `apart`: it is told outside its group, by the first day of its month and by its cercle.
    """

    id: int
    public_id: UUID
    ref: str
    occurred_on: date
    state: str
    region: str
    place: str
    title: str
    locality: str
    violations: list[tuple[str, str, int, str]]
    apart: bool = False


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a reader looks for; empty means anything."""

    type: str = ""
    status: str = ""
    party: str = ""
    region: str = ""
    state: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""

    def of(self, incidents: IncidentQuerySet) -> IncidentQuerySet:
        """The incidents which answer all of them."""
        if self.first:
            incidents = incidents.filter(occurred_on__gte=self.first)
        if self.last:
            incidents = incidents.filter(occurred_on__lte=self.last)
        incidents = self.of_kind(incidents)
        return incidents.matching(self.words) if self.words else incidents

    def of_kind(self, incidents: IncidentQuerySet) -> IncidentQuerySet:
        """Those of a state, and with a violation of a type, a status, a party."""
        if self.state:
            incidents = incidents.filter(state=self.state)
        if self.type or self.status or self.party:
            incidents = incidents.with_violation(type=self.type, status=self.status, party=self.party)
        return incidents


@dataclass(frozen=True)
class Page:
    """Rows in the order of the list, and the cursor of the next page ("" on the last)."""

    rows: list[Row] = field(default_factory=list)
    next: str = ""


def page(user: Any, *, filters: Filters | None = None, cursor: str = "", size: int = SIZE) -> Page:
    """One page of what a person may read: four statements whatever its size, five where some are told apart."""
    filters = filters or Filters()
    heads = _heads(user, filters, position(cursor), size + 1)
    shown = heads[:size]
    rows = _rows(shown)
    more = len(heads) > size
    return Page(rows, f"{shown[-1][3].isoformat()}~{shown[-1][0]}" if more else "")


def position(cursor: str) -> tuple[date, int] | None:
    """The row a cursor stands for; a cursor which cannot be read means the first page."""
    day, _sep, pk = cursor.partition("~")
    try:
        return date.fromisoformat(day), int(pk[:DIGITS])
    except ValueError:
        return None


def _heads(user: Any, filters: Filters, after: tuple[date, int] | None, size: int) -> list[tuple[Any, ...]]:
    found = read_scope(user, filters.region, Older(filters, after, size), COLUMNS)
    rows = [(*_converted(row), False) for row in found]
    # Where the page is full, only those told apart which come before its last row can stand on it.
    oldest = rows[-1][3] if len(rows) == size else None
    rows += apart_heads(user, filters, after, oldest, size)
    return sorted(rows, key=lambda row: (row[3], row[0]), reverse=True)[:size]


@dataclass(frozen=True)
class Shape(ABC):
    """Which rows of one region are asked for: filtered, ordered, cut; the same again for all regions together."""

    filters: Filters
    after: tuple[date, int] | None
    size: int
    order: ClassVar[str]

    @abstractmethod
    def __call__(self, branch: IncidentQuerySet) -> IncidentQuerySet:
        """The rows of one region."""


class Older(Shape):
    """Those which a page of the list may show."""

    order = "occurred_on DESC, id DESC"

    def __call__(self, branch: IncidentQuerySet) -> IncidentQuerySet:
        """Filtered, in the order of the list, and cut."""
        branch = self.filters.of(branch)
        return (branch.after(*self.after) if self.after else branch.newest_first())[: self.size]


def read_scope(user: Any, region: str, shape: Shape, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Rows of what a person may read, in one statement: `shape` cuts those of each region, then of all.

    Each region keeps its own order and limit inside a subquery, as SQLite needs.
    """
    held = regions(user, "incidents.read")
    if held is EVERYWHERE:
        every = Incident.objects.visible_to(user).filter(Q(region=region) if region else Q())
        return list(shape(every).values_list(*columns))
    codes = [code for code in sorted(held) if not region or code == region]
    if not codes:
        return []
    part, values = branch_of(shape, group(user), columns)
    first = f"ORDER BY {shape.order} LIMIT {shape.size}"
    if connection.vendor == "postgresql":
        # One branch for all regions is planned once, and asks the second wall once.
        sql = f"SELECT branch.* FROM unnest(%s::text[]) AS held (code), LATERAL ({part}) AS branch {first}"  # noqa: S608
        return asked(sql, [codes, *values])
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) AS branch_{n}" for n in range(len(codes)))  # noqa: S608
    return asked(
        f"{sql} {first}", [code if value == ANY_REGION else value for code in codes for value in values]
    )


@lru_cache(STATEMENTS)
def branch_of(shape: Shape, apart: tuple[str, ...] | None, columns: tuple[str, ...]) -> Statement:
    """The rows of one region, whichever: compiled once for all regions and readers of whom the same is asked."""
    held: Any = RawSQL("held.code", ()) if connection.vendor == "postgresql" else ANY_REGION
    return statement(shape(Incident.objects.filter(~apart_beyond(apart), region=held)).values_list(*columns))


def statement(found: Any) -> Statement:
    """A question in words of the database, with its values."""
    sql, values = found.query.sql_with_params()
    return sql, tuple(values)


def asked(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows which answer a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def apart_heads(
    user: Any, filters: Filters, after: tuple[date, int] | None, oldest: date | None, size: int
) -> list[tuple[Any, ...]]:
    """Heads of the incidents told apart: sought, ordered and shown by the first day of their month."""
    held, beyond = regions(user, "incidents.read"), group(user)
    if not held or beyond is None:
        return []
    codes = None if held is EVERYWHERE else tuple(sorted(held))
    rows = [_converted(row) for row in asked(*apart_of(codes, beyond, filters, after, oldest, size))]
    areas = cercles({row[-1] for row in rows}) if rows else {}
    return [(*row[:6], areas.get(row[-1], row[6]), "", "", True) for row in rows]


@lru_cache(STATEMENTS)
def apart_of(
    codes: tuple[str, ...] | None,
    beyond: tuple[str, ...],
    filters: Filters,
    after: tuple[date, int] | None,
    oldest: date | None,
    size: int,
) -> Statement:
    """The question of `apart_heads`."""
    told = Incident.objects.filter(apart_beyond(beyond), Q() if codes is None else Q(region__in=codes))
    found = months(by_month(told, filters), oldest, after[0] if after else None)
    if after:
        found = found.filter(RowBefore(F("month"), F("id"), Value(after[0]), Value(after[1])))
    columns = ("id", "public_id", "ref", "month", "state", "region", "place_id", "cercle")
    return statement(found.order_by("-month", "-id").values_list(*columns)[:size])


def cercles(codes: set[str]) -> dict[str, int]:
    """Where those told apart are said to be: the keys of cercles, by code."""
    return dict(Unit.objects.filter(edition=Edition.COD_2021, code__in=codes).values_list("code", "pk"))


def apart_by_month(user: Any, filters: Filters) -> IncidentQuerySet:
    """Incidents told apart to a person which answer the filters."""
    return by_month(Incident.objects.told_apart_to(user), filters)


def by_month(found: IncidentQuerySet, filters: Filters) -> IncidentQuerySet:
    """Those which answer the filters, as far as a month, a cercle and a code can answer."""
    found = found.annotate(month=TruncMonth("occurred_on", output_field=DateField()))
    if filters.region:
        found = found.filter(region=filters.region)
    if filters.words:
        found = found.filter(ref__icontains=filters.words)
    return filters.of_kind(months(found, filters.first, filters.last))


def months(found: IncidentQuerySet, since: date | None, until: date | None) -> IncidentQuerySet:
    """Those whose month begins between two days: said by the days of months, which an index answers."""
    if since:
        found = found.filter(occurred_on__gte=since if since.day == 1 else next_month(since))
    return found.filter(occurred_on__lt=next_month(until)) if until else found


def next_month(day: date) -> date:
    """The first day of the month after; the last day of all where there is none."""
    last = date.max.replace(day=1)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) if day < last else date.max


def _converted(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Types which SQLite hands out as text, and PostgreSQL's month, which is a moment."""
    values = list(row)
    if isinstance(values[1], str):
        values[1] = UUID(values[1])
    if isinstance(values[3], str):
        values[3] = date.fromisoformat(values[3])
    elif isinstance(values[3], datetime):
        values[3] = values[3].date()
    return tuple(values)


def _rows(heads: list[tuple[Any, ...]]) -> list[Row]:
    if not heads:
        return []
    names = dict(Unit.objects.filter(pk__in={head[6] for head in heads}).values_list("pk", "name"))
    violations: dict[int, list[tuple[str, str, int, str]]] = defaultdict(list)
    told = Violation.objects.among(incident__in=[head[0] for head in heads]).standing().order_by("pk")
    for incident, type_, status, boys, girls, unknown, label in told.values_list(
        "incident_id", "type", "status", "boys", "girls", "unknown", "party_label"
    ):
        violations[incident].append((type_, status, boys + girls + unknown, label))
    return [
        Row(pk, public_id, ref, day, state, region, names[place], title, locality, violations[pk], is_apart)
        for pk, public_id, ref, day, state, region, place, title, locality, is_apart in heads
    ]
