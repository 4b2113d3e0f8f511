"""Diff, quarters, lateness, bands: the pure rules of the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from sutura.ledger.rules import (
    age_band,
    cell_of,
    difference,
    is_late_for_quarter,
    is_late_for_year,
    margins_of,
    quarter_of,
    rollup_changes,
)
from tests.ledger.lines import line, ref


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "0-5"), (5, "0-5"), (6, "6-10"), (10, "6-10"), (14, "11-14"), (15, "15-17"), (17, "15-17")],
)
def test_an_age_has_a_band(age: int, band: str) -> None:
    assert age_band(age) == band


def test_no_age_and_an_adult_age_are_unknown() -> None:
    assert (age_band(None), age_band(18)) == ("unknown", "unknown")


def test_quarters_are_numbered() -> None:
    days = [date(2025, 1, 1), date(2025, 3, 31), date(2025, 4, 1), date(2025, 12, 31), None]
    assert [quarter_of(day) for day in days] == [20251, 20251, 20252, 20254, 0]


@pytest.mark.parametrize(
    ("given", "quarter", "year"),
    [
        ({}, False, False),
        ({"decided_on": date(2025, 3, 31)}, False, False),
        ({"decided_on": date(2025, 4, 1)}, True, False),
        ({"occurred_on": date(2024, 12, 15)}, True, True),
        ({"occurred_on": date(2024, 11, 1), "occurred_to": date(2025, 1, 2)}, False, True),
        ({"occurred_on": date(2024, 11, 1), "open_ended": True}, False, True),
        ({"decided_on": date(2025, 4, 1), "status": "pending"}, False, False),
        ({"decided_on": None}, False, False),
    ],
)
def test_lateness_has_two_clocks(given: dict[str, object], quarter: bool, year: bool) -> None:
    facts = line(**given)
    assert (is_late_for_quarter(facts), is_late_for_year(facts)) == (quarter, year)


def test_equal_lines_stay_as_a_multiset() -> None:
    one, two = ref("a"), ref("b")
    boy, girl = line(), line(sex="girl")
    found = difference(
        [(1, one, boy), (2, one, boy), (3, one, girl), (4, two, boy)],
        {one: [boy, girl, girl], two: []},
    )
    assert found.superseded == [(2, one, boy), (4, two, boy)]
    assert found.added == [(one, girl)]


def test_no_change_is_falsy() -> None:
    one = ref("a")
    assert not difference([(1, one, line())], {one: [line()]})


def test_a_move_between_cells_is_one_loss_and_one_gain() -> None:
    before, after = line(count=3), line(count=3, party_label="JNIM")
    cells, margins = rollup_changes([before], [after])
    assert cells == {cell_of(before): -3, cell_of(after): 3}
    moved = {key for key in margins_of(before) + margins_of(after) if key[0] == "party"}
    assert set(margins) == moved
