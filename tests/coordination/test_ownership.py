"""Who holds a body: pure rules of shares, gaps and spans."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutura.coordination.rules.ownership import Gap, Share, Span, gaps, leads_on, share, year_to

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
DAYS = st.dates(YEAR.first, YEAR.last)


def test_a_share_leaves_out_what_nobody_noted_and_tells_it():
    told = share([(1, True), (2, False), (3, None), (4, True)])
    assert told == Share(part=(1, 4), whole=(1, 2, 4), unknown=(3,))
    assert (told.rate, share([(3, None)]).rate, share([]).rate) == (2 / 3, None, None)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([True, False, None]), max_size=8))
def test_a_share_loses_no_row(answers: list[bool | None]):
    told = share(enumerate(answers))
    assert len(told.whole) + len(told.unknown) == len(answers)
    assert set(told.part) <= set(told.whole)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 11, 22), date(2025, 11, 23)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 2, 29)),
    ],
)
def test_a_year_ends_on_its_day(day: date, first: date):
    assert year_to(day) == Span(first, day)


def test_a_gap_is_one_and_a_half_times_the_rhythm():
    monthly = [date(2026, 1, 10), date(2026, 2, 20), date(2026, 5, 1), date(2026, 5, 30)]
    span = Span(date(2026, 1, 1), date(2026, 6, 30))
    assert gaps(monthly, span, "monthly") == [Gap(date(2026, 2, 20), date(2026, 5, 1))]
    assert gaps(monthly, span, "monthly")[0].days == 70
    assert [gaps(monthly, span, rule) for rule in ("quarterly", "on_call")] == [[], []]
    assert gaps([], span, "monthly") == [Gap(span.first, span.last)]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DAYS, max_size=8), st.sampled_from(["weekly", "fortnightly", "monthly", "quarterly"]))
def test_no_meeting_lies_inside_a_gap(held: list[date], rule: str):
    for gap in gaps(held, YEAR, rule):
        assert [day for day in held if gap.first < day < gap.last] == []


def test_the_lead_of_a_day():
    first = date(2026, 3, 1)
    seats = [(YEAR.first, first - timedelta(days=1), False), (first, None, True)]
    assert [leads_on(seats, day) for day in (date(2025, 12, 31), YEAR.first, first)] == [None, False, True]
