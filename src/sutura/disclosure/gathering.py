"""What a table counts, read from the ledger at the moments of its releases, and the labels of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from sutura.access.acting import beyond
from sutura.disclosure.choices import LEVELS, Shape
from sutura.disclosure.rules.copies import Fact, Row
from sutura.disclosure.rules.equations import Time
from sutura.ledger.models import Line
from sutura.ledger.rules import AGE_BANDS, AGE_UNKNOWN, FACTS, GRAVE_TYPES, SEXES, LineFacts, quarter_of
from sutura.parties.resolver import Parties
from sutura.places.models import Unit
from sutura.places.outline import names
from sutura.reporting.querysets import decided_lines
from sutura.reporting.render import words
from sutura.reporting.rules.counting import WHOLE_COUNTRY, block_of
from sutura.reporting.rules.periods import Period

LANGUAGES = ("fr", "en")
NOT_KNOWN = "?"
"""Ends the code of the row for facts of a region whose cercle is not known."""

Universe = tuple[Period, str]
"""A period and the block that counts in it."""


def name_of(universe: Universe) -> str:
    """A universe in one word, as copies name it."""
    when, block = universe
    return f"{when.product} {when.text} {block}"


@beyond(
    "a table for the public counts the whole country, and whoever prepares or judges it may read all of it"
)
def facts_at(moment: datetime, universes: Collection[Universe]) -> list[Fact]:
    """What was verified for these universes, as it stood at a moment, summed by label."""
    decided = Q()
    for when, _block in universes:
        decided |= decided_lines(when)
    found: Counter[tuple[frozenset[str], str, tuple[str, ...]]] = Counter()
    rows = Line.objects.as_at(moment).filter(decided, type__in=GRAVE_TYPES).order_by("id")
    for values in rows.values_list(*FACTS).iterator(chunk_size=5000):
        facts = LineFacts(*values)
        inside = frozenset(name_of(one) for one in universes if block_of(facts, one[0]) == one[1])
        if inside:
            found[inside, facts.type, _labels(facts)] += facts.count
    return [
        Fact(inside, kind, dict(zip(LABELS, labels, strict=True)), count)
        for (inside, kind, labels), count in found.items()
    ]


LABELS = ("region", "region_2023", "cercle", "party", "sex", "age", "quarter")


def _labels(facts: LineFacts) -> tuple[str, ...]:
    region = facts.region or WHOLE_COUNTRY
    return (
        region,
        facts.region_2023 or WHOLE_COUNTRY,
        facts.cercle or region + NOT_KNOWN,
        facts.party_label,
        facts.sex,
        facts.age_band,
        str(quarter_of(facts.occurred_on)),
    )


def places_of(facts: Iterable[Fact]) -> list[dict[str, str]]:
    """Every smallest place of the register by the three divisions, and any other where something is booked."""
    units = Unit.objects.filter(level__gte=1).exclude(region="").exclude(region_2023="")
    found = {
        (unit.region, unit.region_2023, unit.cercle or unit.region + NOT_KNOWN)
        for unit in units.only("region", "region_2023", "path", "level")
        if not unit.region.startswith("ML-")
    }
    levels = ("region", "region_2023", "cercle")
    found |= {tuple(fact.labels[level] for level in levels) for fact in facts}  # type: ignore[misc]
    return [dict(zip(levels, one, strict=True)) for one in sorted(found)]


def times_of(facts: Iterable[Fact], universes: Collection[Universe]) -> list[Time]:
    """Parts of time in which something is booked; each universe has one at least."""
    found = {(fact.labels["quarter"], fact.universes) for fact in facts}
    counted = frozenset().union(*(inside for _quarter, inside in found))
    alone = {frozenset([name_of(one)]) for one in universes if name_of(one) not in counted}
    return [*found, *(("", one) for one in alone)]


def rows_of(
    shape: str, universe: Universe, facts: Iterable[Fact], places: Iterable[Mapping[str, str]]
) -> tuple[Row, ...]:
    """Rows of a table: all places, sexes, ages and quarters there are; parties that something is attributed to."""
    name = name_of(universe)
    mine = [fact for fact in facts if name in fact.universes]
    if shape == Shape.SEX:
        return tuple(("sex", sex) for sex in SEXES)
    if shape == Shape.AGE:
        return tuple(("age", band) for band in (*AGE_BANDS, AGE_UNKNOWN))
    if shape == Shape.PARTY:
        return tuple(("party", label) for label in sorted({fact.labels["party"] for fact in mine}))
    if shape == Shape.QUARTER:
        when = universe[0]
        said = {fact.labels["quarter"] for fact in mine} | set(_quarters(when))
        return tuple(("quarter", one) for one in sorted(said))
    found = {tuple((level, place[level]) for level in LEVELS[Shape(shape)]) for place in places}
    return tuple(dict.fromkeys(row for path in sorted(found) for row in path))


def _quarters(when: Period) -> Iterator[str]:
    number = quarter_of(when.start)
    while number <= quarter_of(when.end):
        yield str(number)
        number += 7 if number % 10 == 4 else 1


def labels_of(rows: Iterable[Row]) -> list[dict[str, str]]:
    """Each row with its label in both languages, kept in the copy so that it never changes."""
    told: dict[str, dict[Row, str]] = {}
    wanted = list(rows)
    for language in LANGUAGES:
        with override(language):
            told[language] = {row: label_of(row, language) for row in wanted}
    return [
        {"level": level, "code": code, **{one: told[one][level, code] for one in LANGUAGES}}
        for level, code in wanted
    ]


def label_of(row: Row, language: str) -> str:
    """A row in words."""
    level, code = row
    if level == "party":
        return Parties.current().label(code, language)
    if level == "sex":
        return {"boy": words.columns()["boys"], "girl": words.columns()["girls"]}.get(
            code, words.columns()["unknown"]
        )
    if level == "age":
        return words.age_band(code)
    if level == "quarter":
        return words.quarter(int(code))
    if code == WHOLE_COUNTRY:
        return _("Not located in a region")
    if code.endswith(NOT_KNOWN):
        return _("Cercle not known")
    return names().get(code, code)
