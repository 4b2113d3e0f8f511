"""How long a school was used or closed, judged by made-up days in every order, exact, by month or unknown."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sutura.response.rules.clocks import Span, before, span_of
from sutura.response.rules.schools import Stretch, during, inside, key, keys, orphans, stretches

DAY0 = date(2026, 1, 1)


def day(number: int) -> Span:
    """A day, counted from the first of January."""
    return span_of("day", day=DAY0 + timedelta(days=number), moment=None, zone="Africa/Bamako")


def month(number: int) -> Span:
    """A whole month of 2026."""
    return span_of("month", day=date(2026, number, 9), moment=None, zone="Africa/Bamako")


UNDATED = Span()
SPANS = st.one_of(st.integers(0, 300).map(day), st.integers(1, 10).map(month), st.just(UNDATED))
EXACT = st.integers(0, 300).map(day)


def test_a_use_without_a_vacating_lasts_at_least_until_it_was_last_confirmed():
    assert stretches([day(0), day(42)], []) == [Stretch(day(0), day(42))]
    least, most = stretches([day(0), day(42)], [])[0].length
    assert (least is not None and least.days, most) == (41, None)  # from the end of the first day on
    assert stretches([day(3)], [])[0].length == (timedelta(0), None)


def test_overlapping_uses_are_one_and_a_vacating_ends_what_began_before_it():
    assert stretches([day(0), day(10)], [day(30)]) == [Stretch(day(0), day(10), day(30))]
    assert stretches([day(40), day(0)], [day(30)]) == [
        Stretch(day(0), day(0), day(30)),
        Stretch(day(40), day(40)),
    ]
    assert stretches([day(0), day(30)], [day(30)]) == [Stretch(day(0), day(30), day(30))]
    # Seen in use after it was vacated: a further use, which nobody ended.
    assert [one.open for one in stretches([day(0), day(31)], [day(30)])] == [False, True]


def test_an_end_that_may_be_of_an_earlier_time_ends_nothing():
    used_again = stretches([day(0), day(70)], [month(3)])  # the 70th day is in March
    assert [(one.end, one.unsure) for one in used_again] == [(None, True)]
    alone = stretches([day(70)], [month(3)])
    assert [(one.end, one.unsure) for one in alone] == [(month(3), False)]
    undated = stretches([day(0), day(70)], [day(30), UNDATED])
    assert [(one.end, one.unsure) for one in undated] == [(day(30), False), (None, True)]
    assert stretches([day(0)], [UNDATED])[0].end == UNDATED


def test_reopened_before_closed_is_said_and_ends_nothing():
    assert stretches([day(20)], [day(5)]) == [Stretch(day(20), day(20))]
    assert orphans([day(20)], [day(5), day(25)]) == [day(5)]
    assert orphans([], [day(5)]) == []  # a reopening of a school of which nobody noted the closing
    assert orphans([month(3)], [month(3)]) == []


def test_what_is_surely_in_a_period_and_what_perhaps():
    first, last = datetime(2026, 3, 10, tzinfo=UTC), datetime(2026, 3, 20, tzinfo=UTC)
    assert [inside(span, first, last) for span in (day(70), month(3), month(4), UNDATED)] == [
        True,
        None,
        False,
        None,
    ]
    assert inside(UNDATED, None, None) is True
    open_use, over = Stretch(day(0), day(10)), Stretch(day(0), day(10), day(20))
    assert during(open_use, first, last) is None  # nobody confirmed it, nobody ended it
    assert during(over, first, last) is False
    assert during(Stretch(day(0), day(72)), first, last) is True
    assert during(Stretch(day(100), day(110)), first, last) is False


def test_a_school_is_found_by_the_register_then_by_its_name_in_its_place():
    assert key(7, 1, "a", 9) in keys(7, 1, "a")
    assert key(None, 1, "a", 9) in keys(7, 1, "a")
    assert key(None, 2, "a", 9) not in keys(7, 1, "a")
    assert key(None, 1, "", 9) not in keys(None, 1, "")


@given(st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=5), st.randoms(use_true_random=False))
def test_the_order_in_which_days_were_noted_says_nothing(
    begins: list[Span], ends: list[Span], dice: random.Random
):
    found = stretches(begins, ends)
    dice.shuffle(begins)
    dice.shuffle(ends)
    assert stretches(begins, ends) == found
    assert len(found) <= len(begins)
    assert bool(found) == bool(begins)


@given(st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=5))
def test_nothing_is_over_unless_an_end_is_noted_after_it(begins: list[Span], ends: list[Span]):
    for one in stretches(begins, ends):
        assert one.start in begins
        assert one.seen in begins
        assert one.end is None or (one.end in ends and not before(one.end, one.start))
        assert one.end is None or not one.unsure
        least, most = one.length
        assert least is None or least >= timedelta(0)
        assert one.end is not None or most is None
    if not ends:
        assert all(one.open and not one.unsure for one in stretches(begins, ends))
    for end in orphans(begins, ends):
        assert all(one.end != end for one in stretches(begins, ends))


@given(st.lists(EXACT, min_size=1, max_size=6), st.lists(EXACT, max_size=5))
def test_days_known_exactly_leave_times_apart_and_in_order(begins: list[Span], ends: list[Span]):
    found = stretches(begins, ends)
    for earlier, later in itertools.pairwise(found):
        assert earlier.end is not None
        assert before(earlier.end, later.start)
    # Each day on which it was so lies in one of the times.
    for begun in begins:
        assert any(
            not before(begun, one.start) and (one.end is None or not before(one.end, begun)) for one in found
        )


@given(SPANS, st.integers(0, 300), st.integers(0, 60))
def test_a_period_holds_surely_what_a_longer_one_holds(span: Span, start: int, long: int):
    first, last = day(start).first, day(start + long).last
    wider = inside(span, day(start - 10).first, day(start + long + 10).last)
    if inside(span, first, last) is True:
        assert wider is True
    if wider is False:
        assert inside(span, first, last) is False
