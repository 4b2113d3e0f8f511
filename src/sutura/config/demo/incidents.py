"""From an invented event to the bundle of parts which the services open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from sutura.config.demo.shapes import Draw
from sutura.config.demo.words import MARK, NEXUS, ORGANISATIONS, RESTRICTED, SHAREABLE
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart

WEAPONS = {
    "explosive": ("ied_command", "landmine", "erw"),
    "village": ("small_arm", "small_arm", "sharp"),
    "crossfire": ("small_arm", "mortar_rocket"),
}
PURPOSES = ("extortion", "intimidation", "recruitment", "unknown", "punishment")
AGES = (7, 9, 11, 12, 13, 14, 14, 15, 15, 16, 16, 17)
OLD = timedelta(days=540)
"""After a year and a half a decided file is closed; no figure depends on it."""


@dataclass(frozen=True)
class Telling:
    """What tells the violations of one event; those which people will judge are told as pending."""

    draw: Draw
    random: Random
    place: Any = None

    @property
    def tally(self) -> tuple[int, int, int]:
        """Boys, girls, children of unknown sex."""
        return self.draw.boys, self.draw.girls, self.draw.unknown

    def part(
        self, kind: str, boys: int = 0, girls: int = 0, unknown: int = 0, **detail: Any
    ) -> ViolationPart:
        """One violation of the event."""
        draw = self.draw
        return ViolationPart(
            type=kind,
            key=kind,
            boys=boys,
            girls=girls,
            unknown=unknown,
            parties=draw.parties,
            attribution=draw.attribution,
            status="pending" if draw.judged else draw.status,
            decided_on=None if draw.judged else draw.decided_on,
            detail=detail,
            more={"added_at": morning(draw.day + timedelta(days=4))},
        )


Parts = tuple[ViolationPart, ...]


def morning(day: date) -> datetime:
    """Ten o'clock of a day, never in the future."""
    return min(datetime.combine(day, time(10), tzinfo=UTC), timezone.now())


def bundle(draw: Draw, place: Any, random: Random) -> IncidentBundle:
    """One incident with its violations, the children by code and its sources; plainly marked as invented."""
    violations = STORIES[draw.story](Telling(draw, random, place))
    reported = min(draw.day + timedelta(days=random.randint(0, 6)), timezone.localdate())
    restricted = RESTRICTED[draw.story].format(km=random.randint(2, 18), hours=random.randint(1, 4))
    closed = draw.status != "pending" and timezone.localdate() - draw.day > OLD and random.random() < 0.5
    return IncidentBundle(
        place=place,
        occurred_on=draw.day,
        open_ended=draw.story == "recruitment" and random.random() < 0.3,
        date_estimated=random.random() < 0.2,
        title=SHAREABLE[draw.story].rstrip("."),
        place_kind=random.choice(("road", "home", "farmland", "bush")) if draw.story == "village" else "",
        account_restricted=MARK + restricted,
        account_shareable=MARK + SHAREABLE[draw.story],
        first_reported_on=reported,
        reporting_organisation=random.choice(ORGANISATIONS),
        state="closed" if closed else "open",
        more={"opened_at": morning(reported + timedelta(days=2))},
        violations=violations,
        victims=_victims(draw, violations, random),
        sources=_sources(draw, violations, random),
        perpetrators=_unknown(draw, violations, random),
    )


def _harm(told: Telling) -> Parts:
    """Children killed, children hurt, or both."""
    draw, random = told.draw, told.random
    weapon = random.choice(WEAPONS[draw.story])
    killed = told.part("killing", *told.tally, weapon=weapon, context="clashes")
    if random.random() < 0.5:
        return (killed,)
    boys = random.randint(1, 3)
    hurt = told.part("maiming", boys, draw.girls, weapon=weapon, consequences=["serious_injury"])
    return (hurt,) if draw.story == "explosive" and random.random() < 0.4 else (killed, hurt)


def _recruitment(told: Telling) -> Parts:
    random = told.random
    role, factor = (
        random.choice(("combatant", "support", "unknown")),
        random.choice(("pressure", "financial")),
    )
    return (told.part("recruitment_use", *told.tally, role=role, factors=[factor], released=_held(told)),)


def _abduction(told: Telling) -> Parts:
    purpose = told.random.choice(PURPOSES)
    return (told.part("abduction", *told.tally, purpose=purpose, freed=_held(told)),)


def _held(told: Telling) -> str:
    return "yes" if told.random.random() < 0.6 else "no"


def _abducted_recruited(told: Telling) -> Parts:
    return (
        told.part("abduction", *told.tally, purpose="recruitment"),
        told.part("recruitment_use", *told.tally, role="combatant", factors=["abduction"]),
    )


