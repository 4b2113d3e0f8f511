"""Collect the figures of a report: now from the roll-up, at a past moment from the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.ledger.models import Cell, Line, Repeat
from sutura.ledger.querysets import LineQuerySet
from sutura.ledger.rules import APART_TYPES, FACTS, LineFacts
from sutura.ledger.services import last_moment
from sutura.reporting.choices import Geography
from sutura.reporting.querysets import (
    decided_cells,
    decided_lines,
    earlier_year_cell,
    late_cell,
    unverified_cells,
    unverified_lines,
)
from sutura.reporting.rules.counting import (
    BLOCK_APART,
    BLOCK_LATE,
    BLOCK_UNVERIFIED,
    BLOCK_VERIFIED,
    Linked,
    Tally,
    block_of,
    counted,
)
from sutura.reporting.rules.figures import Figures, figures
from sutura.reporting.rules.periods import NotAPeriod, Period
from sutura.reporting.rules.periods import period as read_period

PATIENCE = 3
"""How often the roll-up is read again when somebody posts meanwhile, before the lines are read instead."""


def collect(
    product: str,
    period: str | Period,
    *,
    as_at: datetime | None = None,
    geography: str = Geography.COD_AB_2021,
    user: object = None,
) -> Figures:
    """Collect the figures of a product for a period, as at a moment (default: all that is booked).

    `user` limits them to the regions where the person reads figures; without one they are the whole
    country's (commands and freezing). The moment returned gives the same figures again at any later time.
    """
    when = period_of(product, period)
    check_geography(geography)
    if user is not None:
        require(user, "reporting.read")
    if as_at is None:
        settled = _from_rollup(when, geography, user) if when.whole_quarters else None
        return settled or _from_lines(when, _settled_moment(), geography, user)
    if as_at > max(timezone.now(), _settled_moment()):
        raise Invalid(_("This moment is still to come. Choose one in the past."), field="as_at")
    return _from_lines(when, as_at, geography, user)


def period_of(product: str, text: str | Period) -> Period:
    """Read the period of a product, or refuse it with the form it should have."""
    if isinstance(text, Period):
        return text
    try:
        return read_period(product, text)
    except NotAPeriod as error:
        sentence = _("This is not a period of the product. Write it like %(form)s.") % {
            "form": error.form or "?"
        }
        raise Invalid(sentence, field="period") from error


def check_geography(geography: str) -> None:
    """Refuse an edition of geography that does not exist."""
    if geography not in Geography.values:
        raise Invalid(_("Choose the regions of 2021 or of 2023."), field="geography")


def lines_at(as_at: datetime, user: object) -> LineQuerySet:
    """Lines that counted at a moment, in the regions a person may read (all without a person)."""
    lines = Line.objects.as_at(as_at)
    return lines if user is None else lines.visible_to(user)


def lines_in(when: Period, as_at: datetime, user: object) -> Iterator[tuple[UUID, LineFacts]]:
    """Read the lines that can count in a report, at a moment."""
    lines = lines_at(as_at, user).order_by("id")
    for condition in (decided_lines(when), unverified_lines(when)):
        rows = lines.filter(condition).values_list("violation_ref", *FACTS)
        for violation, *facts in rows.iterator(chunk_size=5000):
            yield violation, LineFacts(*facts)


def _settled_moment() -> datetime:
    return last_moment() or timezone.now()


def _from_lines(when: Period, as_at: datetime, geography: str, user: object) -> Figures:
    return figures(when, as_at, *counted(lines_in(when, as_at, user), when, geography))


def _from_rollup(when: Period, geography: str, user: object) -> Figures | None:
    """Read the roll-up, between two looks at the last posting: None when it would not keep still."""
    for _attempt in range(PATIENCE):
        moment = last_moment()
        found = figures(when, moment or timezone.now(), _tallies(when, geography, user), _linked(when, user))
        if last_moment() == moment:
            return found
    return None


def _tallies(when: Period, geography: str, user: object) -> Iterator[Tally]:
    quarters = when.whole_quarters
    assert quarters is not None
    cells = Cell.objects.all() if user is None else Cell.objects.visible_to(user)
    region = F("region" if geography == Geography.COD_AB_2021 else "region_2023")
    kinds = ("type", "sex", "party_label", "place")
    decided = (
        cells.filter(decided_cells(when, quarters))
        .annotate(behind=late_cell(when, quarters), earlier=earlier_year_cell(), place=region)
        .values_list("behind", "earlier", *kinds)
        .annotate(n=Sum("count"))
    )
    for late, earlier, kind, sex, party, place, count in decided:
        block = BLOCK_APART if kind in APART_TYPES else BLOCK_LATE if late else BLOCK_VERIFIED
        yield Tally(block, kind, sex, party, place, count, bool(earlier))
    unverified = (
        cells.filter(unverified_cells(quarters))
        .exclude(type__in=APART_TYPES)
        .annotate(place=region)
        .values_list(*kinds)
        .annotate(n=Sum("count"))
    )
    for kind, sex, party, place, count in unverified:
        yield Tally(BLOCK_UNVERIFIED, kind, sex, party, place, count)


def _linked(when: Period, user: object) -> Iterator[Linked]:
    quarters = when.whole_quarters
    assert quarters is not None
    repeats = Repeat.objects.all() if user is None else Repeat.objects.visible_to(user)
    facets = ("child_key", "violation_ref", "type", "sex", "known_sex", "count")
    decided = (
        repeats.filter(decided_cells(when, quarters))
        .annotate(behind=late_cell(when, quarters))
        .values_list("behind", *facets)
    )
    for late, *rest in decided:
        yield Linked(BLOCK_LATE if late else BLOCK_VERIFIED, *rest)
    for row in repeats.filter(unverified_cells(quarters)).values_list(*facets):
        yield Linked(BLOCK_UNVERIFIED, *row)


@dataclass(frozen=True, slots=True)
class Details:
    """What lists print beside the figures: the records of each block, and who is met several times."""

    records: tuple[tuple[str, UUID, UUID, str, int], ...]
    """(block, violation, incident, type, count), in the order of decision and incident dates."""
    multiple: dict[str, tuple[tuple[UUID, LineFacts], ...]]
    """Key of a child or group → its verified lines of the period, ordinary and late."""


def details(found: Figures, *, user: object = None) -> Details:
    """Collect the lists of a report, at the moment of its figures."""
    return details_of(lines_in(found.period, found.as_at, user), found)


def details_of(lines: Iterable[tuple[UUID, LineFacts]], found: Figures) -> Details:
    """Make the lists of a report from its lines."""
    wanted = {one.key for one in found.multiple}
    counts: dict[tuple[str, UUID], tuple[LineFacts, int]] = {}
    multiple: dict[str, list[tuple[UUID, LineFacts]]] = {key: [] for key in sorted(wanted)}
    for violation, facts in lines:
        block = block_of(facts, found.period)
        if block is None:
            continue
        _known, count = counts.get((block, violation), (facts, 0))
        counts[block, violation] = (facts, count + facts.count)
        if facts.child_key in wanted and block in (BLOCK_VERIFIED, BLOCK_LATE):
            multiple[facts.child_key].append((violation, facts))
    rows = [
        (facts.decided_on or facts.occurred_on, facts.occurred_on, block, violation, facts, count)
        for (block, violation), (facts, count) in counts.items()
    ]
    rows.sort(key=lambda row: (row[2], row[0], row[1], row[3].hex))
    return Details(
        tuple(
            (block, ref, facts.incident_ref, facts.type, count) for _d, _o, block, ref, facts, count in rows
        ),
        {key: tuple(links) for key, links in multiple.items()},
    )
