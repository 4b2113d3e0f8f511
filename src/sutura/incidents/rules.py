"""Pure rules of the incident: what a violation counts, whom it names, and what cannot be true.

Sources: mrm.md 4 (counting rules) and the incidents workbook (meaning of its columns).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sutura.ledger.rules import (
    BOY,
    CHILD_COUNTED_TYPES,
    EVENT,
    GIRL,
    GROUP,
    INDIVIDUAL,
    SEXES,
    UNIDENTIFIED,
    UNKNOWN,
    VERIFIED,
    LineFacts,
    age_band,
)

SOLE, JOINT, CROSSFIRE, NO_PARTY = "sole", "joint", "crossfire", "unidentified"
ATTACK_TYPES = ("attack_school", "attack_hospital")
NOT_AN_ATTACK = "other_interference"


@dataclass(frozen=True, slots=True)
class VictimFacts:
    """What counting needs of one victim row linked to a violation.

    `ref` is the reference as imported, else ours; `child_key` the pseudonymous key, "" when none; `known_sex`
    the sex of the same child where another record knows it, "" otherwise; `age_bands` those of a group.
    """

    kind: str
    ref: str
    child_key: str = ""
    sex: str = UNKNOWN
    known_sex: str = ""
    age: int | None = None
    boys: int = 0
    girls: int = 0
    unknown: int = 0
    age_bands: tuple[str, ...] = ()

    def by_sex(self) -> dict[str, int]:
        """Children of each sex which this row lists."""
        if self.kind == INDIVIDUAL:
            return {sex: int(sex == self.sex) for sex in SEXES}
        return {BOY: self.boys, GIRL: self.girls, UNKNOWN: self.unknown}


@dataclass(frozen=True, slots=True)
class ViolationFacts:
    """What counting needs of one violation, its incident and its victims, copied out of the records.

    `counts` is false for a voided violation and for one of a void or duplicate incident.
    """

    incident_ref: UUID
    type: str
    status: str
    occurred_on: date
    occurred_to: date | None = None
    open_ended: bool = False
    decided_on: date | None = None
    region: str = ""
    region_2023: str = ""
    cercle: str = ""
    party_label: str = NO_PARTY
    boys: int = 0
    girls: int = 0
    unknown: int = 0
    attack_kind: str = ""
    counts: bool = True
    victims: tuple[VictimFacts, ...] = ()

    @property
    def tally(self) -> dict[str, int]:
        """Children of each sex which the violation counts."""
        return {BOY: self.boys, GIRL: self.girls, UNKNOWN: self.unknown}


def lines_of(facts: ViolationFacts) -> list[LineFacts]:
    """The lines of the ledger for one violation (mrm.md 4.4 to 4.13); none when it does not count.

    Child-counted types: one line per listed child, one per sex of each listed group, one per sex of the rest
    of the tally. Other types: one line of count 1; their tallies and victims are notes. Every status gives
    lines: the status is a dimension.
    """
    if not facts.counts or (facts.type in ATTACK_TYPES and facts.attack_kind == NOT_AN_ATTACK):
        return []
    if facts.type not in CHILD_COUNTED_TYPES:
        return [_line(facts, EVENT, "", "", 1)]
    lines: list[LineFacts] = []
    rest = facts.tally
    for victim in facts.victims:
        lines += _lines_of_victim(facts, victim)
        for sex, number in victim.by_sex().items():
            rest[sex] -= number
    lines += [_line(facts, UNIDENTIFIED, sex, UNKNOWN, rest[sex]) for sex in SEXES if rest[sex] > 0]
    return lines


def _lines_of_victim(facts: ViolationFacts, victim: VictimFacts) -> list[LineFacts]:
    """A child is one line; a group one line per sex, under one key."""
    if victim.kind == INDIVIDUAL:
        key = f"child:{victim.child_key}" if victim.child_key else f"victim:{victim.ref}"
        known = victim.known_sex if victim.sex == UNKNOWN else ""
        return [_line(facts, INDIVIDUAL, victim.sex, age_band(victim.age), 1, key, known)]
    band = victim.age_bands[0] if len(victim.age_bands) == 1 else UNKNOWN
    return [
        _line(facts, GROUP, sex, band, number, f"group:{victim.ref}")
        for sex, number in victim.by_sex().items()
        if number
    ]


def _line(
    facts: ViolationFacts, unit: str, sex: str, band: str, count: int, key: str = "", known_sex: str = ""
) -> LineFacts:
    return LineFacts(
        incident_ref=facts.incident_ref,
        type=facts.type,
        status=facts.status,
        occurred_on=facts.occurred_on,
        occurred_to=facts.occurred_to,
        open_ended=facts.open_ended,
        decided_on=facts.decided_on,
        region=facts.region,
        region_2023=facts.region_2023,
        cercle=facts.cercle,
        party_label=facts.party_label,
        unit_kind=unit,
        sex=sex,
        age_band=band,
        count=count,
        child_key=key,
        known_sex=known_sex,
    )


def derived_attribution(parties: Collection[str]) -> str:
    """Attribution told by the number of parties alone: none, one, several (workbook, Meaning)."""
    return (NO_PARTY, SOLE, JOINT)[min(len(set(parties)), 2)]


def attribution_fits(attribution: str, parties: Collection[str]) -> bool:
    """Sole needs one party, joint and crossfire two or more, unidentified none."""
    number = len(set(parties))
    if attribution in (JOINT, CROSSFIRE):
        return number >= 2
    return number == {SOLE: 1, NO_PARTY: 0}.get(attribution, -1)


def party_label(attribution: str, parties: Collection[str]) -> str:
    """One label a violation, so that party rows sum to the total: `unidentified`, `A`, `A+B`, `crossfire:A+B`."""
    if attribution == NO_PARTY or not parties:
        return NO_PARTY
    codes = "+".join(sorted(set(parties)))
    return f"{CROSSFIRE}:{codes}" if attribution == CROSSFIRE else codes


def listed(victims: Iterable[VictimFacts]) -> dict[str, int]:
    """Children of each sex whom the victim rows list."""
    total = dict.fromkeys(SEXES, 0)
    for victim in victims:
        for sex, number in victim.by_sex().items():
            total[sex] += number
    return total


def sexes_exceeded(facts: ViolationFacts) -> list[str]:
    """Sexes of which more children are listed than the violation counts; events list as they like."""
    if facts.type not in CHILD_COUNTED_TYPES:
        return []
    told = listed(facts.victims)
    return [sex for sex in SEXES if told[sex] > facts.tally[sex]]


def repeated_children(facts: ViolationFacts) -> list[str]:
    """Keys of children who stand twice among the victims of one violation."""
    keys = [victim.child_key for victim in facts.victims if victim.child_key]
    return sorted({key for key in keys if keys.count(key) > 1})


def verified_but_empty(facts: ViolationFacts) -> bool:
    """A verified violation counted in children needs at least one child."""
    return (
        facts.status == VERIFIED
        and facts.type in CHILD_COUNTED_TYPES
        and facts.boys + facts.girls + facts.unknown == 0
    )


def decided_too_early(facts: ViolationFacts) -> bool:
    """Nobody can verify what has not happened yet."""
    return facts.decided_on is not None and facts.decided_on < facts.occurred_on


def common_sex(sexes: Iterable[str]) -> str:
    """The one sex known for a child, "" when none is known; a boy and a girl under one key raise ValueError."""
    known = set(sexes) - {UNKNOWN, ""}
    if len(known) > 1:
        raise ValueError("a boy and a girl under one key")
    return known.pop() if known else ""


def may_tell(consent_reporting: str) -> bool:
    """Whether what a source or a child said may go further than those who document, once the names are off.

    A refusal bars it. Not asked, or not known, bars nothing: most of them are documents and secondary sources.
    """
    return consent_reporting != "no"


def date_fault(
    occurred_on: date | None, occurred_to: date | None, open_ended: bool, today: date
) -> tuple[str, str]:
    """The field at fault and what is wrong with it: `missing`, `future`, `order` or `open`; two empty words if none."""
    if occurred_on is None:
        return "occurred_on", "missing"
    if occurred_on > today:
        return "occurred_on", "future"
    if occurred_to is None:
        return "", ""
    if occurred_to > today:
        return "occurred_to", "future"
    if occurred_to < occurred_on:
        return "occurred_to", "order"
    if open_ended:
        return "open_ended", "open"
    return "", ""


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the last of February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
