"""Coverage by cercle: what came in, who could go there, and what silence means (mrm.md 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from sutura.access.rules import regions
from sutura.alerts import rules
from sutura.alerts.choices import Access, Silence
from sutura.alerts.models import AccessNote, Alert
from sutura.places.choices import Edition
from sutura.places.models import Unit


@dataclass(frozen=True)
class Row:
    """One cercle: alerts received in the window, the last one, what waits, access, and the silence.

    `over` says for each step of days how many alerts have waited longer.
    """

    unit: Unit
    alerts: int
    last_alert_on: date | None
    pending: int
    over: tuple[tuple[int, int], ...]
    access: str
    observed_on: date | None
    visited_on: date | None
    silence: str

    @property
    def access_label(self) -> str:
        return str(Access(self.access).label)

    @property
    def silence_label(self) -> str:
        return str(Silence(self.silence).label)


def coverage(user: Any, *, today: date | None = None, days: int = rules.WINDOW_DAYS) -> list[Row]:
    """One row per cercle of the regions whose alerts the reader may read, from the region down; four queries.

    Leads do not count: a list kept elsewhere says nothing of whom the network reaches.
    """
    today = today or timezone.localdate()
    start = today - timedelta(days=days)
    held = regions(user, "alerts.read")
    units = Unit.objects.filter(level=2, edition=Edition.COD_2021).select_related("parent").order_by("path")
    tallies = _tallies(user, start, today)
    access = _access(AccessNote.objects.visible_to(user).since(start).order_by("observed_on", "id"))
    return [
        _row(unit, tallies.get(unit.code, rules.Tally()), access.get(unit.code, rules.Access()))
        for unit in units
        if unit.region in held
    ]


def _row(unit: Unit, tally: rules.Tally, access: rules.Access) -> Row:
    steps = tuple(settings.SUTURA_QUEUE_DAYS)
    return Row(
        unit=unit,
        alerts=tally.alerts,
        last_alert_on=tally.last_on,
        pending=tally.pending,
        over=tuple(zip(steps, rules.pending_over(tally.ages, steps), strict=True)),
        access=access.level,
        observed_on=access.observed_on,
        visited_on=access.visited_on,
        silence=rules.silence(
            alerts=tally.alerts,
            visited=access.visited_on is not None,
            observed=access.observed_on is not None,
        ),
    )


def _tallies(user: Any, start: date, today: date) -> dict[str, rules.Tally]:
    since = timezone.make_aware(datetime.combine(start, datetime.min.time()))
    told = Alert.objects.readable_by(user).reports().exclude(cercle="").order_by()
    found = {
        cercle: rules.Tally(alerts=count, last_on=_day(last))
        for cercle, count, last in told.values_list("cercle").annotate(
            count=Count("id", filter=Q(received_at__gte=since)), last=Max("received_at")
        )
    }
    for cercle, received_at in told.pending().values_list("cercle", "received_at"):
        found[cercle].pending += 1
        found[cercle].ages.append((today - _day(received_at)).days)
    return found


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _access(notes: QuerySet[AccessNote]) -> dict[str, rules.Access]:
    """The last observation and the last visit of each cercle; notes come oldest first."""
    found: dict[str, rules.Access] = {}
    for note in notes.select_related("unit"):
        before = found.get(note.unit.code, rules.Access())
        visited_on = note.observed_on if note.visited else before.visited_on
        found[note.unit.code] = rules.Access(note.level, note.observed_on, visited_on)
    return found
