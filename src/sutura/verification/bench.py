"""The bench: pending violations, longest waiting first, each with what lacks and whom it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils import timezone

from sutura.access.rules import scope
from sutura.incidents.apart import shown, when
from sutura.incidents.choices import Type
from sutura.incidents.models import Violation
from sutura.verification import rules
from sutura.verification.choices import PERMISSION, Lack, Level
from sutura.verification.evidence import evidence_of, given_on, lacks_of
from sutura.verification.models import Opinion

SIZE = 50


@dataclass(frozen=True)
class Row:
    """One waiting violation as the bench shows it: its stage, its age in days, and what lacks in words."""

    violation: Violation
    stage: str
    days: int
    over: int
    lacks: list[str]

    @property
    def when(self) -> str:
        """The days of its incident in words."""
        return when(self.violation.incident)

    @property
    def type(self) -> str:
        """Its type in words."""
        return str(Type(self.violation.type).label)

    @property
    def waits_for(self) -> str:
        """Whom it waits for, in words."""
        return str(Level(self.stage).label) if self.stage else ""


@dataclass(frozen=True)
class Page:
    """Rows of one page, and the keys of the pages after and before ("" for none)."""

    rows: list[Violation]
    after: str = ""
    before: str = ""


def open_to(user: Any) -> Any:
    """The violations which a person may look at here: of the regions whose bench she may see."""
    seen = Violation.objects.visible_to(user).filter(scope(user, "verification.read"))
    return seen.select_related("incident__place")


def waiting(user: Any) -> QuerySet[Violation]:
    """Of those, the ones which wait for an opinion."""
    return open_to(user).counting().pending()


def awaiting(user: Any, level: str) -> QuerySet[Violation]:
    """Of those, the ones which wait for this level where the person may speak, and not barred by her own opinions."""
    mine = waiting(user).filter(scope(user, PERMISSION[Level(level)]))
    spoken = Opinion.objects.filter(by_id=user.pk).exclude(level=level).values("violation")
    found = Opinion.objects.waiting_for(mine.exclude(pk__in=spoken), level)
    if level != Level.FOCAL_POINT:
        found = found.exclude(incident__opened_by=user.pk)
    return found.order_by("added_at", "id")


def filtered(found: QuerySet[Violation], chosen: dict[str, str]) -> QuerySet[Violation]:
    """Those of a region, of a type, at a stage; empty words filter nothing."""
    found = found.filter(**{name: chosen[name] for name in ("region", "type") if chosen.get(name)})
    if chosen.get("stage"):
        found = Opinion.objects.waiting_for(found, chosen["stage"])
    return found


def ages(found: QuerySet[Violation], now: datetime) -> dict[int, int]:
    """How many wait in all (key 0), and longer than each step of age in days."""
    steps = {f"over{days}": _older(days, now) for days in settings.SUTURA_QUEUE_DAYS}
    told = found.order_by().aggregate(
        all=Count("pk"), **{name: Count("pk", filter=step) for name, step in steps.items()}
    )
    return {0: told["all"], **{days: told[f"over{days}"] for days in settings.SUTURA_QUEUE_DAYS}}


def older_than(found: QuerySet[Violation], days: int, now: datetime) -> QuerySet[Violation]:
    """Those which have waited longer than so many days."""
    return found.filter(_older(days, now)) if days else found


def _older(days: int, now: datetime) -> Q:
    return Q(added_at__lt=now - timedelta(days=days))


def page(found: QuerySet[Violation], *, after: str = "", before: str = "", size: int = SIZE) -> Page:
    """One page, longest waiting first, after or before a key; one statement."""
    # SQLite reads two columns compared at once as an OR: the bound on the first one alone lets it use the index.
    row = Tuple(F("added_at"), F("id"))
    back, start = _read_key(before), _read_key(after)
    if back:
        found = found.filter(TupleLessThan(row, back), added_at__lte=back[0])
        rows = list(found.order_by("-added_at", "-id")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return Page(rows, _key(rows, -1), _key(rows, 0) if more else "")
    if start:
        found = found.filter(TupleGreaterThan(row, start), added_at__gte=start[0])
    rows = list(found.order_by("added_at", "id")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, _key(rows, -1) if more else "", _key(rows, 0) if start else "")


def rows_of(violations: list[Violation], today: date, user: Any) -> list[Row]:
    """The rows of a page as a person may see them: five statements more."""
    evidence, opinions = evidence_of(violations), given_on(violations)
    found = []
    for violation in shown(violations, user):
        days = (today - timezone.localdate(violation.added_at)).days
        found.append(
            Row(
                violation,
                rules.stage(violation.status, opinions.get(violation.pk, [])),
                days,
                rules.over(days, settings.SUTURA_QUEUE_DAYS),
                [str(Lack(code).label) for code in lacks_of(evidence[violation.pk])],
            )
        )
    return found


def _key(rows: list[Violation], index: int) -> str:
    return f"{rows[index].added_at.isoformat()}_{rows[index].pk}" if rows else ""


def _read_key(key: str) -> tuple[datetime, int] | None:
    moment, _, number = key.rpartition("_")
    try:
        return datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None
