"""A round as DHIS2 takes it: aggregates by code, period and place; what lacks a code or may not leave is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sutura.indicators.choices import REFUSALS, CodeKind
from sutura.indicators.figures import told
from sutura.indicators.models import Definition, Dhis2Code, Round, Value
from sutura.indicators.rules import SMALL, Answer, NotAdditive, combine, dhis2_period, shown
from sutura.indicators.services.codes import COUNTRY, TOTAL


@dataclass(frozen=True)
class Cell:
    """One number that could leave: of an indicator, a part of it (`total`), and a place."""

    definition: Definition
    part: str
    place: str
    value: Decimal

    @property
    def subjects(self) -> Iterable[tuple[str, str]]:
        """What must have a code for it to leave; a total leaves without one of its own."""
        yield CodeKind.ELEMENT, self.definition.indicator.code
        yield CodeKind.ORG_UNIT, self.place
        if self.part != TOTAL:
            yield CodeKind.CATEGORY, self.part


@dataclass
class Plan:
    """What would be sent, what lacks a code, and what is left out with the reason."""

    period: str
    data_set: str = ""
    complete_on: str = ""
    sent: list[tuple[Cell, dict[str, str]]] = field(default_factory=list)
    lacking: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def payload(self) -> dict[str, Any]:
        """The body of `dataValueSets`: values are strings, the period stands once, the place on each value."""
        return {
            "dataSet": self.data_set,
            "completeDate": self.complete_on,
            "period": self.period,
            "dataValues": [value for _cell, value in self.sent],
        }

    @property
    def text(self) -> str:
        """The same as a file."""
        return json.dumps(self.payload, ensure_ascii=False, indent=1)


def plan(round: Round) -> Plan:
    """A dry run: nothing leaves, everything is told."""
    codes = {(code.kind, code.subject): code.code for code in Dhis2Code.objects.all()}
    made = Plan(
        dhis2_period(round.first, round.last), codes.get((CodeKind.DATA_SET, ""), ""), round.last.isoformat()
    )
    lacking = set() if made.data_set else {(CodeKind.DATA_SET.value, "")}
    for cell in [*reported(round, made), *computed(round)]:
        wanting = {(kind, subject) for kind, subject in cell.subjects if (kind, subject) not in codes}
        lacking |= wanting
        if not wanting:
            made.sent.append((cell, written(cell, codes)))
    made.lacking = sorted(lacking)
    return made


def written(cell: Cell, codes: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """One value in the words of the other side."""
    said = {
        "dataElement": codes[CodeKind.ELEMENT, cell.definition.indicator.code],
        "orgUnit": codes[CodeKind.ORG_UNIT, cell.place],
        "value": f"{cell.value.normalize():f}",
    }
    combo = codes.get((CodeKind.CATEGORY, cell.part))
    return {**said, "categoryOptionCombo": combo} if combo else said


def reported(round: Round, made: Plan) -> Iterable[Cell]:
    """Accepted values by indicator and region, organisations together as the method allows."""
    found = Value.objects.filter(report__round=round, report__state="accepted")
    rows: dict[tuple[int, str], dict[str, list[Answer]]] = {}
    definitions: dict[int, Definition] = {}
    for value in found.select_related("definition__indicator", "report").order_by(
        "definition_id", "report__region"
    ):
        definitions[value.definition_id] = value.definition
        there = rows.setdefault((value.definition_id, value.report.region or COUNTRY), {})
        there.setdefault(value.category or TOTAL, []).append(Answer(value.value, value.whole))
    for (number, place), parts in rows.items():
        yield from of_place(definitions[number], place, parts, made)


def of_place(
    definition: Definition, place: str, parts: Mapping[str, list[Answer]], made: Plan
) -> Iterable[Cell]:
    """The total of a place and its parts, unless a method or a small count keeps them back."""
    code = definition.indicator.code
    try:
        told = {part: combine(definition.places, answers) for part, answers in parts.items()}
    except NotAdditive as reason:
        made.left_out.append((code, place, str(REFUSALS[str(reason)])))
        return
    values = {part: shown(definition.unit, answer) if part == TOTAL else answer and answer.value
              for part, answer in told.items()}  # fmt: skip
    total = values.pop(TOTAL, None)
    split = {part: value for part, value in values.items() if value is not None}
    if total is None:
        return
    if definition.split and 0 < total < SMALL:
        made.left_out.append((code, place, _("Fewer than ten people: it could be known who.")))
        return
    yield Cell(definition, TOTAL, place, total)
    if not any(0 < answer.value < SMALL for part in split for answer in parts[part]):
        yield from (Cell(definition, part, place, value) for part, value in split.items())
    else:
        made.left_out.append(
            (code, place, _("A part is below ten people: the total leaves, its parts do not."))
        )


def computed(round: Round) -> Iterable[Cell]:
    """What the registers compute over the same days, for the whole country."""
    found = Definition.objects.current().filter(origin="computed", indicator__retired_on=None)
    for definition in found.in_order().select_related("body"):
        value = told(definition, round.first, round.last).value
        if value is not None:
            yield Cell(definition, TOTAL, COUNTRY, value)
