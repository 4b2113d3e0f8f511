"""Every number opens its records: the violations behind a figure of a report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.ledger.rules import (
    BOY,
    EVENT,
    FACTS,
    GIRL,
    PERSON_TYPES,
    UNKNOWN,
    LineFacts,
    is_late_for_quarter,
    is_late_for_year,
)
from sutura.ledger.services import last_moment
from sutura.reporting.choices import Geography
from sutura.reporting.querysets import lines_of_block
from sutura.reporting.rules.addresses import Address, NoSuchFigure, address
from sutura.reporting.rules.counting import label_of
from sutura.reporting.rules.periods import Period
from sutura.reporting.services.collecting import check_geography, lines_at, period_of


@dataclass(frozen=True, slots=True)
class Record:
    """A violation behind a number, with the part of it that the number counts, and its two late flags."""

    block: str
    violation_ref: UUID
    incident_ref: UUID
    type: str
    status: str
    party_label: str
    region: str
    region_2023: str
    occurred_on: date
    occurred_to: date | None
    open_ended: bool
    decided_on: date | None
    boys: int
    girls: int
    unknown: int
    events: int
    late_for_quarter: bool
    late_for_year: bool
    children: tuple[str, ...]
    """Codes of the children and groups, when the number is about children met several times."""

    @property
    def count(self) -> int:
        """What this violation gives to the number (children counted once: at most)."""
        return self.boys + self.girls + self.unknown + self.events


def records_behind(
    product: str,
    period: str | Period,
    figure: str,
    *,
    as_at: datetime | None = None,
    geography: str = Geography.COD_AB_2021,
    user: object = None,
) -> list[Record]:
    """Find the violations behind a figure, named by its address (`rules.addresses`).

    The counts of the records sum to the number, but for children counted once over a block: there, each
    violation of these children is shown.
    """
    when = period_of(product, period)
    check_geography(geography)
    if user is not None:
        require(user, "reporting.read")
    try:
        place = address(figure)
    except NoSuchFigure as error:
        raise Invalid(_("No figure has this address."), field="figure") from error
    moment = as_at or last_moment()
    if moment is None:
        return []
    lines = []
    for block in place.blocks:
        rows = lines_at(moment, user).filter(lines_of_block(when, block), type__in=place.types).order_by("id")
        for ref, *values in rows.values_list("violation_ref", *FACTS):
            facts = LineFacts(*values)
            if place.holds(block, facts, geography):
                lines.append((block, ref, facts))
    return _records(_several(lines, place) if place.multiple else lines, with_children=place.multiple)


def _several(lines: list[tuple[str, UUID, LineFacts]], place: Address) -> list[tuple[str, UUID, LineFacts]]:
    """Keep the lines of children and groups who are in two or more violations."""
    violations: defaultdict[str, set[UUID]] = defaultdict(set)
    for _block, ref, facts in lines:
        if facts.child_key and facts.type in PERSON_TYPES:
            violations[facts.child_key].add(ref)
    return [
        (block, ref, facts)
        for block, ref, facts in lines
        if len(violations.get(facts.child_key, ())) > 1
        and (not place.child or label_of(facts.child_key) == place.child)
    ]


def _records(lines: list[tuple[str, UUID, LineFacts]], *, with_children: bool) -> list[Record]:
    grouped: defaultdict[tuple[str, UUID], list[LineFacts]] = defaultdict(list)
    for block, ref, facts in lines:
        grouped[block, ref].append(facts)
    found = [_record(block, ref, many, with_children) for (block, ref), many in grouped.items()]
    return sorted(
        found, key=lambda one: (one.decided_on or one.occurred_on, one.occurred_on, one.violation_ref.hex)
    )


def _record(block: str, ref: UUID, lines: list[LineFacts], with_children: bool) -> Record:
    one = lines[0]
    sums: defaultdict[str, int] = defaultdict(int)
    for facts in lines:
        sums[EVENT if facts.unit_kind == EVENT else facts.sex] += facts.count
    return Record(
        block=block,
        violation_ref=ref,
        incident_ref=one.incident_ref,
        type=one.type,
        status=one.status,
        party_label=one.party_label,
        region=one.region,
        region_2023=one.region_2023,
        occurred_on=one.occurred_on,
        occurred_to=one.occurred_to,
        open_ended=one.open_ended,
        decided_on=one.decided_on,
        boys=sums[BOY],
        girls=sums[GIRL],
        unknown=sums[UNKNOWN],
        events=sums[EVENT],
        late_for_quarter=is_late_for_quarter(one),
        late_for_year=is_late_for_year(one),
        children=tuple(sorted({label_of(facts.child_key) for facts in lines})) if with_children else (),
    )
