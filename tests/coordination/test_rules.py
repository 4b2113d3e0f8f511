"""Pure rules of seats, states and texts, on generated cases."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.coordination.choices.meetings import State
from sutura.coordination.rules.bodies import overlap
from sutura.coordination.rules.meetings import STEPS, TO_COME, WRITING, Clash, merged, possible

DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))
SPANS = st.tuples(DAYS, st.none() | DAYS).filter(lambda span: span[1] is None or span[1] >= span[0])
FIELDS = ("discussion", "decisions")
TEXTS = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "c"]) for name in FIELDS})
END = date(2026, 2, 1)


@given(SPANS, SPANS)
def test_two_spans_overlap_when_they_share_a_day(one: tuple, other: tuple) -> None:
    days = [range(start.toordinal(), (end or END).toordinal() + 1) for start, end in (one, other)]
    assert overlap(*one, *other) is bool(set(days[0]) & set(days[1]))
    assert overlap(*one, *other) is overlap(*other, *one)


@given(TEXTS, TEXTS, TEXTS)
def test_of_two_texts_nothing_is_lost(base: dict, theirs: dict, mine: dict) -> None:
    """A change of either stands in what is agreed, or in a clash which shows both."""
    agreed, clashes = merged(base, theirs, mine)
    clashing = {clash.field: clash for clash in clashes}
    assert set(agreed) | set(clashing) == set(FIELDS)
    assert set(agreed) & set(clashing) == set()
    for name in FIELDS:
        if name in clashing:
            assert clashing[name] == Clash(name, theirs[name], mine[name])
            assert len({base[name], theirs[name], mine[name]}) == 3
        else:
            changed = {theirs[name], mine[name]} - {base[name]}
            assert agreed[name] in (changed or {base[name]})


@pytest.mark.parametrize("state", State.values)
def test_the_road_of_a_meeting(state: str) -> None:
    open_acts = {act for act in STEPS if possible(act, state)}
    wanted = {
        "planned": {"call", "convene", "publish", "postpone", "cancel", "hold"},
        "called": {"convene", "publish", "postpone", "cancel", "hold"},
        "published": {"convene", "postpone", "cancel", "hold"},
        "postponed": {"call", "convene", "publish", "postpone", "cancel", "hold"},
        "cancelled": set(),
        "held": {"review", "validate"},
        "review": {"validate"},
        "validated": {"send"},
        "sent": set(),
    }
    assert open_acts == wanted[state]
    assert (state in TO_COME) is ("hold" in open_acts)
    assert (state in WRITING) is ("validate" in open_acts)
