"""How alerts and access notes are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils import timezone

from sutura.access.querysets import Walled
from sutura.access.rules import scope
from sutura.alerts.choices import OPEN_STATES, Origin, State
from sutura.alerts.rules import DUPLICATE_DAYS


def readable_to(user: object) -> Q:
    """Alerts whose words a person may read: of sexual violence, only where she is in its group."""
    readable = scope(user, "alerts.read")
    group = scope(user, "incidents.sexual_violence")
    return readable & (Q(sexual_violence=False) | group)


class AlertQuerySet(Walled):
    """Alerts and leads."""

    def visible_to(self, user: object) -> Self:
        """Those of the reader's regions, and whatever she told herself; countrywide leads need a nationwide grant."""
        return self.judged().filter(readable_to(user) | Q(received_by_id=getattr(user, "pk", None) or 0))

    def readable_by(self, user: object) -> Self:
        """Those whose words the reader may read, not merely follow."""
        return self.judged().filter(readable_to(user))

    def told_by(self, user: object) -> Self:
        """What the reader told herself."""
        return self.judged().filter(received_by_id=getattr(user, "pk", None) or 0, origin=Origin.REPORT)

    def reports(self) -> Self:
        """Alerts of people."""
        return self.filter(origin=Origin.REPORT)

    def leads(self) -> Self:
        """Events of public lists."""
        return self.filter(origin=Origin.LEAD)

    def to_triage(self) -> Self:
        """Those which nobody has triaged."""
        return self.filter(state=State.NEW)

    def pending(self) -> Self:
        """Those which wait: for triage or for an answer."""
        return self.filter(state__in=OPEN_STATES)

    def older_than(self, hours: int, now: datetime) -> Self:
        """Those received more than so many hours ago."""
        return self.filter(received_at__lt=now - timedelta(hours=hours))

    def since(self, day: date) -> Self:
        """Those received on a day or later, by the clock of Bamako."""
        return self.filter(received_at__gte=timezone.make_aware(datetime.combine(day, datetime.min.time())))

    def suspecting(self, kind: str) -> Self:
        """Those which tell of a violation type."""
        return self.filter(**{kind: True})

    def around(self, first: date, last: date) -> Self:
        """Those whose days may be the same event's: within three days (mrm.md 10.3)."""
        near = timedelta(days=DUPLICATE_DAYS)
        ends = Q(happened_to__gte=first - near) | Q(happened_to=None, happened_on__gte=first - near)
        return self.filter(ends, happened_on__lte=last + near)

    def older(self, order: str, value: object, pk: int) -> Self:
        """Those after a row in the newest-first order of a column.

        The plain bound says again what the row value says, since SQLite seeks by the plain one behind another column.
        """
        after = TupleLessThan(Tuple(models.F(order), models.F("id")), (value, pk))
        return self.filter(after, **{f"{order}__lte": value})

    def newer(self, order: str, value: object, pk: int) -> Self:
        """Those before a row in the newest-first order of a column."""
        before = TupleGreaterThan(Tuple(models.F(order), models.F("id")), (value, pk))
        return self.filter(before, **{f"{order}__gte": value})

    def of_events(self, source: str, event_ids: Iterable[str]) -> Self:
        """The leads of these event numbers of one list."""
        return self.filter(source=source, source_event_id__in=list(event_ids))


class AccessNoteQuerySet(Walled):
    """Notes on access."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions whose alerts one may read."""
        return self.judged().filter(scope(user, "alerts.read"))

    def since(self, day: date) -> Self:
        """Observed on a day or later."""
        return self.filter(observed_on__gte=day)
