"""Clocks, likeness and silence, as rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.alerts import rules
from sutura.alerts.choices import ViolationType
from sutura.alerts.rules import Told, likeness

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_the_types_of_the_rules_are_those_of_the_choices_in_the_same_order() -> None:
    assert tuple(ViolationType.values) == rules.VIOLATION_TYPES


@pytest.mark.parametrize(
    ("hours", "late", "left"), [(0, False, 48), (47, False, 1), (48, False, 0), (49, True, -1)]
)
def test_the_triage_clock_runs_from_receipt_and_is_late_after_48_hours(
    hours: int, late: bool, left: int
) -> None:
    clock = rules.triage_clock(
        state="new", received_at=NOON, triaged_at=None, now=NOON + timedelta(hours=hours), limit=48
    )
    assert (clock.hours, clock.late, clock.left, clock.running) == (hours, late, left, True)


def test_the_triage_clock_stops_at_the_first_triage() -> None:
    clock = rules.triage_clock(
        state="waiting",
        received_at=NOON,
        triaged_at=NOON + timedelta(hours=5),
        now=NOON + timedelta(days=9),
        limit=48,
    )
    assert (clock.hours, clock.late, clock.running) == (5, False, False)


def test_a_started_hour_counts_and_overdue_agrees_with_the_clock() -> None:
    assert rules.whole_hours(NOON, NOON + timedelta(minutes=1)) == 1
    over = NOON + timedelta(hours=48, seconds=1)
    assert rules.is_overdue(state="new", received_at=NOON, now=over, limit=48) is True
    assert rules.is_overdue(state="new", received_at=NOON, now=NOON + timedelta(hours=48), limit=48) is False
    assert rules.is_overdue(state="not_mrm", received_at=NOON, now=over, limit=48) is False


def test_the_report_clock_begins_at_the_end_of_the_day_of_the_event() -> None:
    same_day = rules.report_clock(happened_on=date(2026, 11, 20), received_at=NOON, limit=72)
    third_day = rules.report_clock(happened_on=date(2026, 11, 16), received_at=NOON, limit=72)
    assert same_day == rules.Clock(0, 72, False)
    assert third_day is not None
    assert (third_day.hours, third_day.late) == (84, True)
    assert rules.report_clock(happened_on=None, received_at=NOON, limit=72) is None


BASE = Told(
    date(2026, 11, 10),
    cercle="ML0504",
    commune="ML050410",
    point=(14.5, -4.2),
    types=frozenset({"killing"}),
    boys=2,
)


def at(day: int | None, types: set[str], *, until: int = 0, cercle: str = "ML0504", **rest: Any) -> Told:
    """An alert of a day of November 2026 in a cercle."""
    first = date(2026, 11, day) if day else None
    last = date(2026, 11, until) if until else None
    return Told(first, last, cercle=cercle, types=frozenset(types), **rest)


def codes(a: Told, b: Told) -> list[str]:
    return [reason.code for reason in likeness(a, b)]


def test_same_day_place_type_and_count_are_four_reasons() -> None:
    assert codes(BASE, BASE) == ["same_day", "same_commune", "same_type", "same_children"]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (at(13, {"killing"}), ["days", "same_cercle", "same_type"]),
        (at(14, {"killing"}), []),
        (at(10, {"maiming"}, girls=3), ["same_day", "same_cercle", "kindred_type", "like_children"]),
        (at(10, {"denial_humanitarian_access"}), []),
        (at(10, set()), ["same_day", "same_cercle", "type_unknown"]),
        (at(10, {"killing"}, cercle="ML0503", point=(14.7, -4.2)), ["same_day", "near", "same_type"]),
        (at(10, {"killing"}, cercle="ML0503", point=(15.0, -4.2)), []),
        (at(None, {"killing"}), []),
        (at(1, {"killing"}, until=12), ["same_day", "same_cercle", "same_type"]),
    ],
)
def test_likeness_needs_day_place_and_type(other: Told, expected: list[str]) -> None:
    assert codes(BASE, other) == expected


tellings = st.builds(
    Told,
    happened_on=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 1, 12))),
    cercle=st.sampled_from(["", "ML0504", "ML0503"]),
    point=st.one_of(st.none(), st.tuples(st.floats(12, 15), st.floats(-5, -3))),
    types=st.frozensets(st.sampled_from(rules.VIOLATION_TYPES), max_size=3),
    boys=st.integers(0, 9),
    girls=st.integers(0, 9),
)


@given(tellings, tellings)
def test_likeness_does_not_depend_on_which_alert_came_first(a: Told, b: Told) -> None:
    assert sorted(codes(a, b)) == sorted(codes(b, a))


@given(tellings, tellings)
def test_alerts_more_than_three_days_apart_are_never_alike(a: Told, b: Told) -> None:
    apart = rules.days_apart(a, b)
    if apart is None or apart > 3:
        assert likeness(a, b) == []


@pytest.mark.parametrize(
    ("alerts", "visited", "observed", "expected"),
    [
        (1, False, False, "reported"),
        (0, True, True, "nothing_happened"),
        (0, False, True, "nothing_reported"),
        (0, False, False, "not_assessed"),
    ],
)
def test_silence_has_three_kinds(alerts: int, visited: bool, observed: bool, expected: str) -> None:
    assert rules.silence(alerts=alerts, visited=visited, observed=observed) == expected


def test_pending_is_counted_over_each_step() -> None:
    assert rules.pending_over([10, 30, 31, 61, 91], (30, 60, 90)) == (3, 2, 1)
