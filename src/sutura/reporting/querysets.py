"""How lines and roll-up cells of a report are found, and who may read an edition."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When

from sutura.access.rules import may
from sutura.ledger.rules import APART_TYPES, COULD_NOT_VERIFY, GRAVE_TYPES, PENDING, VERIFIED
from sutura.reporting.rules.counting import BLOCK_APART, BLOCK_UNVERIFIED, BLOCK_VERIFIED
from sutura.reporting.rules.periods import GHN, Period


class EditionQuerySet(models.QuerySet):
    """Frozen editions. They hold the whole country, so a grant for some regions does not open them."""

    def visible_to(self, user: object) -> Self:
        """All for whoever reads figures nationwide; none for others."""
        return self if may(user, "reporting.read", "") else self.none()

    def of(self, period: Period, geography: str) -> Self:
        """Editions of one report, the latest first."""
        return self.filter(product=period.product, period=period.text, geography=geography).order_by(
            "-number"
        )


class ClearanceQuerySet(models.QuerySet):
    """Clearances, seen by whoever sees their edition."""

    def visible_to(self, user: object) -> Self:
        """All for whoever reads figures nationwide; none for others."""
        return self if may(user, "reporting.read", "") else self.none()


def decided_lines(period: Period) -> Q:
    """Lines of violations verified by a decision in the period."""
    return Q(status=VERIFIED, decided_on__range=(period.start, period.end))


def unverified_lines(period: Period) -> Q:
    """Lines of violations not verified, by incident date in the period."""
    return Q(
        status__in=(PENDING, COULD_NOT_VERIFY),
        occurred_on__range=(period.start, period.end),
        type__in=GRAVE_TYPES,
    )


def lines_of_block(period: Period, block: str) -> Q:
    """Lines of one block: the same law as `rules.counting.block_of`, said to the database."""
    if block == BLOCK_UNVERIFIED:
        return unverified_lines(period)
    decided = decided_lines(period)
    if block == BLOCK_APART:
        return decided & Q(type__in=APART_TYPES)
    decided &= Q(type__in=GRAVE_TYPES)
    if period.product == GHN:
        # Decided in this quarter: late means the incident ended before the quarter began.
        ended_before = Q(occurred_to__lt=period.start) | Q(occurred_to=None, occurred_on__lt=period.start)
        late = Q(open_ended=False) & ended_before
        return decided & (~late if block == BLOCK_VERIFIED else late)
    if block == BLOCK_VERIFIED:
        return decided & Q(occurred_on__range=(period.start, period.end))
    return decided & Q(occurred_on__lt=period.start)


def decided_cells(period: Period, quarters: tuple[int, int]) -> Q:
    """Roll-up rows of violations verified by a decision in whole quarters."""
    decided = Q(status=VERIFIED, decided_quarter__range=quarters)
    return decided if period.product == GHN else decided & Q(event_quarter__lte=quarters[1])


def unverified_cells(quarters: tuple[int, int]) -> Q:
    """Roll-up rows of violations not verified, by quarter of the incident."""
    return Q(status__in=(PENDING, COULD_NOT_VERIFY), event_quarter__range=quarters)


def late_cell(period: Period, quarters: tuple[int, int]) -> F | Case:
    """Whether a roll-up row is late for the product."""
    if period.product == GHN:
        return F("late")
    return Case(
        When(event_quarter__lt=quarters[0], then=Value(True)),
        default=Value(False),
        output_field=models.BooleanField(),
    )


def earlier_year_cell() -> ExpressionWrapper:
    """Whether a roll-up row occurred in a year before its decision."""
    return ExpressionWrapper(
        Q(event_quarter__lt=F("decided_quarter") / 10 * 10), output_field=models.BooleanField()
    )
