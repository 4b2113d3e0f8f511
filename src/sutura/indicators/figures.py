"""The figure of one definition over some days and a region: counted, combined as its method allows, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.indicators.choices import REFUSALS, Unit
from sutura.indicators.counting import MEASURES, Ask
from sutura.indicators.models import Definition, Value
from sutura.indicators.rules import Answer, NotAdditive, combine, shown
from sutura.ui import wording

REPORT = "indicators.report"


@dataclass(frozen=True)
class Told:
    """What is printed: the number or why there is none, of what it is made, and the rows behind it."""

    unit: str
    answer: Answer | None = None
    kind: str = ""
    part: tuple[int, ...] = ()
    whole: tuple[int, ...] | None = None
    unknown: tuple[int, ...] = ()
    rule: str = ""
    refusal: str = ""

    @property
    def value(self) -> Decimal | None:
        """The number that is printed."""
        return shown(self.unit, self.answer)

    @property
    def words(self) -> str:
        """The number in words, with its sign; a dash when there is nothing to say."""
        said = wording.number(self.value)
        return f"{said}\u00a0%" if self.unit == Unit.PERCENT and self.value is not None else said

    @property
    def rows(self) -> tuple[int, ...]:
        """Every row that was looked at, those that count first."""
        rest = [*(self.whole or ()), *self.unknown]
        return tuple(dict.fromkeys((*self.part, *rest)))

    @property
    def basis(self) -> str:
        """How it was counted, in one line."""
        said = []
        if self.answer and self.answer.whole:
            said.append(
                _("%(part)s of %(whole)s")
                % {"part": wording.number(self.answer.value), "whole": wording.number(self.answer.whole)}
            )
        if self.unknown:
            n = len(self.unknown)
            words = ngettext("%(n)s not known, left out", "%(n)s not known, left out", n)
            said.append(words % {"n": wording.number(n)})
        return " · ".join([*said, *([self.rule] if self.rule else [])])


def told(definition: Definition, first: date, last: date, region: str = "") -> Told:
    """The figure of a definition; a refusal instead of a number that the method forbids."""
    if definition.is_typed:
        return reported(definition, first, last, region)
    ask = Ask(first, last, timezone.localdate(), region, definition.body)
    counted = MEASURES[definition.measure].count(ask)
    return Told(
        definition.unit,
        counted.answer,
        counted.kind,
        counted.part,
        counted.whole,
        counted.unknown,
        counted.rule,
    )


def reported(definition: Definition, first: date, last: date, region: str = "") -> Told:
    """Values of accepted reports whose period lies within the days: places together, then periods together."""
    found = Value.objects.filter(
        definition__indicator=definition.indicator_id, category="", report__state="accepted",
        report__round__first__gte=first, report__round__last__lte=last,
    ).select_related("report__round")  # fmt: skip
    if region:
        found = found.filter(report__region=region)
    rows = list(found.order_by("report__round__last", "report__round", "report"))
    reports = tuple(row.report_id for row in rows)
    if not rows:
        return Told(definition.unit)
    if {row.definition_id for row in rows} != {definition.pk}:
        return Told(definition.unit, kind=REPORT, part=reports, refusal=str(REFUSALS["versions"]))
    try:
        answer = together(definition, rows)
    except NotAdditive as reason:
        return Told(definition.unit, kind=REPORT, part=reports, refusal=str(REFUSALS[str(reason)]))
    return Told(definition.unit, answer, REPORT, reports)


def together(definition: Definition, rows: Iterable[Value]) -> Answer | None:
    """Values as one: those of a round by the method across places, the rounds by the method across periods."""
    found = []
    for _round, values in groupby(rows, key=lambda value: value.report.round_id):
        one = combine(definition.places, [Answer(value.value, value.whole) for value in values])
        if one is not None:
            found.append(one)
    return combine(definition.periods, found)
