"""Invented tables and successive releases, made to be hard to hide: what the gate is tried on, again and again."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

from sutura.disclosure.rules.attack import attack
from sutura.disclosure.rules.copies import Copy, Fact, Row, table
from sutura.disclosure.rules.equations import Frame
from sutura.disclosure.rules.releasing import Unsafe, release
from sutura.disclosure.rules.suppression import primary

KINDS = ("dense", "sparse", "one row", "two in a line", "all ones", "empty", "large")
PERSONS = ("killing", "maiming", "recruitment_use")
TYPES = (*PERSONS, "attack_school", "denial_humanitarian_access")
SHAPES: dict[str, tuple[str, ...]] = {
    "region": ("region",),
    "region_2023": ("region_2023",),
    "cercle": ("region", "cercle"),
    "party": ("party",),
    "sex": ("sex",),
    "age": ("age",),
    "quarter": ("quarter",),
}
QUARTERS = (1, 2, 3, 4)
UNIVERSES = (
    "year verified",
    "year late",
    *(f"Q{n} {block}" for n in QUARTERS for block in ("verified", "late")),
)


@dataclass
class Tally:
    """What the trials came to."""

    tables: int = 0
    releases: int = 0
    refused: int = 0
    cells: int = 0
    hidden: int = 0
    small: int = 0
    bare: int = 0
    """Tables that the attack opens when only small numbers are hidden."""
    narrowed: int = 0
    """Hidden cells that the attack narrows below five in what was published: nought, or the gate is broken."""
    seconds: float = 0.0
    slowest: float = 0.0


@dataclass(frozen=True)
class Country:
    """Places that the two geographies divide, as cercles of two regions each."""

    places: list[dict[str, str]]

    @classmethod
    def of(cls, regions: int, cercles: int) -> Country:
        """So many regions of 2021; every second one was split by the reform."""
        return cls(
            [
                {
                    "region": f"ML{one:02}",
                    "region_2023": f"ML-R{2 * one + (one % 2 and two % 2):02}",
                    "cercle": f"ML{one:02}{two:02}",
                }
                for one in range(1, regions + 1)
                for two in range(1, cercles + 1)
            ]
        )


def universes_of(decided: int, occurred: int) -> frozenset[str]:
    """What counts a fact decided in a quarter of the year, and occurred in one (0 or less: of the year before)."""
    year = "year verified" if occurred > 0 else "year late"
    quarter = f"Q{decided} {'verified' if occurred == decided else 'late'}"
    return frozenset({year, quarter})


def facts_of(rng: random.Random, country: Country, kind: str) -> list[Fact]:
    """Facts of an invented year."""
    count = {"sparse": 12, "one row": 10, "two in a line": 6, "all ones": 25, "empty": 0, "large": 160}.get(
        kind, 60
    )
    places = country.places if kind != "one row" else [rng.choice(country.places)]
    if kind == "two in a line":
        places = rng.sample(country.places, 2)
    return [one_fact(rng, rng.choice(places), kind) for _number in range(count)]


def one_fact(rng: random.Random, place: dict[str, str], kind: str) -> Fact:
    """One invented fact in a place."""
    decided = rng.choice(QUARTERS)
    occurred = rng.choice((decided, decided, rng.randint(0, decided)))
    type_ = TYPES[0] if kind == "two in a line" and rng.random() < 0.7 else rng.choice(TYPES)
    person = type_ in PERSONS
    labels = {
        **place,
        "party": rng.choice(("A", "B", "C", "A+B")),
        "sex": rng.choice(("boy", "boy", "girl", "unknown")) if person else "",
        "age": rng.choice(("0-5", "11-14", "15-17", "unknown")) if person else "",
        "quarter": str(occurred),
    }
    count = 1 if kind == "all ones" else rng.choice((1, 1, 1, 2, 3, 4, 6, 9, 20))
    return Fact(universes_of(decided, occurred), type_, labels, count)


def moved_on(rng: random.Random, country: Country, facts: list[Fact], kind: str) -> list[Fact]:
    """The same year later: some facts voided, corrected or added; sometimes nothing."""
    kept = list(facts)
    for _number in range(rng.choice((0, 1, 1, 2, 6, 20))):
        if kept and rng.random() < 0.5:
            kept.pop(rng.randrange(len(kept)))
        else:
            kept.append(one_fact(rng, rng.choice(country.places), kind))
    return kept


def rows_of(shape: str, country: Country, facts: list[Fact], universe: str) -> tuple[Row, ...]:
    """Rows of an invented table."""
    if shape == "party":
        found = {fact.labels["party"] for fact in facts if universe in fact.universes}
        return tuple(("party", label) for label in sorted(found))
    if shape == "sex":
        return (("sex", "boy"), ("sex", "girl"), ("sex", "unknown"))
    if shape == "age":
        return tuple(("age", band) for band in ("0-5", "11-14", "15-17", "unknown"))
    if shape == "quarter":
        return tuple(("quarter", str(number)) for number in range(5))
    paths = sorted({tuple((level, place[level]) for level in SHAPES[shape]) for place in country.places})
    return tuple(dict.fromkeys(row for path in paths for row in path))


@dataclass
class Story:
    """One invented year and the tables released of it, one after another, each made safe beside all before it."""

    rng: random.Random
    kind: str
    country: Country
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    earlier: list[Copy] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)

    def play(self, tally: Tally) -> None:
        """Release some tables, two of each moment, then attack all that was published once more."""
        self.facts["1"] = facts_of(self.rng, self.country, self.kind)
        for number in range(1, self.rng.randint(2, 7)):
            moment = str((number + 1) // 2)
            if moment not in self.facts:
                before = self.facts[str(int(moment) - 1)]
                self.facts[moment] = moved_on(self.rng, self.country, before, self.kind)
            self.publish(self.next_table(moment), tally)
        if self.earlier:
            tally.narrowed += len(attack(self.frame(self.earlier)).narrowed)
            tally.releases += len(self.earlier)

    def next_table(self, moment: str) -> Copy:
        """The next table, unhidden: half of the time one that was told before."""
        if self.told and self.rng.random() < 0.5:
            universe, shape = self.rng.choice(self.told)
        else:
            universe, shape = self.rng.choice(UNIVERSES[:4]), self.rng.choice(sorted(SHAPES))
        self.told.append((universe, shape))
        return self.table_of(moment, universe, shape)

    def table_of(self, moment: str, universe: str, shape: str) -> Copy:
        """One table at one moment, unhidden."""
        facts = self.facts[moment]
        return table(
            facts,
            universe=universe,
            moment=moment,
            types=PERSONS if shape in ("sex", "age") else TYPES,
            rows=rows_of(shape, self.country, facts, universe),
            listed=shape == "party",
        )

    def publish(self, new: Copy, tally: Tally) -> None:
        """Make a table safe and publish it, or count it as refused."""
        started = time.perf_counter()
        try:
            safe = release(
                new,
                earlier=self.earlier,
                places=self.country.places,
                times=times_of(self.facts),
                facts=self.facts,
            )
        except Unsafe:
            tally.refused += 1
        else:
            self.earlier.append(safe.copy)
            tally.hidden += len(safe.copy.hidden)
            tally.small += len(safe.small)
        took = time.perf_counter() - started
        tally.seconds += took
        tally.slowest = max(tally.slowest, took)
        tally.tables += 1
        tally.cells += len(new.cells)
        tally.bare += bool(attack(self.frame([new.without(primary(new, []))])).narrowed)

    def frame(self, copies: list[Copy]) -> Frame:
        """The unknowns behind some of its tables."""
        return Frame(copies, self.country.places, times_of(self.facts))


def times_of(facts: dict[str, list[Fact]]) -> list[tuple[str, frozenset[str]]]:
    """Parts of time with something in them, at any moment."""
    return sorted(
        {(fact.labels["quarter"], fact.universes) for many in facts.values() for fact in many},
        key=lambda one: (one[0], sorted(one[1])),
    )


def run(tables: int, seed: int = 1) -> Tally:
    """Try so many tables at least; the same seed gives the same ones."""
    tally, rng = Tally(), random.Random(seed)  # noqa: S311 - invented tables, not keys
    stories = 0
    while tally.tables < tables:
        country = Country.of(rng.randint(1, 5), rng.randint(1, 4))
        Story(rng, KINDS[stories % len(KINDS)], country).play(tally)
        stories += 1
    return tally
