"""Freshness, codes and cadres, what an empty cell means: pure rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.mhpss import shape
from sutura.mhpss.rules import coding, coverage, freshness
from sutura.mhpss.rules.coverage import Cell, Round, Seen

TODAY = date(2026, 11, 22)
ACTIVITY = {
    "4.1": [], "3.8": ["text", "other"], "9.1": ["non_specialised"], "10.1": ["specialist"], "8.5": ["discouraged"],
}  # fmt: skip
SEEN = st.tuples(st.sampled_from("AB"), st.sets(st.sampled_from(["L1", "L2"])), st.integers(1, 3))
CADRE = {"nurse": ["non_specialised"], "social": [], "psychologist": ["specialist"]}


@pytest.mark.parametrize(
    ("age", "level"), [(0, "fresh"), (89, "fresh"), (90, "amber"), (180, "amber"), (181, "red")]
)
def test_a_verification_ages(age: int, level: str):
    assert freshness.level(TODAY - timedelta(days=age), today=TODAY, fresh=90, stale=180) == level
    assert freshness.level(None, today=TODAY, fresh=90, stale=180) == "red"


@given(st.integers(0, 400), st.sampled_from(freshness.LEVELS))
def test_the_filter_and_the_pill_agree(age: int, level: str):
    day = TODAY - timedelta(days=age)
    first, last = freshness.bounds(level, today=TODAY, fresh=90, stale=180)
    within = (first is None or day >= first) and (last is None or day <= last)
    assert within == (freshness.level(day, today=TODAY, fresh=90, stale=180) == level)


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (90, True), (91, False)])
def test_funding_that_ends_soon(days: int, soon: bool):
    assert freshness.ends_soon(TODAY + timedelta(days=days), today=TODAY) is soon


@pytest.mark.parametrize(
    ("codes", "cadres", "said", "refused"),
    [
        (["4.1"], [], "", ""),
        (["9.1"], [], "", "no_cadre"),
        (["9.1"], ["nurse"], "", ""),
        (["9.1"], ["psychologist"], "", "specialist"),
        (["9.1", "10.1"], ["psychologist", "nurse"], "", ""),
        (["10.1"], ["social"], "", "not_specialist"),
        (["3.8"], [], "", "no_words"),
        (["3.8"], [], "Contes", ""),
    ],
)
def test_the_cadre_decides_between_nine_and_ten(codes: list[str], cadres: list[str], said: str, refused: str):
    assert coding.refusal(codes, cadres, said=said, activity=ACTIVITY, cadre=CADRE) == refused


def test_other_and_no_code_join_the_queue_and_debriefing_is_told():
    assert [coding.to_recode(codes, ACTIVITY) for codes in ([], ["3.8"], ["4.1"])] == [True, True, False]
    assert coding.discouraged(["4.1", "8.5"], ACTIVITY) == ["8.5"]
    assert coding.suggested(["a"], [("a", "L3"), ("a", "L1"), ("b", "L4")]) == ["L1", "L3"]


def test_an_empty_cell_says_which_silence_it_is():
    rounds = [Round({"A", "B"}, 0), Round({"B"}, 2)]
    assert [coverage.verdict(None, rounds, row) for row in "ABC"] == ["none", "no_answer", "not_assessed"]
    assert coverage.verdict(Cell(services=1, working=1), rounds, "A") == "served"
    assert coverage.verdict(Cell(services=1), rounds, "A") == "stale"


@given(st.lists(SEEN, max_size=8))
def test_each_service_counts_once_in_the_total(told: list[tuple[str, set[str], int]]):
    seen = [Seen(row, (), tuple(layers), whose) for row, layers, whose in told]
    assert sum(coverage.totals(seen).values()) == len(told)
    cells = coverage.counted(seen)
    assert sum(cell.services for cell in cells.values()) == sum(
        max(1, len(layers)) for _row, layers, _whose in told
    )


def test_a_service_reaches_other_places_without_standing_there():
    cells = coverage.counted([Seen("A", ("B",), ("L2",), 1)])
    assert (cells["A", "L2"].services, cells["B", "L2"].services, cells["B", "L2"].reaching) == (1, 0, 1)


def test_twins_are_of_two_organisations():
    rows = [(1, "P", 7, ["4.1"]), (2, "P", 7, ["4.1"]), (3, "P", 8, ["4.1", "3.2"]), (4, "Q", 8, ["4.1"])]
    assert coverage.twins(rows) == [coverage.Twin("P", "4.1", (1, 2, 3))]


@given(st.dictionaries(st.sampled_from(["nurse", "social"]), st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_numbers_by_cadre_are_read_back(numbers: dict[str, tuple[int, int]]):
    text = shape.staff_text((cadre, *each) for cadre, each in numbers.items())
    assert shape.staff_of(text) == {cadre: each for cadre, each in numbers.items() if any(each)}
