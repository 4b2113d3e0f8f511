"""The clocks by pure rules: bounds and never inventions, whatever the order in which lines were typed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sutura.response.choices import Custody, Due, Kind, Precision, Stage, Verdict, Zone
from sutura.response.rules import clocks as rules
from sutura.response.rules.clocks import Fact, Limits, Span, span_of

LIMITS = Limits(timedelta(hours=48), timedelta(hours=72), (1, 3, 6, 12, 18), timedelta(days=30))
BAMAKO, NIAMEY = Zone.BAMAKO.value, Zone.NIAMEY.value
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

instants = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
zones = st.sampled_from([BAMAKO, NIAMEY])
known = st.sampled_from([Precision.TIME, Precision.DAY, Precision.MONTH])


def at(day: int, hour: int | None = None, month: int = 3, zone: str = BAMAKO) -> Span:
    """A day of March 2026, or a moment of it."""
    when = date(2026, month, day)
    if hour is None:
        return span_of(Precision.DAY, day=when, moment=None, zone=zone)
    moment = datetime.combine(when, time(hour), ZoneInfo(zone))
    return span_of(Precision.TIME, day=when, moment=moment, zone=zone)


def told(truth: datetime, precision: str, zone: str) -> Span:
    """What is known of a true instant by somebody who wrote it down so exactly, on that clock."""
    there = truth.astimezone(ZoneInfo(zone))
    moment = truth if precision == Precision.TIME else None
    return span_of(precision, day=there.date(), moment=moment, zone=zone)


def line(kind: str, span: Span, answer: str = "", number: int = 0, **more: object) -> Fact:
    """A line noted a while after it happened."""
    return Fact(kind, span, answer, number=number, noted_at=NOW - timedelta(days=1), **more)  # type: ignore[arg-type]


MET = line(Kind.ENCOUNTER, at(1, 8), "arrested", 1)
HELD = line(Kind.DETENTION, at(2), "prison", 2)


@given(instants, st.timedeltas(timedelta(0), timedelta(days=400)), known, known, zones, zones)
def test_bounds_hold_the_truth_however_it_was_written(truth, length, one, other, here, there):
    start, end = told(truth, one, here), told(truth + length, other, there)
    least, most = rules.between(start, end)
    assert least is not None
    assert most is not None
    assert least <= length <= most
    clock = rules.judged(start, end, LIMITS.handover, NOW)
    if clock.verdict == Verdict.WITHIN:
        assert length <= LIMITS.handover
    if clock.verdict == Verdict.OUTSIDE:
        assert length > LIMITS.handover
    assert clock.verdict != Verdict.CONTRADICTORY


@given(instants, known, zones)
def test_a_missing_date_gives_no_length_and_no_verdict(truth, precision, zone):
    dated = told(truth, precision, zone)
    for start, end in ((dated, Span()), (Span(), dated), (Span(), Span())):
        clock = rules.judged(start, end, LIMITS.handover, NOW)
        assert (clock.least, clock.most, clock.verdict) == (None, None, Verdict.UNKNOWN)


@given(instants, zones, zones)
def test_one_instant_is_one_whatever_the_clock_it_was_read_on(truth, here, there):
    assert told(truth, Precision.TIME, here) == told(truth, Precision.TIME, there)
    length = rules.between(told(truth, Precision.TIME, here), told(truth, Precision.TIME, there))
    assert length == (timedelta(0), timedelta(0))


def test_a_day_in_niamey_begins_an_hour_before_that_of_bamako():
    assert at(1, zone=NIAMEY).first == at(1, zone=BAMAKO).first - timedelta(hours=1)  # type: ignore[operator]


def test_the_clock_of_the_handover():
    def verdict(*facts: Fact, now: datetime = NOW) -> str:
        return rules.handover_clock([MET, *facts], LIMITS, now).verdict

    assert verdict(line(Kind.HANDOVER, at(3, 8))) == Verdict.WITHIN  # 48 h exactly
    assert verdict(line(Kind.HANDOVER, at(3, 9))) == Verdict.OUTSIDE
    assert verdict(line(Kind.HANDOVER, at(3))) == Verdict.UNCERTAIN  # on that day, before or after 8
    assert verdict(line(Kind.HANDOVER, at(1, 7))) == Verdict.CONTRADICTORY
    assert verdict(line(Kind.HANDOVER, Span())) == Verdict.UNKNOWN
    assert verdict(now=datetime(2026, 3, 2, tzinfo=UTC)) == Verdict.RUNNING
    assert verdict(now=datetime(2026, 3, 9, tzinfo=UTC)) == Verdict.OVERDUE
    assert verdict(line(Kind.REUNIFICATION, at(2))) == Verdict.ENDED
    assert rules.handover_clock([], LIMITS, NOW).verdict == Verdict.UNSTARTED


def test_lines_typed_in_any_order_say_the_same():
    facts = [
        MET, HELD, line(Kind.NOTIFICATION, at(2, 9)), line(Kind.HANDOVER, at(4)), line(Kind.CARE, at(5)),
        line(Kind.REUNIFICATION, at(20)),
    ]  # fmt: skip
    told = {
        (
            rules.handover_clock(typed, LIMITS, NOW), rules.notified_after(typed), rules.stage_of(typed),
            rules.custody(typed, LIMITS, NOW), tuple(rules.owed(typed, LIMITS)), tuple(rules.follow_ups(typed, LIMITS)),
        )
        for typed in permutations(facts)
    }  # fmt: skip
    assert len(told) == 1
    assert rules.stage_of(facts) == Stage.REUNIFIED


def test_no_release_noted_is_never_remains_detained_by_itself():
    facts = [MET, HELD]
    assert rules.custody(facts, LIMITS, datetime(2026, 3, 20, tzinfo=UTC)) == (Custody.HELD, at(2))
    assert rules.custody(facts, LIMITS, NOW) == (Custody.NO_RELEASE, at(2))
    seen = line(Kind.VISIT, at(20, month=5), "seen", 3)
    assert rules.custody([*facts, seen], LIMITS, NOW) == (Custody.HELD, at(20, month=5))
    absent = line(Kind.VISIT, at(20, month=5), "absent", 3)
    assert rules.custody([*facts, absent], LIMITS, NOW)[0] == Custody.NO_RELEASE
    undated = [MET, line(Kind.DETENTION, Span(), "prison", 2)]
    assert rules.custody(undated, LIMITS, NOW) == (Custody.NO_RELEASE, Span())
    assert rules.custody([MET], LIMITS, NOW) == (Custody.NONE, Span())


@given(st.lists(st.sampled_from(["detention", "release", "visit"]), max_size=6), st.data())
def test_held_needs_a_confirmation_within_the_days_asked(kinds, data):
    facts = [
        line(kind, at(data.draw(st.integers(1, 28))), {"visit": "seen"}.get(kind, ""), number)
        for number, kind in enumerate(kinds)
    ]
    state, span = rules.custody(facts, LIMITS, NOW)
    if state == Custody.HELD:
        assert NOW - span.first <= LIMITS.confirm  # type: ignore[operator]
    if "release" in kinds and "detention" not in kinds:
        assert state == Custody.NONE


def test_a_child_detained_again_after_a_release_is_held_again():
    released = line(Kind.RELEASE, at(10), "court", 3)
    again = line(Kind.DETENTION, at(15), "military", 4)
    assert rules.custody([MET, HELD, released], LIMITS, NOW)[0] == Custody.RELEASED
    assert rules.custody([MET, HELD, released, again], LIMITS, NOW) == (Custody.NO_RELEASE, at(15))
    same_day = line(Kind.DETENTION, at(10), "military", 4)
    assert rules.custody([MET, HELD, released, same_day], LIMITS, NOW)[0] == Custody.RELEASED


def test_what_is_waited_for():
    def due(*facts: Fact) -> list[str]:
        return [one.what for one in rules.owed(facts, LIMITS)]

    assert rules.owed([MET], LIMITS) == [rules.Owed(Due.HANDOVER, datetime(2026, 3, 3, 8, tzinfo=UTC))]
    assert due(line(Kind.ENCOUNTER, Span(), "arrested")) == [Due.ENCOUNTER_DATE]
    assert set(due(MET, HELD)) == {Due.HANDOVER, Due.WHEREABOUTS, Due.NO_ACTION}
    acted = line(Kind.NEXT_ACTION, at(25), "judge", 3)
    assert set(due(MET, HELD, acted)) == {Due.HANDOVER, Due.WHEREABOUTS, Due.NEXT_ACTION}
    nothing = line(Kind.NEXT_ACTION, at(26), "nothing", 4)
    assert Due.NO_ACTION in due(MET, HELD, acted, nothing)
    late = line(Kind.HANDOVER, at(9), "well", 3)
    assert due(MET, late) == [Due.LATE_REASON]
    assert due(MET, line(Kind.HANDOVER, at(9), "well", 3, late_reason="age")) == []
    assert due(MET, line(Kind.HANDOVER, at(1, 7), "well", 3)) == [Due.DATES]
    assert due(MET, line(Kind.HANDOVER, at(2), "well", 3), line(Kind.CARE, at(2), "centre", 4)) == [Due.PLAN]
    assert due(MET, HELD, line(Kind.OUTCOME, at(20), "lost", 9)) == []


def test_follow_up_falls_due_month_by_month_from_the_latest_day_the_return_can_have_been():
    home = line(Kind.REUNIFICATION, span_of(Precision.DAY, day=date(2026, 1, 30), moment=None, zone=BAMAKO))
    visited = line(Kind.FOLLOW_UP, at(1), "stable", 5, month=1)
    found = rules.follow_ups([home, visited], LIMITS)
    assert [(month, by and by.date(), made) for month, by, made in found] == [
        (1, date(2026, 2, 28), True), (3, date(2026, 4, 30), False), (6, date(2026, 7, 30), False),
        (12, date(2027, 1, 30), False), (18, date(2027, 7, 30), False),
    ]  # fmt: skip
    assert [one.month for one in rules.owed([home, visited], LIMITS)] == [3, 6, 12, 18]
    undated = line(Kind.REUNIFICATION, Span())
    assert [by for _month, by, _made in rules.follow_ups([undated], LIMITS)] == [None] * 5


@given(st.integers(0, 10_000))
def test_a_count_for_whoever_reads_no_docket_hides_four_and_fewer(count):
    told = rules.blurred(count)
    assert told <= count < told + 5
    assert told % 5 == 0
