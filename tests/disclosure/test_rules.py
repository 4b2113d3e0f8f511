"""Hiding and attacking, on tables small enough to check by eye; and many invented ones, by a second reader too."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from sutura.disclosure import trials
from sutura.disclosure.rules.attack import CHANGED, HIDDEN, IMPLIED, attack
from sutura.disclosure.rules.copies import TOTAL, Copy, Fact, Key, table
from sutura.disclosure.rules.equations import Frame
from sutura.disclosure.rules.releasing import Safe, Unsafe, release
from sutura.disclosure.rules.suppression import primary
from tests.disclosure.oracle import intervals

YEAR, QUARTER = "annual 2025 verified", "ghn 2025-Q1 verified"
ALL = [("", frozenset([YEAR, QUARTER])), ("", frozenset([YEAR]))]
NOBODY = {"region": "", "region_2023": "", "cercle": "", "party": "", "sex": "", "age": "", "quarter": ""}


def facts_of(numbers: Iterable[Iterable[int]], universes: Iterable[str] = (YEAR,)) -> list[Fact]:
    """Facts of regions A, B, C… in rows and types a, b, c… in columns."""
    return [
        Fact(frozenset(universes), chr(97 + column), NOBODY | {"region": chr(65 + row)}, count)
        for row, line in enumerate(numbers)
        for column, count in enumerate(line)
    ]


def of(facts: list[Fact], moment: str = "1", universe: str = YEAR) -> Copy:
    """The table of regions by types, nothing hidden."""
    regions = sorted({fact.labels["region"] for fact in facts})
    types = tuple(sorted({fact.type for fact in facts}))
    rows = tuple(("region", code) for code in regions)
    return table(facts, universe=universe, moment=moment, types=types, rows=rows)


def places(facts: list[Fact]) -> list[dict[str, str]]:
    """The regions of facts."""
    return [{"region": code} for code in sorted({fact.labels["region"] for fact in facts})]


def cell(row: str, kind: str = "") -> Key:
    """The cell of a region, or of the totals."""
    return (("region", row) if row else TOTAL, kind)


def opened(copies: list[Copy], facts: list[Fact]) -> list[tuple[str, Key | None, int, int]]:
    """What the attack narrows: kind, cell, interval."""
    found = attack(Frame(copies, places(facts), ALL)).narrowed
    return sorted({(one.target.kind, one.target.key, one.low, one.high) for one in found}, key=str)


def safe(
    facts: list[Fact], earlier: dict[str, tuple[list[Fact], Copy]] | None = None, moment: str = "1"
) -> Safe:
    """A table made safe beside earlier ones."""
    before = earlier or {}
    return release(
        of(facts, moment),
        earlier=[copy for _facts, copy in before.values()],
        places=places(facts),
        times=ALL,
        facts={moment: facts} | {when: then for when, (then, _copy) in before.items()},
    )


def test_a_table_holds_its_totals() -> None:
    copy = of(facts_of([[6, 0], [3, 2]]))
    assert {key: copy.cells[key] for key in (cell("A"), cell("B"), cell("", "a"), cell(""))} == {
        cell("A"): 6,
        cell("B"): 5,
        cell("", "a"): 9,
        cell(""): 11,
    }


def test_one_to_four_are_hidden_and_nought_stays() -> None:
    assert primary(of(facts_of([[6, 0], [4, 1]])), []) == {cell("B", "a"), cell("B", "b"), cell("", "b")}


def test_hiding_alone_is_undone_by_a_subtraction() -> None:
    facts = facts_of([[20, 9], [3, 30]])
    copy = of(facts).without([cell("B", "a")])
    assert opened([copy], facts) == [(HIDDEN, cell("B", "a"), 3, 3)]


def test_two_small_numbers_in_a_line_are_undone_by_their_sum() -> None:
    facts = facts_of([[20, 9, 9], [1, 2, 30], [20, 20, 20]])
    copy = of(facts).without([cell("B", "a"), cell("B", "b"), cell("A", "a"), cell("A", "b")])
    assert {(key, high) for _kind, key, _low, high in opened([copy], facts)} == {
        (cell("B", "a"), 3),
        (cell("B", "b"), 3),
    }


@pytest.mark.parametrize(
    "numbers",
    [
        [[20, 9], [3, 30]],
        [[1]],
        [[0, 0, 0], [1, 2, 1], [0, 0, 0]],
        [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
        [[4, 0, 0], [0, 4, 0], [0, 0, 4]],
        [[20, 9, 9], [1, 2, 30], [20, 20, 20]],
        [[100, 3, 100], [100, 100, 100]],
    ],
)
def test_what_passes_has_no_small_number_and_none_to_work_out(numbers: list[list[int]]) -> None:
    facts = facts_of(numbers)
    made = safe(facts)
    assert [one for one in made.copy.cells.values() if one is not None and 0 < one < 5] == []
    assert opened([made.copy], facts) == []
    for low, high in intervals([made.copy], places(facts)):
        assert high >= 5
        assert low >= 5 or high - low >= 4


def test_as_little_as_needed_is_hidden() -> None:
    made = safe(facts_of([[20, 9, 40], [3, 30, 40], [20, 20, 40]]))
    assert len(made.copy.hidden) == 4
    assert made.copy.cells[cell("")] == 222


def test_a_correction_does_not_show_who_came() -> None:
    before, after = facts_of([[20, 9], [30, 30]]), facts_of([[22, 9], [30, 30]])
    first, second = safe(before).copy, of(after, "2")
    assert first.hidden == frozenset()
    shown = opened([first, second], after)
    assert (CHANGED, cell("A", "a"), 2, 2) in shown
    made = safe(after, {"1": (before, first)}, "2")
    assert {cell("A", "a"), cell("A"), cell("", "a"), cell("")} <= made.copy.hidden
    assert opened([first, made.copy], after) == []


def test_two_ways_of_hiding_the_same_numbers_are_read_together() -> None:
    """Each release is safe alone; the second prints what the first hid to protect a small number."""
    facts = facts_of([[20, 9, 40], [3, 30, 40], [20, 20, 40]])
    first = of(facts).without([cell("A", "a"), cell("A", "b"), cell("B", "a"), cell("B", "b")])
    second = of(facts, "2").without([cell("C", "a"), cell("C", "c"), cell("B", "a"), cell("B", "c")])
    assert opened([first], facts) == opened([second], facts) == []
    assert (HIDDEN, cell("B", "a"), 3, 3) in opened([first, second], facts)


def test_what_was_hidden_stays_hidden_beside_a_later_release() -> None:
    before, after = facts_of([[20, 9], [3, 30]]), facts_of([[29, 9], [12, 30]])
    first = safe(before).copy
    made = safe(after, {"1": (before, first)}, "2")
    assert cell("B", "a") in made.copy.hidden
    assert opened([first, made.copy], after) == []


def test_a_quarter_taken_from_its_year_shows_nobody() -> None:
    both, rest = facts_of([[20, 30], [20, 30]], [YEAR, QUARTER]), facts_of([[2, 9], [8, 9]])
    facts = [*both, *rest]
    year = of(facts)
    shown = opened([year, of(facts, universe=QUARTER)], facts)
    assert [(kind, low, high) for kind, _key, low, high in shown] == [(IMPLIED, 2, 2)]
    made = release(
        of(facts, universe=QUARTER), earlier=[year], places=places(facts), times=ALL, facts={"1": facts}
    )
    assert cell("A", "a") in made.copy.hidden
    assert opened([year, made.copy], facts) == []


def test_a_table_that_nothing_can_hide_is_refused() -> None:
    before, after = facts_of([[20, 9], [30, 30]]), facts_of([[20, 9], [30, 30]])
    bare = of(facts_of([[3, 9], [30, 30]]))
    with pytest.raises(Unsafe):
        release(
            of(after, "2"),
            earlier=[bare.without([cell("A", "a")])],
            places=places(before),
            times=ALL,
            facts={"1": facts_of([[3, 9], [30, 30]]), "2": after},
        )


def test_no_invented_table_lets_a_small_number_out() -> None:
    found = trials.run(15, seed=3)
    assert found.tables >= 15
    assert found.narrowed == 0
    assert found.bare > 0
    assert found.releases + found.refused == found.tables


@pytest.mark.parametrize("seed", range(6))
def test_a_second_reader_finds_nothing_either(seed: int) -> None:
    rng = random.Random(seed)
    country = trials.Country.of(2, 2)
    story = trials.Story(rng, trials.KINDS[seed % len(trials.KINDS)], country)
    story.facts["1"] = trials.facts_of(rng, country, story.kind)
    for shape in rng.sample(("region", "region_2023", "cercle", "sex", "party"), 3):
        story.publish(story.table_of("1", "year verified", shape), trials.Tally())
    assert story.earlier
    for low, high in intervals(story.earlier, country.places):
        assert high >= 5
        assert low >= 5 or high - low >= 4
