"""The figures of one body over a stretch of days, each with the rows it counts; read once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Q

from sutura.coordination.choices.bodies import Seat
from sutura.coordination.choices.ownership import FIGURES, RECOMMENDATIONS
from sutura.coordination.models import Body, Meeting, Membership, Recommendation
from sutura.coordination.rules.ownership import Gap, Share, Span, gaps, leads_on, share
from sutura.coordination.rules.recommendations import CLOSED, VERIFIED, Followed
from sutura.partners.choices import OrganisationKind
from sutura.ui import wording


class Met(NamedTuple):
    """What is read of a meeting."""

    pk: int
    planned_on: date
    held_on: date | None
    validated_on: date | None
    chair: str | None
    writer: str | None


class Asked(NamedTuple):
    """What is read of a recommendation."""

    pk: int
    kind: str
    state: str
    adopted_on: date | None
    due_on: date | None
    verified_on: date | None
    deferrals: int

    @property
    def followed(self) -> Followed:
        """As the rules of recommendations count it."""
        return Followed(self.state, self.adopted_on, self.due_on, self.verified_on, self.deferrals)


@dataclass
class Ownership:
    """One body over a span, as it stands on a day; `validated`: meetings count only with validated minutes."""

    body: Body
    span: Span
    today: date
    validated: bool = False

    @cached_property
    def meetings(self) -> list[Met]:
        """Those planned or held in the span, the first first."""
        between = (self.span.first, self.span.last)
        found = Meeting.objects.of_body(self.body).filter(
            Q(planned_on__range=between) | Q(held_on__range=between)
        )
        columns = ("pk", "planned_on", "held_on", "validated_on", "chaired_by__kind", "minuted_by__kind")
        rows = [Met(*row) for row in found.order_by("planned_on", "pk").values_list(*columns)]
        if self.validated:
            rows = [row if row.validated_on else row._replace(held_on=None) for row in rows]
        return rows

    @cached_property
    def held(self) -> list[Met]:
        """Those which took place in the span."""
        return [row for row in self.meetings if self.span.holds(row.held_on)]

    @cached_property
    def asked(self) -> list[Asked]:
        """The recommendations that are not closed, and those adopted, due or verified in the span."""
        between = (self.span.first, self.span.last)
        told = Q(adopted_on__range=between) | Q(due_on__range=between) | Q(verified_on__range=between)
        adopted = Recommendation.objects.of_body(self.body).exclude(adopted_on=None).order_by()
        found = adopted.filter(told | ~Q(state__in=CLOSED))
        columns = ("pk", "responsible__kind", "state", "adopted_on", "due_on", "verified_on", "deferrals")
        return [Asked(*row) for row in found.values_list(*columns)]

    @cached_property
    def _leads(self) -> list[tuple[date, date | None, bool]]:
        seats = Membership.objects.of_body(self.body).filter(seat=Seat.LEAD).order_by()
        rows = seats.values_list("starts_on", "ends_on", "organisation__kind")
        return [(first, last, kind == OrganisationKind.STATE) for first, last, kind in rows]

    @cached_property
    def verified(self) -> list[Asked]:
        """Those verified in the span."""
        return [row for row in self.asked if self.span.holds(row.verified_on)]

    def share(self, name: str) -> Share:
        """A figure that is a part of a whole, by the numbers of its rows."""
        return share(SHARES[name](self))

    def in_order(self, name: str) -> list[int]:
        """The rows of a figure, the last day first, so that a page of them can be asked for alone."""
        found = self.share(name)
        days = {row.pk: row.planned_on for row in self.meetings}
        if FIGURES[name].rows == RECOMMENDATIONS:
            days = {row.pk: row.due_on or date.min for row in self.asked}
        return sorted((*found.whole, *found.unknown), key=lambda row: (days[row], row), reverse=True)

    @property
    def median_days(self) -> float | None:
        """From adoption to verification, of those verified in the span."""
        took = [
            (row.verified_on - row.adopted_on).days
            for row in self.verified
            if row.verified_on and row.adopted_on
        ]
        return median(took) if took else None

    def value(self, name: str) -> str:
        """A figure in words; a dash when there is nothing to count."""
        if name == "median_days":
            return wording.number(self.median_days)
        rate = self.share(name).rate
        return wording.NONE if rate is None else f"{round(100 * rate)}\u00a0%"

    @cached_property
    def unvalidated(self) -> int:
        """Meetings held in the span whose minutes wait for validation."""
        held = Meeting.objects.of_body(self.body).filter(held_on__range=(self.span.first, self.span.last))
        return held.filter(validated_on=None).count()

    @property
    def gaps(self) -> list[Gap]:
        """Stretches without a meeting, from the day the body was created."""
        first = max(self.span.first, self.body.created_on or self.span.first)
        last = min(self.span.last, self.today)
        if last < first:
            return []
        return gaps(
            [row.held_on for row in self.held if row.held_on], Span(first, last), self.body.meeting_rule
        )

    def _regularity(self) -> Iterator[tuple[int, bool | None]]:
        for row in self.meetings:
            if self.span.holds(row.planned_on) and row.planned_on <= self.today:
                yield row.pk, row.held_on is not None

    def _led(self) -> Iterator[tuple[int, bool | None]]:
        for row in self.held:
            if row.held_on:
                yield row.pk, leads_on(self._leads, row.held_on)

    def _actions(self) -> Iterator[tuple[int, bool | None]]:
        return (
            (row.pk, row.kind == OrganisationKind.STATE)
            for row in self.asked
            if self.span.holds(row.adopted_on)
        )

    def _carried_out(self) -> Iterator[tuple[int, bool | None]]:
        for row in self.asked:
            if self.span.holds(row.due_on) and row.followed.has_come(self.today):
                yield row.pk, row.state == VERIFIED

    def _on_time(self) -> Iterator[tuple[int, bool | None]]:
        for row in self.verified:
            if row.verified_on and row.due_on:
                yield row.pk, row.verified_on <= row.due_on


def _by_state(kind: str | None) -> bool | None:
    """Whether a State service did it; None where nobody is noted."""
    return None if kind is None else kind == OrganisationKind.STATE


SHARES: dict[str, Callable[[Ownership], Any]] = {
    "regularity": Ownership._regularity,
    "chaired": lambda one: ((row.pk, _by_state(row.chair)) for row in one.held),
    "minuted": lambda one: ((row.pk, _by_state(row.writer)) for row in one.held),
    "led": Ownership._led,
    "actions": Ownership._actions,
    "carried_out": Ownership._carried_out,
    "on_time": Ownership._on_time,
    "median_days": lambda one: ((row.pk, True) for row in one.verified),
}
