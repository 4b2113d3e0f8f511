"""Counting rules of the figures (mrm.md 4; incidents-workbook.md 2 wins where they differ)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sutura.ledger.rules import (
    COULD_NOT_VERIFY,
    GRAVE_TYPES,
    PENDING,
    PERSON_TYPES,
    SEXES,
    UNKNOWN,
    VERIFIED,
    LineFacts,
    is_late_for_quarter,
)
from sutura.reporting.rules.periods import GHN, Period

RULES_VERSION = "mrm-1"
BLOCK_VERIFIED, BLOCK_LATE, BLOCK_UNVERIFIED, BLOCK_APART = "verified", "late", "unverified", "apart"
BLOCKS = (BLOCK_VERIFIED, BLOCK_LATE, BLOCK_UNVERIFIED)
WHOLE_COUNTRY = "ML"
"""Row label of facts placed in no region: rows must sum to the total."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of one kind in one block: children of one sex, or events."""

    block: str
    type: str
    sex: str
    party: str
    region: str
    count: int
    earlier_year: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """A named child (or one sex of a group) in one person-counted violation of one block."""

    block: str
    key: str
    violation: UUID
    type: str
    sex: str
    known_sex: str
    count: int


@dataclass(frozen=True, slots=True)
class Children:
    """Children counted once: by sex, and how many are in two or more violations."""

    sexes: Counter[str]
    multiple: int


def block_of(facts: LineFacts, period: Period) -> str | None:
    """Say in which block of a product a line counts; None when in none.

    GHN: decided in the quarter, late when decided after the calendar quarter in which the incident ended
    (mrm.md 4.1, 4.2). Annual and window: late when it occurred before the period. Unverified: one rule in
    every product, by incident date (mrm.md 4.14). Apart: mrm.md 4.13.
    """
    if facts.type not in GRAVE_TYPES:
        decided = facts.status == VERIFIED and _within(facts, period)
        return BLOCK_APART if decided else None
    if facts.status in (PENDING, COULD_NOT_VERIFY):
        return BLOCK_UNVERIFIED if period.start <= facts.occurred_on <= period.end else None
    if facts.status != VERIFIED or not _within(facts, period):
        return None
    if period.product == GHN:
        return BLOCK_LATE if is_late_for_quarter(facts) else BLOCK_VERIFIED
    if facts.occurred_on < period.start:
        return BLOCK_LATE
    return BLOCK_VERIFIED if facts.occurred_on <= period.end else None


def _within(facts: LineFacts, period: Period) -> bool:
    return facts.decided_on is not None and period.start <= facts.decided_on <= period.end


def counted(
    lines: Iterable[tuple[UUID, LineFacts]], period: Period, geography: str
) -> tuple[list[Tally], list[Linked]]:
    """Sort lines into blocks: counts by kind, and the named children whom a block may hold several times."""
    tallies: Counter[tuple[str, str, str, str, str, bool]] = Counter()
    linked = []
    for violation, facts in lines:
        block = block_of(facts, period)
        if block is None:
            continue
        region = facts.region if geography == "2021" else facts.region_2023
        earlier = facts.decided_on is not None and facts.occurred_on.year < facts.decided_on.year
        tallies[block, facts.type, facts.sex, facts.party_label, region, earlier] += facts.count
        if facts.child_key and facts.type in PERSON_TYPES:
            linked.append(linked_of(block, violation, facts))
    return [
        Tally(block, kind, sex, party, region, count, earlier)
        for (block, kind, sex, party, region, earlier), count in tallies.items()
    ], linked


def linked_of(block: str, violation: UUID, facts: LineFacts) -> Linked:
    """The named child of a line, in a block."""
    return Linked(block, facts.child_key, violation, facts.type, facts.sex, facts.known_sex, facts.count)


def by_key(linked: Iterable[Linked]) -> dict[str, list[Linked]]:
    """Put together what one child, or one group, is linked to."""
    found: defaultdict[str, list[Linked]] = defaultdict(list)
    for one in linked:
        found[one.key].append(one)
    return found


def once(links: list[Linked]) -> Children:
    """Count one child, or the members of one group, once over all its violations (mrm.md 4.5, 4.10).

    A known sex wins over unknown.
    """
    several = len({one.violation for one in links}) > 1
    if links[0].key.startswith("group:"):
        members: Counter[str] = Counter()
        for one in links:
            members[one.sex] = max(members[one.sex], one.count)
        return Children(members, members.total() if several else 0)
    known = {sex for one in links for sex in (one.sex, one.known_sex) if sex not in ("", UNKNOWN)}
    return Children(Counter({min(known, default=UNKNOWN): 1}), int(several))


def children(tallies: Iterable[Tally], linked: Iterable[Linked]) -> Children:
    """Count the children of one block once each: named ones by their key, unidentified ones once a violation.

    `linked` may leave out children who have one line and no other known sex: their count in `tallies`
    is right already.
    """
    sexes: Counter[str] = Counter()
    for tally in tallies:
        if tally.type in PERSON_TYPES:
            sexes[tally.sex] += tally.count
    multiple = 0
    for links in by_key(linked).values():
        for one in links:
            sexes[one.sex] -= one.count
        found = once(links)
        sexes.update(found.sexes)
        multiple += found.multiple
    return Children(Counter({sex: sexes[sex] for sex in SEXES}), multiple)


def several(linked: Iterable[Linked]) -> Iterator[tuple[str, list[Linked]]]:
    """Children and groups in two or more violations, also of one type; sorted by the label that is printed."""
    found = by_key(linked)
    for key in sorted(found, key=lambda one: (label_of(one), one)):
        if len({one.violation for one in found[key]}) > 1:
            yield key, found[key]


def label_of(key: str) -> str:
    """What the figures print of a child's key: the child_ref, else the victim_ref, as imported."""
    return key.partition(":")[2]
