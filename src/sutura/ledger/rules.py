"""Pure rules of the ledger: what a line says, and which lines a change keeps, supersedes and adds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

INDIVIDUAL, GROUP, UNIDENTIFIED, EVENT = "individual", "group", "unidentified", "event"
UNIT_KINDS = (INDIVIDUAL, GROUP, UNIDENTIFIED, EVENT)
BOY, GIRL, UNKNOWN = "boy", "girl", "unknown"
SEXES = (BOY, GIRL, UNKNOWN)

PERSON_TYPES = ("killing", "maiming", "recruitment_use", "sexual_violence", "abduction")
EVENT_TYPES = ("attack_school", "attack_hospital", "denial_humanitarian_access")
GRAVE_TYPES = PERSON_TYPES + EVENT_TYPES
APART_TYPES = ("military_use", "deprivation_liberty")
CHILD_COUNTED_TYPES = (*PERSON_TYPES, "deprivation_liberty")
"""Types whose unit is the child (mrm.md 2 and 4.4); the others count one per violation."""

PENDING, COULD_NOT_VERIFY, VERIFIED = "pending", "could_not_verify", "verified"

AGE_BANDS = ("0-5", "6-10", "11-14", "15-17")
AGE_UNKNOWN = "unknown"
_AGE_TOPS = (5, 10, 14, 17)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One countable fact of one violation, with every dimension copied in.

    A person-counted violation (or a deprivation of liberty) has one line per listed child (`individual`,
    count 1), one per sex present in each listed group (`group`, count = members of that sex) and one per
    sex of the remainder of its tally (`unidentified`). Any other violation has a single `event` line of
    count 1. A violation that may not count (void or duplicate incident, voided violation, attack_kind
    `other_interference`, empty tally) has no line at all.

    - `sex`: boy | girl | unknown, and "" for an event; `age_band`: see `age_band()`, and "" for an event.
    - `child_key`: "child:<child_ref>" when the pseudonymous key is known, else "victim:<victim_ref>";
      "group:<victim_ref>" for a group; "" for unidentified members and events. What follows the first
      colon is what the figures print.
    - `party_label`: one label a violation: `unidentified`, `JNIM`, `A+B`, `crossfire:A+B`.
    - `known_sex`: boy | girl when `sex` is unknown here but known for this child elsewhere; else "". A known
      sex wins over unknown when children are counted once (figures format); the line's own `sex` stays that
      of the violation's tally.
    - `region`, `cercle`: P-codes of COD-AB 2021 ("" = not known); `region_2023`: code of the 2023 reform.
    """

    incident_ref: UUID
    type: str
    status: str
    occurred_on: date
    occurred_to: date | None
    open_ended: bool
    decided_on: date | None
    region: str
    region_2023: str
    cercle: str
    party_label: str
    unit_kind: str
    sex: str
    age_band: str
    count: int
    child_key: str = ""
    known_sex: str = ""


FACTS = tuple(LineFacts.__dataclass_fields__)
"""Names of the facts in order: the columns of `ledger.Line` that say what a line counts."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a posting does: ids of the lines it supersedes and the facts it adds, per violation."""

    superseded: list[tuple[int, UUID, LineFacts]]
    added: list[tuple[UUID, LineFacts]]

    def __bool__(self) -> bool:
        return bool(self.superseded or self.added)


def age_band(age: int | None) -> str:
    """Say the band of an age in whole years; under 15 must stay visible (mrm.md 4.15)."""
    if age is None:
        return AGE_UNKNOWN
    for band, top in zip(AGE_BANDS, _AGE_TOPS, strict=True):
        if age <= top:
            return band
    return AGE_UNKNOWN


def difference(
    open_lines: Iterable[tuple[int, UUID, LineFacts]],
    wanted: dict[UUID, Sequence[LineFacts]],
) -> Difference:
    """Compare the open lines (id, violation, facts) of some violations with the facts they should have.

    Equal facts are kept, as a multiset: two unnamed children of one violation may be two equal lines.
    """
    missing: dict[UUID, Counter[LineFacts]] = {ref: Counter(facts) for ref, facts in wanted.items()}
    superseded = []
    for line_id, ref, facts in open_lines:
        left = missing[ref]
        if left[facts] > 0:
            left[facts] -= 1
        else:
            superseded.append((line_id, ref, facts))
    added = [(ref, facts) for ref, left in missing.items() for facts in left.elements()]
    return Difference(superseded=superseded, added=added)


def quarter_of(day: date | None) -> int:
    """Number the calendar quarter of a day: 2026-02-10 gives 20261; no day gives 0."""
    return 0 if day is None else day.year * 10 + (day.month + 2) // 3


def is_late_for_quarter(facts: LineFacts) -> bool:
    """Say whether a violation was decided after the calendar quarter in which its incident ended.

    Only a verified violation can be late; an open-ended incident never is (mrm.md 4.2, figures format).
    """
    if facts.status != VERIFIED or facts.decided_on is None or facts.open_ended:
        return False
    return quarter_of(facts.decided_on) > quarter_of(facts.occurred_to or facts.occurred_on)


def is_late_for_year(facts: LineFacts) -> bool:
    """Say whether a verified violation occurred in a year before the one of its decision (mrm.md 4.2)."""
    if facts.status != VERIFIED or facts.decided_on is None:
        return False
    return facts.occurred_on.year < facts.decided_on.year


CellKey = tuple[int, int, bool, str, str, str, str, str, str]
MarginKey = tuple[str, str, str, str, int, str]


def cell_of(facts: LineFacts) -> CellKey:
    """Name the roll-up cell of a line.

    decided quarter, event quarter, late, type, status, party, region, region_2023, sex.
    """
    return (
        quarter_of(facts.decided_on),
        quarter_of(facts.occurred_on),
        is_late_for_quarter(facts),
        facts.type,
        facts.status,
        facts.party_label,
        facts.region,
        facts.region_2023,
        facts.sex,
    )


MARGIN_AXES = ("region", "region_2023", "cercle", "party", "sex", "age")


def margins_of(facts: LineFacts) -> list[MarginKey]:
    """Name the six trend margins of a line: axis, value, region, type, event quarter, status."""
    values = (facts.region, facts.region_2023, facts.cercle, facts.party_label, facts.sex, facts.age_band)
    quarter = quarter_of(facts.occurred_on)
    return [
        (axis, value, facts.region, facts.type, quarter, facts.status)
        for axis, value in zip(MARGIN_AXES, values, strict=True)
    ]


def rollup_changes(
    superseded: Iterable[LineFacts], added: Iterable[LineFacts]
) -> tuple[dict[CellKey, int], dict[MarginKey, int]]:
    """Sum what a posting adds to (or takes from) each cell and each margin; unchanged ones are left out."""
    cells: defaultdict[CellKey, int] = defaultdict(int)
    margins: defaultdict[MarginKey, int] = defaultdict(int)
    for sign, lines in ((-1, superseded), (1, added)):
        for facts in lines:
            change = sign * facts.count
            cells[cell_of(facts)] += change
            for key in margins_of(facts):
                margins[key] += change
    return (
        {key: change for key, change in cells.items() if change},
        {key: change for key, change in margins.items() if change},
    )


def counts_children(facts: LineFacts) -> bool:
    """Say whether a line names children who are to be counted once over a block (figures format)."""
    return bool(facts.child_key) and facts.type in PERSON_TYPES
