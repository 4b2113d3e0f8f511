"""How values combine or are refused, when a report is late, what may leave: pure rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.indicators.rules import (
    Answer,
    NotAdditive,
    combine,
    dhis2_period,
    fault_of_parts,
    is_late,
    periods_until,
    sendable,
    shown,
    tally,
)

D = Decimal
THREE = [Answer(D(10), D(20)), Answer(D(40), D(50)), Answer(D(5), D(30))]
PART = st.integers(0, 1000).map(Decimal)


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("sum", Answer(D(55), D(100))),
        ("ratio", Answer(D(55), D(100))),
        ("max", Answer(D(40), D(50))),
        ("last", Answer(D(5), D(30))),
        ("mean", Answer(D(23.5), D(100))),
    ],
)
def test_several_values_become_one_by_the_method(method: str, told: Answer):
    assert combine(method, THREE) == told
    assert (combine(method, []), combine(method, THREE[:1])) == (None, THREE[0])


@pytest.mark.parametrize("method", ["none", "recount"])
def test_what_is_not_additive_is_refused_whatever_the_values(method: str):
    with pytest.raises(NotAdditive) as refusal:
        combine(method, THREE[:2])
    assert (str(refusal.value), combine(method, THREE[:1])) == (method, THREE[0])


def test_a_percentage_is_a_share_of_its_whole_and_nothing_without_one():
    assert shown("percent", combine("ratio", THREE)) == D(55)
    assert shown("percent", Answer(D(1), D(3))) == D("33.3")
    assert [shown(unit, answer) for unit, answer in (("percent", Answer(D(0), D(0))), ("number", None))] == [
        None
    ] * 2
    assert shown("number", Answer(D(120))) == D(120)


@given(parts=st.dictionaries(st.sampled_from(["women", "men", "girls", "boys"]), PART, min_size=1))
def test_parts_make_their_total_or_are_all_blank(parts: dict[str, Decimal]):
    total = sum(parts.values(), D(0))
    assert fault_of_parts(total, dict.fromkeys(parts)) == fault_of_parts(total, parts) == ""
    assert fault_of_parts(total + 1, parts) == fault_of_parts(None, parts) == "sum"
    assert fault_of_parts(total, {**parts, "other": None}) == "blank"
    small = any(0 < part < 10 for part in parts.values())
    assert sendable(total, parts) is not small


def test_completeness_and_timeliness_count_what_came_of_what_was_expected():
    due = date(2026, 11, 10)
    told = tally([
        ("accepted", date(2026, 11, 9), due), ("sent", date(2026, 11, 12), due), ("returned", date(2026, 11, 1), due),
        ("due", None, due),
    ])  # fmt: skip
    assert (told.received, told.completeness, told.timeliness) == (2, 0.5, 0.25)
    assert tally([]).completeness is tally([]).timeliness is None
    late = [
        is_late(state=state, due_on=due, today=date(2026, 11, 11))
        for state in ("due", "returned", "sent", "accepted")
    ]
    assert late == [True, True, False, False]
    assert not is_late(state="due", due_on=due, today=due)


def test_periods_are_those_of_the_calendar_and_dhis2_names_no_other():
    assert periods_until("quarter", date(2026, 2, 14), 2) == [
        (date(2025, 10, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 3, 31)),
    ]  # fmt: skip
    spans = {
        "202602": (date(2026, 2, 1), date(2026, 2, 28)),
        "2026Q4": (date(2026, 10, 1), date(2026, 12, 31)),
        "2026": (date(2026, 1, 1), date(2026, 12, 31)),
        "": (date(2026, 1, 2), date(2026, 1, 31)),
    }
    assert {dhis2_period(*span) for span in spans.values()} == set(spans)
    assert all(dhis2_period(*span) == name for name, span in spans.items())
