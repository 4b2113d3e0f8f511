"""The figures of a report as frozen dataclasses, and as the figures JSON (incidents-workbook.md 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sutura.ledger.rules import BOY, EVENT_TYPES, GIRL, GRAVE_TYPES, PERSON_TYPES, UNKNOWN
from sutura.reporting.rules.counting import (
    BLOCK_APART,
    BLOCK_LATE,
    BLOCK_VERIFIED,
    BLOCKS,
    RULES_VERSION,
    WHOLE_COUNTRY,
    Linked,
    Tally,
    children,
    label_of,
    once,
    several,
)
from sutura.reporting.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Sexes:
    """Children by sex."""

    boys: int
    girls: int
    unknown: int

    @property
    def total(self) -> int:
        return self.boys + self.girls + self.unknown


@dataclass(frozen=True, slots=True)
class Row:
    """A row of by_party or by_region: children of person-counted types, records of the others."""

    label: str
    type: str
    count: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals of a block; `children`, by sex, counts each child once."""

    violations: int
    children: Sexes
    children_multiple: int


@dataclass(frozen=True, slots=True)
class BlockFigures:
    """One block: every type appears, also with zeros; rows with zero are left out and rows are sorted."""

    victims: dict[str, Sexes]
    events: dict[str, int]
    by_party: tuple[Row, ...]
    by_region: tuple[Row, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Apart:
    """Concerns recorded beside the grave violations, never in their totals (mrm.md 2.7, 4.13)."""

    military_use: int
    deprivation_liberty: Sexes


@dataclass(frozen=True, slots=True)
class Multiple:
    """A child or a group in two or more verified violations of the period, ordinary and late together."""

    key: str
    types: tuple[str, ...]
    children: Sexes

    @property
    def label(self) -> str:
        return label_of(self.key)

    @property
    def is_group(self) -> bool:
        return self.key.startswith("group:")


@dataclass(frozen=True, slots=True)
class Figures:
    """All the figures of one report."""

    period: Period
    as_at: datetime
    blocks: dict[str, BlockFigures]
    apart: Apart
    multiple: tuple[Multiple, ...]
    late_earlier_years: dict[str, int]
    rules_version: str = RULES_VERSION

    @property
    def checks(self) -> dict[str, bool]:
        """The closing formula and the sum checks, over all blocks (mrm.md 4.7)."""
        return checks(self.blocks.values())


def figures(period: Period, as_at: datetime, tallies: Iterable[Tally], linked: Iterable[Linked]) -> Figures:
    """Make the figures of a report from sorted counts (see `counting.counted`)."""
    counts: dict[str, list[Tally]] = {block: [] for block in (*BLOCKS, BLOCK_APART)}
    named: dict[str, list[Linked]] = {block: [] for block in BLOCKS}
    for tally in tallies:
        counts[tally.block].append(tally)
    for one in linked:
        named[one.block].append(one)
    earlier: Counter[str] = Counter()
    for tally in counts[BLOCK_LATE]:
        earlier[tally.type] += tally.count if tally.earlier_year else 0
    return Figures(
        period=period,
        as_at=as_at,
        blocks={block: _block(counts[block], named[block]) for block in BLOCKS},
        apart=_apart(counts[BLOCK_APART]),
        multiple=_multiple(named[BLOCK_VERIFIED] + named[BLOCK_LATE]),
        late_earlier_years={kind: earlier[kind] for kind in GRAVE_TYPES},
    )


def _block(tallies: list[Tally], linked: list[Linked]) -> BlockFigures:
    victims: dict[str, Counter[str]] = {kind: Counter() for kind in PERSON_TYPES}
    events: Counter[str] = Counter()
    parties: Counter[tuple[str, str]] = Counter()
    regions: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        if tally.type in victims:
            victims[tally.type][tally.sex] += tally.count
        else:
            events[tally.type] += tally.count
        parties[tally.party, tally.type] += tally.count
        regions[tally.region or WHOLE_COUNTRY, tally.type] += tally.count
    found = children(tallies, linked)
    return BlockFigures(
        victims={kind: _sexes(counts) for kind, counts in victims.items()},
        events={kind: events[kind] for kind in EVENT_TYPES},
        by_party=_rows(parties),
        by_region=_rows(regions),
        totals=Totals(sum(tally.count for tally in tallies), _sexes(found.sexes), found.multiple),
    )


def _sexes(counts: Counter[str]) -> Sexes:
    return Sexes(counts[BOY], counts[GIRL], counts[UNKNOWN])


def _rows(counts: Counter[tuple[str, str]]) -> tuple[Row, ...]:
    order = {kind: place for place, kind in enumerate(GRAVE_TYPES)}
    cells = sorted(counts.items(), key=lambda cell: (cell[0][0], order[cell[0][1]]))
    return tuple(Row(label, kind, count) for (label, kind), count in cells if count)


def _apart(tallies: list[Tally]) -> Apart:
    held: Counter[str] = Counter()
    for tally in tallies:
        if tally.type == "deprivation_liberty":
            held[tally.sex] += tally.count
    used = sum(tally.count for tally in tallies if tally.type == "military_use")
    return Apart(used, _sexes(held))


def _multiple(linked: list[Linked]) -> tuple[Multiple, ...]:
    return tuple(
        Multiple(
            key,
            tuple(kind for kind in PERSON_TYPES if any(one.type == kind for one in links)),
            _sexes(once(links).sexes),
        )
        for key, links in several(linked)
    )


def checks(blocks: Iterable[BlockFigures]) -> dict[str, bool]:
    """Check each block against itself; a check that fails is printed, never hidden."""
    found = {
        "closing_total": True,
        "sexes_sum_to_total": True,
        "party_rows_sum_to_total": True,
        "region_rows_sum_to_total": True,
        "children_not_above_violations": True,
    }
    for block in blocks:
        persons = sum(sexes.total for sexes in block.victims.values())
        total = block.totals.violations
        kept = block.totals.children
        found["closing_total"] &= persons + sum(block.events.values()) == total
        found["sexes_sum_to_total"] &= all(
            min(sexes.boys, sexes.girls, sexes.unknown) >= 0 for sexes in (*block.victims.values(), kept)
        )
        found["party_rows_sum_to_total"] &= sum(row.count for row in block.by_party) == total
        found["region_rows_sum_to_total"] &= sum(row.count for row in block.by_region) == total
        found["children_not_above_violations"] &= kept.total <= persons
    return found


def as_json(found: Figures) -> dict[str, Any]:
    """The figures JSON, keys in the order of the format."""
    blocks: dict[str, Any] = {name: _block_json(block) for name, block in found.blocks.items()}
    blocks["apart"] = {
        "military_use": found.apart.military_use,
        "deprivation_liberty": _sexes_json(found.apart.deprivation_liberty),
    }
    return {
        "product": found.period.product,
        "period": {"from": found.period.start.isoformat(), "to": found.period.end.isoformat()},
        "as_at": instant(found.as_at),
        "rules_version": found.rules_version,
        "blocks": blocks,
        "multiple": [{"child": one.label, "types": list(one.types)} for one in found.multiple],
        "checks": [{"name": name, "holds": holds} for name, holds in found.checks.items()],
    }


def _block_json(block: BlockFigures) -> dict[str, Any]:
    totals = block.totals
    kept = totals.children
    return {
        "victims": [{"type": kind, **_sexes_json(sexes)} for kind, sexes in block.victims.items()],
        "events": [{"type": kind, "count": count} for kind, count in block.events.items()],
        "by_party": [{"party": row.label, "type": row.type, "count": row.count} for row in block.by_party],
        "by_region": [{"region": row.label, "type": row.type, "count": row.count} for row in block.by_region],
        "totals": {
            "violations": totals.violations,
            "children": kept.total,
            "boys": kept.boys,
            "girls": kept.girls,
            "unknown": kept.unknown,
            "children_multiple": totals.children_multiple,
        },
    }


def _sexes_json(sexes: Sexes) -> dict[str, int]:
    return {"boys": sexes.boys, "girls": sexes.girls, "unknown": sexes.unknown, "total": sexes.total}


def instant(moment: datetime) -> str:
    """An instant in UTC to the microsecond, as printed and as accepted by --as-at."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
