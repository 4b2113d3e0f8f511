"""The indicators by pure rules: shares with a least and a most, medians of bounds, and never a guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sutura.response.choices import Kind
from sutura.response.rules import indicators as rules
from sutura.response.rules.clocks import Fact, Span
from sutura.response.rules.indicators import Answer, Case, Share
from tests.response.test_rules import HELD, LIMITS, MET, NOW, at, line

HANDED = line(Kind.HANDOVER, at(2, 8), "well", 3)
HOME = line(Kind.REUNIFICATION, at(20), "parents", 4)
answers = st.sampled_from([Answer.YES, Answer.NO, Answer.UNSURE, Answer.OUT])


def case(*facts: Fact) -> Case:
    """An encounter with these lines."""
    return Case(facts, LIMITS)


@given(st.lists(answers), st.randoms())
def test_a_share_bounds_whatever_the_unsure_turn_out_to_be(given_answers, random):
    told = rules.share(lambda each, _now: each, given_answers, NOW)  # type: ignore[arg-type]
    truth = [random.choice([Answer.YES, Answer.NO]) if one == Answer.UNSURE else one for one in given_answers]
    yes, asked = truth.count(Answer.YES), len([one for one in truth if one != Answer.OUT])
    assert told.asked == asked
    if asked:
        assert told.low is not None
        assert told.high is not None
        assert told.low <= 100 * yes / asked <= told.high
    else:
        assert (told.low, told.high) == (None, None)


def test_the_shares_of_a_child_step_by_step():
    def said(name: str, *facts: Fact, now: datetime = NOW) -> str:
        return rules.SHARES[name](case(*facts), now)

    assert said("in_time", MET, HANDED) == "yes"
    assert said("in_time", MET) == "no"  # three months later, still waiting
    assert said("in_time", MET, now=datetime(2026, 3, 2, tzinfo=UTC)) == "out"
    assert said("in_time", MET, line(Kind.HANDOVER, at(3))) == "unsure"
    assert said("lawyer", MET) == "out"
    assert said("lawyer", MET, HELD) == "unsure"
    assert said("lawyer", MET, HELD, line(Kind.LAWYER, at(4), "no")) == "no"
    assert said("lawyer", MET, HELD, line(Kind.LAWYER, at(4), "no"), line(Kind.LAWYER, at(9), "yes")) == "yes"
    assert said("reunified", MET) == "out"
    assert said("reunified", MET, HANDED) == "no"
    assert said("reunified", MET, HANDED, HOME) == "yes"
    later = NOW + timedelta(days=300)
    assert said("six_months", MET, HOME) == "out"
    assert said("six_months", MET, HOME, now=later) == "no"
    assert said("six_months", MET, line(Kind.REUNIFICATION, Span()), now=later) == "unsure"
    assert said("six_months", MET, HOME, line(Kind.FOLLOW_UP, at(1), "stable", month=6), now=later) == "yes"
    assert said("again", MET, HOME) == "unsure"
    assert said("again", MET, HOME, line(Kind.FOLLOW_UP, at(1), "lost", month=1)) == "unsure"
    assert said("again", MET, HOME, line(Kind.FOLLOW_UP, at(1), "stable", month=1)) == "no"
    assert said("again", MET, HOME, line(Kind.OUTCOME, at(1), "re_recruited")) == "yes"


def test_in_detention_at_a_date_counts_the_unconfirmed_apart():
    released = line(Kind.RELEASE, at(1, month=5), "court", 5)

    def said(day: datetime, *facts: Fact) -> str:
        return rules.in_detention(case(MET, HELD, *facts), day)

    assert said(datetime(2026, 3, 1, 12, tzinfo=UTC)) == "out"
    assert said(datetime(2026, 3, 20, tzinfo=UTC), released) == "yes"
    assert said(datetime(2026, 4, 20, tzinfo=UTC), released) == "unsure"
    assert said(NOW, released) == "no"


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 100)), max_size=20))
def test_a_median_lies_between_its_bounds_and_leaves_out_what_is_not_known(lengths):
    told = [(timedelta(hours=low), timedelta(hours=low + more)) for low, more in lengths]
    found = rules.middle([*told, (None, None), (None, timedelta(hours=1)), (None, timedelta(hours=-1))])
    assert (found.known, found.left_out) == (len(told), 3)
    if told:
        assert found.least is not None
        assert found.most is not None
        assert (
            min(low for low, _most in told) <= found.least <= found.most <= max(most for _low, most in told)
        )


def test_how_long_a_detention_lasted_is_at_least_until_it_was_confirmed():
    assert rules.held_for(case(MET, HELD), NOW)[0] == timedelta(0)
    seen = line(Kind.VISIT, at(20), "seen", 3)
    least, most = rules.held_for(case(MET, HELD, seen), NOW)
    assert least is not None
    assert least.days == 17
    assert most == NOW - at(2).first  # type: ignore[operator]
    assert rules.held_for(case(MET), NOW) == (None, None)


def test_whoever_is_found_further_on_has_passed_the_steps_before():
    child = case(MET, HOME)
    assert [rules.passed(child, kind) for kind in rules.FLOW] == [True, True, True, True, False]


def test_nobody_asked_has_no_percentage():
    assert (Share(0, 0, 0).low, Share(1, 0, 1).low, Share(1, 0, 1).high) == (None, 50, 100)
