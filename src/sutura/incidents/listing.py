"""The list of incidents: fifty lean rows at a time, at the same cost on the first page and on the last.

Each region in scope is read from its own index and the branches are merged: a condition over several regions
would make the database sort the whole scope (design/performance.md C).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import DateField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, TruncMonth

from sutura.access.rules import EVERYWHERE, regions
from sutura.incidents.models import Incident, Violation
from sutura.incidents.querysets import IncidentQuerySet, RowBefore, apart
from sutura.places.choices import Edition
from sutura.places.models import Unit

SIZE = 50
DIGITS = 18
"""The longest number of a row which a database holds."""
ANY_REGION = "\0region"  # stands for a region while a statement is made; nobody can type it
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
    """One page of what a person may read: four statements, whatever the number of incidents."""
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
    def shaped(branch: IncidentQuerySet) -> IncidentQuerySet:
        branch = filters.of(branch)
        return (branch.after(*after) if after else branch.newest_first())[:size]

    rows = [_converted(row) for row in read_scope(user, filters.region, shaped, COLUMNS)]
    rows = [(*row, False) for row in rows] + apart_heads(user, filters, after, size)
    return sorted(rows, key=lambda row: (row[3], row[0]), reverse=True)[:size]


def read_scope(
    user: Any,
    region: str,
    shaped: Callable[[IncidentQuerySet], IncidentQuerySet],
    columns: Sequence[str],
) -> list[tuple[Any, ...]]:
    """Rows of what a person may read, in one statement: `shaped` filters, orders and cuts the rows of each region.

    Each region keeps its own order and limit inside a subquery, as SQLite needs. Between regions there is no order.
    """
    held = regions(user, "incidents.read")
    if held is EVERYWHERE:
        every = Incident.objects.visible_to(user).filter(Q(region=region) if region else Q())
        return list(shaped(every).values_list(*columns))
    codes = [code for code in sorted(held) if not region or code == region]
    if not codes:
        return []
    # The branches differ by the region alone, so one is compiled for all; their values are parameters.
    branch = shaped(Incident.objects.filter(~apart(user), region=ANY_REGION)).values_list(*columns)
    part, values = branch.query.sql_with_params()
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) AS branch_{n}" for n in range(len(codes)))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [code if value == ANY_REGION else value for code in codes for value in values])
        return cursor.fetchall()


def apart_heads(
    user: Any, filters: Filters, after: tuple[date, int] | None, size: int
) -> list[tuple[Any, ...]]:
    """Heads of the incidents told apart: sought, ordered and shown by the first day of their month."""
    found = apart_by_month(user, filters)
    if after:
        found = found.filter(RowBefore(F("month"), F("id"), Value(after[0]), Value(after[1])))
    columns = ("id", "public_id", "ref", "month", "state", "region", "area")
    return [(*row, "", "", True) for row in found.order_by("-month", "-id").values_list(*columns)[:size]]


def apart_by_month(user: Any, filters: Filters) -> IncidentQuerySet:
    """Incidents told apart which answer the filters, as far as a month, a cercle and a code can answer."""
    areas = Unit.objects.filter(edition=Edition.COD_2021, code=OuterRef("cercle")).values("pk")
    found = Incident.objects.told_apart_to(user).annotate(
        month=TruncMonth("occurred_on", output_field=DateField()), area=Coalesce(Subquery(areas), "place_id")
    )
    if filters.region:
        found = found.filter(region=filters.region)
    if filters.first:
        found = found.filter(month__gte=filters.first)
    if filters.last:
        found = found.filter(month__lte=filters.last)
    if filters.words:
        found = found.filter(ref__icontains=filters.words)
    return filters.of_kind(found)


def _converted(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Types which SQLite hands out as text."""
    values = list(row)
    if isinstance(values[1], str):
        values[1] = UUID(values[1])
    if isinstance(values[3], str):
        values[3] = date.fromisoformat(values[3])
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