def _school(told: Telling) -> Parts:
    pick = told.random.choice
    kind = pick(("facility", "facility", "personnel", "threat"))
    impact, closed = pick(("serious", "minor", "none")), pick(("yes", "partly"))
    what: dict[str, Any] = {
        "attack_kind": kind,
        "impact": impact,
        "closed": closed,
        "deprived_estimated": True,
    }
    return (told.part("attack_school", **what, **_named(told)),)


def _used(told: Telling) -> Parts:
    """A school where somebody sleeps; one of three is said to be vacated."""
    day, left = told.draw.day, told.draw.number % 3 == 0
    until: dict[str, Any] = {}
    if left:
        until = {"to_date": min(day + timedelta(days=30), timezone.localdate()), "vacated": "yes"}
    what: dict[str, Any] = {"facility_kind": "school", "purposes": ["barracks"], "from_date": day}
    return (told.part("military_use", **what, **until, **_named(told)),)


def _named(told: Telling) -> dict[str, Any]:
    """The school of the place, which no register knows, and its pupils."""
    pupils = 30 + 7 * (told.draw.number % 12)
    name = f"École inventée de {told.place}" if told.place else ""
    return {"facility_name": name, "deprived_boys": pupils, "deprived_girls": pupils - 8}


def _denial(told: Telling) -> Parts:
    method = told.random.choice(("travel", "vehicle", "theft"))
    return (told.part("denial_humanitarian_access", methods=[method], aid_kinds=["food"]),)


STORIES: dict[str, Callable[[Telling], Parts]] = {
    "explosive": _harm,
    "village": _harm,
    "crossfire": _harm,
    "recruitment": _recruitment,
    "abduction": _abduction,
    "abducted_recruited": _abducted_recruited,
    "school": _school,
    "hospital": lambda told: (told.part("attack_hospital", attack_kind="facility", impact="minor"),),
    "denial": _denial,
    "sexual_violence": lambda told: (told.part("sexual_violence", *told.tally),),
    "military_use": _used,
    "detention": lambda told: (
        told.part("deprivation_liberty", *told.tally, reasons=["association"], ongoing="unknown"),
    ),
}


def _victims(draw: Draw, violations: Parts, random: Random) -> tuple[VictimPart, ...]:
    """Some of the children by code, never all: in life a part of a tally stays unidentified."""
    if not (draw.boys or draw.girls):
        return ()
    if draw.story == "abducted_recruited":
        keys = tuple(part.key for part in violations)
        return (VictimPart(violations=keys, child_key=f"DEMO-{draw.number:04d}-A", sex="boy", age=14),)
    first = violations[0]
    wanted = [("boy", f"B{index}") for index in range(first.boys)]
    wanted += [("girl", f"G{index}") for index in range(first.girls)]
    return tuple(
        _child(draw, first.key, sex, f"{draw.number:04d}-{code}", random)
        for sex, code in wanted
        if random.random() < 0.6
    )


def _child(draw: Draw, violation: str, sex: str, code: str, random: Random) -> VictimPart:
    # One boy in twelve was already told of in an earlier recruitment: the same child, in several incidents.
    again = draw.story == "recruitment" and code.endswith("B0") and random.random() < 0.08
    return VictimPart(
        violations=(violation,),
        child_key=f"DEMO-R{random.randint(1, 12):02d}" if again else f"DEMO-{code}",
        sex=sex,
        age=random.choice(AGES),
        age_estimated=random.random() < 0.4,
    )


def _unknown(draw: Draw, violations: Parts, random: Random) -> tuple[PerpetratorPart, ...]:
    """Nobody is named, yet most files say why a party did it and not an ordinary crime."""
    if draw.parties or random.random() < 0.3:
        return ()
    keys = tuple(part.key for part in violations)
    return (PerpetratorPart(violations=keys, more={"nexus": random.choice(NEXUS)}),)


def _sources(draw: Draw, violations: Parts, random: Random) -> tuple[SourcePart, ...]:
    keys = tuple(part.key for part in violations)
    how_many = random.choice((1, 2, 2, 3)) if draw.status == "verified" else random.choice((0, 1, 1, 2))
    categories = ("primary_witness", "secondary", "primary_victim")
    if draw.story == "sexual_violence":
        categories = ("secondary", "secondary", "secondary")
    latest = (draw.decided_on - draw.day).days if draw.decided_on else 0
    return tuple(
        SourcePart(
            violations=keys,
            category=categories[index],
            kind="oral" if index != 1 else "document",
            collected_on=draw.day + timedelta(days=min(5 + index, latest)),
            organisation=random.choice(ORGANISATIONS),
            reliability=random.choice(("high", "medium")),
            credibility=random.choice(("high", "medium")),
            consent_reporting="yes",
            consent_sharing=random.choice(("yes", "no")),
            more={"trained": random.choice(("yes", "yes", "no"))},
        )
        for index in range(how_many)
    )
