"""The machine of statuses, four eyes, evidence and clocks, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.verification import rules
from sutura.verification.choices import Lack, Refusal
from sutura.verification.rules import (
    CTFMR,
    DECIDED,
    FOCAL_POINT,
    LEVELS,
    PENDING,
    STATUSES,
    TECHNICAL,
    Evidence,
    Given,
)

DAY = date(2026, 5, 10)


def said(level: str, status: str = "verified", by: int = 1, on: date = DAY, **more: bool) -> Given:
    return Given(level, status, on, by, **more)


FIRST, SECOND = said(FOCAL_POINT, by=1), said(TECHNICAL, by=2)
REOPENED = said(CTFMR, PENDING, by=3, reopened=True)


@pytest.mark.parametrize(
    ("current", "opinions", "level", "to", "fault"),
    [
        (PENDING, [], FOCAL_POINT, "verified", ""),
        (PENDING, [], FOCAL_POINT, PENDING, ""),
        (PENDING, [], TECHNICAL, "verified", "order"),
        (PENDING, [], CTFMR, "not_mrm", "order"),
        (PENDING, [FIRST], TECHNICAL, "did_not_occur", ""),
        (PENDING, [said(FOCAL_POINT, PENDING)], TECHNICAL, "verified", "order"),
        (PENDING, [FIRST], CTFMR, "verified", "order"),
        (PENDING, [FIRST, SECOND], CTFMR, "verified", ""),
        (PENDING, [FIRST, SECOND], CTFMR, PENDING, ""),
        (PENDING, [FIRST, SECOND], FOCAL_POINT, "not_mrm", ""),
        (PENDING, [FIRST, SECOND, REOPENED], TECHNICAL, "verified", "order"),
        ("verified", [FIRST, SECOND], FOCAL_POINT, "not_mrm", "decided"),
        ("verified", [FIRST, SECOND], TECHNICAL, "not_mrm", "decided"),
        ("verified", [], CTFMR, PENDING, ""),
        ("verified", [], CTFMR, "verified", ""),
        ("verified", [], CTFMR, "could_not_verify", ""),
        ("could_not_verify", [], CTFMR, "verified", "reopen_first"),
        ("could_not_verify", [FIRST, SECOND], CTFMR, "verified", ""),
        ("not_mrm", [FIRST, SECOND, REOPENED], CTFMR, "verified", "reopen_first"),
        (PENDING, [], FOCAL_POINT, "perhaps", "unknown"),
        (PENDING, [], "minister", "verified", "unknown"),
    ],
)
def test_what_may_follow_what(current: str, opinions: list[Given], level: str, to: str, fault: str) -> None:
    assert rules.transition_fault(current, opinions, level, to) == fault


@pytest.mark.parametrize(
    ("opinions", "level", "by", "documented", "fault"),
    [
        ([], FOCAL_POINT, 1, False, ""),
        ([FIRST], FOCAL_POINT, 1, False, ""),
        ([FIRST], TECHNICAL, 1, False, "other_level"),
        ([FIRST, SECOND], CTFMR, 2, False, "other_level"),
        ([FIRST, SECOND, REOPENED], TECHNICAL, 1, False, "other_level"),
        ([FIRST, SECOND], CTFMR, 3, False, ""),
        ([], FOCAL_POINT, 1, True, ""),
        ([FIRST], TECHNICAL, 2, True, "documented"),
        ([FIRST, SECOND], CTFMR, 3, True, "documented"),
        ([said(CTFMR, by=1, imported=True)], FOCAL_POINT, 1, False, ""),
    ],
)
def test_four_eyes(opinions: list[Given], level: str, by: int, documented: bool, fault: str) -> None:
    assert rules.eyes_fault(opinions, level, by, documented) == fault


def drawn(level: str, status: str, reopened: bool) -> Given:
    """Any opinion; only the task force reopens, and always to pending."""
    reopened = reopened and level == CTFMR
    return said(level, PENDING if reopened else status, reopened=reopened)


opinions_of = st.lists(
    st.builds(drawn, st.sampled_from(LEVELS), st.sampled_from(STATUSES), st.booleans()), max_size=8
)


@given(opinions=opinions_of)
def test_a_pending_violation_waits_for_one_level_at_most_and_only_that_one_is_next(
    opinions: list[Given],
) -> None:
    steps = rules.steps(PENDING, opinions)
    waits = [step.level for step in steps if step.waits]
    assert waits[1:] == []
    assert rules.stage(PENDING, opinions) == (waits[0] if waits else "")
    for step in steps[: len(steps) if not waits else LEVELS.index(waits[0])]:
        assert step.given is not None
        assert step.given.status in DECIDED


@given(opinions=opinions_of, current=st.sampled_from(DECIDED))
def test_decided_waits_for_nobody(opinions: list[Given], current: str) -> None:
    assert rules.stage(current, opinions) == ""


@given(opinions=opinions_of)
def test_nothing_before_a_reopening_is_in_force(opinions: list[Given]) -> None:
    closed = [*opinions, REOPENED]
    assert [rules.in_force(closed, level) for level in LEVELS] == [None, None, None]
    assert rules.stage(PENDING, closed) == FOCAL_POINT


def graded(category: str = "primary_victim", trained: str = "yes") -> rules.Weight:
    return rules.weight(category, "high", "medium", trained)


def test_a_source_weighs_its_lower_grade() -> None:
    assert graded() == rules.Weight(True, True, "medium")
    assert rules.weight("secondary", "low", "high", "") == rules.Weight(False, False, "low")
    assert rules.weight("primary_witness", "high", "", "no").grade == ""


UNGRADED = rules.weight("primary_victim", "", "high", "yes")
WHOLE = Evidence("killing", 1, (graded(),), identified=True, age_known=True)


@pytest.mark.parametrize(
    ("evidence", "minimum", "found"),
    [
        (WHOLE, 1, []),
        (WHOLE, 2, ["few_primary"]),
        (Evidence("killing", 1, (), True, False, True), 1, ["no_source"]),
        (Evidence("killing", 1, (graded("secondary"),), True, False, True), 1, ["few_primary"]),
        (Evidence("killing", 1, (graded("secondary"), UNGRADED), True, False, True), 1, ["no_grades"]),
        (Evidence("killing", 0, (graded(),), True, False, True), 1, ["no_children"]),
        (Evidence("killing", 1, (graded(),), False, False, True), 1, ["no_nexus"]),
        (Evidence("killing", 1, (graded(),), False, True, True), 1, []),
        (Evidence("killing", 1, (graded(),), True, False, False), 1, ["no_age"]),
        (Evidence("attack_school", 0, (graded(),), True, False, False), 1, []),
        (Evidence("killing", 1, (graded(trained="no"),), True, False, True), 1, ["no_trained"]),
        (Evidence("killing", 1, (graded(),), True, False, True, shareable=False), 1, ["no_shareable"]),
    ],
)  # fmt: skip
def test_what_lacks(evidence: Evidence, minimum: int, found: list[str]) -> None:
    assert rules.lacks(evidence, minimum) == found


def test_an_exception_excuses_sources_and_nothing_else() -> None:
    assert rules.blocking(["no_source", "no_children", "no_nexus"], "") == ["no_source", "no_children"]
    assert rules.blocking(["few_primary", "no_children"], "Registre de l'hôpital.") == ["no_children"]
    assert rules.blocking(["no_grades"], "   ") == ["no_grades"]
    assert rules.blocking(["no_nexus", "no_age"], "") == []


@pytest.mark.parametrize(
    ("given_on", "before", "fault"),
    [
        (DAY, None, ""),
        (date(2026, 5, 9), None, "before_incident"),
        (date(2026, 6, 2), None, "future"),
        (date(2026, 6, 1), None, ""),
        (date(2026, 5, 20), date(2026, 5, 21), "before_last"),
        (date(2026, 5, 21), date(2026, 5, 21), ""),
    ],
)
def test_the_day_of_an_opinion(given_on: date, before: date | None, fault: str) -> None:
    assert rules.date_fault(given_on, DAY, date(2026, 6, 1), before) == fault


def test_an_opinion_follows_the_latest_below_it() -> None:
    later = said(FOCAL_POINT, on=date(2026, 5, 20))
    assert rules.follows([FIRST, SECOND, later], CTFMR) == date(2026, 5, 20)
    assert rules.follows([FIRST], FOCAL_POINT) is None


@pytest.mark.parametrize(
    ("today", "closes"),
    [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 11, 22), date(2026, 12, 31)),
    ],
)
def test_the_quarter_closes(today: date, closes: date) -> None:
    assert rules.quarter_closes(today) == closes


def test_late_is_a_later_quarter_than_the_end_of_the_incident() -> None:
    assert rules.is_late(date(2026, 3, 31), date(2026, 4, 1))
    assert not rules.is_late(date(2026, 4, 1), date(2026, 6, 30))


def test_the_age_of_the_queue() -> None:
    assert [rules.over(days, (30, 60, 90)) for days in (0, 30, 31, 61, 90, 91)] == [0, 0, 30, 60, 60, 90]


def test_every_code_has_its_sentence() -> None:
    assert {*rules.BLOCKING} < set(Lack.values)
    assert all(str(each.label).endswith(".") for each in [*Lack, *Refusal])
