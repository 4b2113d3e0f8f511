"""Gathers what a document is written from (`render.paper.Paper`): the one place where renderings meet the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from sutura.access.rules import EVERYWHERE, regions
from sutura.alerts.coverage import coverage
from sutura.incidents.models import Incident
from sutura.ledger.rules import APART_TYPES, GRAVE_TYPES, PERSON_TYPES, VERIFIED
from sutura.ledger.writing import chunks
from sutura.parties.resolver import Parties
from sutura.people.models import Account
from sutura.places.outline import names
from sutura.reporting.choices import Level
from sutura.reporting.models import Edition
from sutura.reporting.querysets import lines_of_block
from sutura.reporting.render.paper import Covered, Frozen, Item, Paper, Signed, Stamp
from sutura.reporting.rules.counting import BLOCK_VERIFIED, BLOCKS, WHOLE_COUNTRY
from sutura.reporting.rules.periods import ANNUAL, GHN, Period, quarter
from sutura.reporting.services import Record, content_of, records_behind
from sutura.reporting.services.collecting import lines_at

LANGUAGES = ("fr", "en")
QUARTERS = 8
"""How many quarters a small chart of a note shows."""


def draft(
    when: Period, *, user: Any, as_at: datetime | None = None, geography: str = "2021", stamp: bool = False
) -> Paper:
    """A report as it stands now, or stood at a moment, within the regions where the person reads figures."""
    held = regions(user, "reporting.read")
    report = content_of(when, as_at, geography, user=user)
    scope = () if held is EVERYWHERE else tuple(sorted(held))
    return _paper(report, when, geography, user, scope=scope, stamp=stamp)


def of_edition(edition: Edition, *, user: Any, stamp: bool = False) -> Paper:
    """A frozen edition. Its numbers are those of its content; names of parties and places are those of today."""
    given = {clearance.level: clearance for clearance in edition.clearances.all()}
    frozen = Frozen(
        number=edition.number,
        sha256=edition.sha256,
        by=edition.frozen_by_name,
        reason=edition.reason,
        code_version=edition.code_version,
        clearances=tuple(
            Signed(level, given[level].by_name, given[level].at) if level in given else Signed(level)
            for level in Level.values
        ),
    )
    return _paper(edition.report, edition.when, edition.geography, user, frozen=frozen, stamp=stamp)


def is_demo() -> bool:
    """Whether this database holds the invented demonstration: every page and file then says so."""
    return Account.objects.filter(is_demo=True).exists()


def _paper(
    report: dict[str, Any],
    when: Period,
    geography: str,
    user: Any,
    *,
    scope: tuple[str, ...] = (),
    frozen: Frozen | None = None,
    stamp: bool = False,
) -> Paper:
    as_at = datetime.fromisoformat(report["figures"]["as_at"])
    records = _records(when, as_at, geography, user)
    return Paper(
        period=when,
        geography=geography,
        as_at=as_at,
        report=report,
        parties=party_words(_labels(report) | {one.party_label for one in records}),
        regions=region_names(),
        items=items_of(records, geography, user),
        ages=_ages(when, as_at, user),
        trend=_trend(when, as_at, user),
        coverage=_coverage(when, user),
        frozen=frozen,
        stamp=Stamp(str(user), timezone.now()) if stamp else None,
        demo=is_demo(),
        scope=scope,
    )


def region_names() -> dict[str, str]:
    """Name of each unit by its code."""
    return dict(names())


def party_words(labels: Iterable[str]) -> dict[str, dict[str, str]]:
    """Party labels in words, in both languages."""
    register = Parties.current()
    wanted = sorted(set(labels))
    return {language: {label: register.label(label, language) for label in wanted} for language in LANGUAGES}


def _labels(report: dict[str, Any]) -> set[str]:
    blocks = [report["figures"]["blocks"], *(row["blocks"] for row in report["compared"])]
    return {row["party"] for found in blocks for block in BLOCKS for row in found[block]["by_party"]}


def _records(when: Period, as_at: datetime, geography: str, user: Any) -> list[Record]:
    wanted = [f"{block}/totals/violations" for block in BLOCKS] + [f"apart/{kind}" for kind in APART_TYPES]
    return [
        one
        for figure in wanted
        for one in records_behind(when.product, when, figure, as_at=as_at, geography=geography, user=user)
    ]


def incident_refs(refs: Iterable[UUID], user: Any) -> dict[UUID, str]:
    """Code of each incident that the person may read, by its public id."""
    found: dict[UUID, str] = {}
    for part in chunks(sorted(set(refs), key=lambda one: one.hex)):
        rows = Incident.objects.visible_to(user).filter(public_id__in=part)
        found.update(rows.values_list("public_id", "ref"))
    return found


def items_of(records: Iterable[Record], geography: str, user: Any) -> tuple[Item, ...]:
    """Rows of the incident list; an incident that the person may not read has no code there, and its month only."""
    records = list(records)
    refs = incident_refs((one.incident_ref for one in records), user)
    return tuple(
        Item(
            block=one.block,
            ref=refs.get(one.incident_ref, ""),
            type=one.type,
            status=one.status,
            party=one.party_label,
            region=(one.region if geography == "2021" else one.region_2023) or WHOLE_COUNTRY,
            occurred_on=one.occurred_on if one.incident_ref in refs else one.occurred_on.replace(day=1),
            occurred_to=one.occurred_to if one.incident_ref in refs else None,
            open_ended=one.open_ended and one.incident_ref in refs,
            decided_on=one.decided_on,
            boys=one.boys,
            girls=one.girls,
            unknown=one.unknown,
            events=one.events,
            late_for_quarter=one.late_for_quarter,
            late_for_year=one.late_for_year,
            month_only=one.incident_ref not in refs,
        )
        for one in records
    )


def _ages(when: Period, as_at: datetime, user: Any) -> dict[str, dict[str, int]]:
    """Type → age band → children verified in the period, at the moment of the figures."""
    lines = lines_at(as_at, user).filter(lines_of_block(when, BLOCK_VERIFIED), type__in=PERSON_TYPES)
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for kind, band, count in lines.order_by().values_list("type", "age_band").annotate(n=Sum("count")):
        found[kind][band] = count
    return dict(found)


def _trend(when: Period, as_at: datetime, user: Any) -> dict[str, dict[int, int]]:
    """Type → quarter of the incident → verified by then; the last quarters up to the end of the period."""
    last = quarter(when.end.year, (when.end.month + 2) // 3)
    years, left = divmod(QUARTERS - 1, 4)
    first = quarter(*_back(last, 4 * years + left))
    lines = lines_at(as_at, user).filter(
        status=VERIFIED, type__in=GRAVE_TYPES, occurred_on__range=(first.start, last.end)
    )
    columns = ("type", "occurred_on__year", "occurred_on__quarter")
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for kind, year, part, count in lines.order_by().values_list(*columns).annotate(n=Sum("count")):
        found[kind][year * 10 + part] = count
    return dict(found)


def _back(when: Period, steps: int) -> tuple[int, int]:
    """Year and number of the quarter some quarters before."""
    index = when.start.year * 4 + (when.start.month + 2) // 3 - 1 - steps
    return index // 4, index % 4 + 1


def _coverage(when: Period, user: Any) -> tuple[Covered, ...]:
    """What each cercle's silence means, for a quarter; nothing for whoever does not read alerts."""
    if when.product not in (GHN, ANNUAL):
        return ()
    today = min(timezone.localdate(), when.end)
    days = max((today - when.start).days + 1, 1)
    return tuple(
        Covered(row.unit.code, row.unit.name, row.unit.region, row.access, row.silence, row.alerts)
        for row in coverage(user, today=today, days=days)
    )
