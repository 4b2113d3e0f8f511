"""Recommendations: which act follows which state, what late, missed and verified mean, and when a link dies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.coordination.rules import recommendations as rules

TODAY = date(2026, 7, 15)
STATES = sorted({*rules.OPEN, *rules.CLOSED})
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("proposed", ["adopt", "lapse", "replace"]),
        ("adopted", ["report", "declare", "block", "defer", "lapse", "replace"]),
        ("under_way", ["report", "declare", "block", "defer", "lapse", "replace"]),
        ("blocked", ["report", "declare", "defer", "lapse", "replace"]),
        ("deferred", ["report", "declare", "block", "defer", "lapse", "replace"]),
        ("declared", ["verify", "send_back"]),
        ("verified", []),
        ("lapsed", []),
        ("replaced", []),
    ],
)
def test_the_acts_of_each_state(state: str, acts: list[str]):
    assert rules.acts_open(state) == acts


def test_only_what_was_declared_is_verified():
    assert [state for state in STATES if "verify" in rules.acts_open(state)] == ["declared"]
    assert [act for act, (_from, to) in rules.ACTS.items() if to == rules.VERIFIED] == ["verify"]


@pytest.mark.parametrize(
    ("state", "due_on", "late", "by"),
    [
        ("adopted", TODAY - timedelta(days=1), True, 1),
        ("adopted", TODAY, False, 0),
        ("blocked", TODAY - timedelta(days=40), True, 40),
        ("declared", TODAY - timedelta(days=40), False, 0),
        ("proposed", TODAY - timedelta(days=40), False, 0),
        ("verified", TODAY - timedelta(days=40), False, 0),
        ("adopted", None, False, 0),
    ],
)
def test_late_is_told_from_the_day(state: str, due_on: date | None, late: bool, by: int):
    assert rules.is_late(state=state, due_on=due_on, today=TODAY) is late
    assert rules.days_late(state=state, due_on=due_on, today=TODAY) == by


@pytest.mark.parametrize(
    ("held", "escalated"),
    [
        ([], False),
        ([date(2026, 6, 10)], False),
        ([date(2026, 5, 10), date(2026, 6, 10)], False),  # the first was held before its day
        ([date(2026, 6, 10), date(2026, 7, 10)], True),
        ([date(2026, 6, 10), date(2026, 8, 10)], False),  # the second is still to come
        ([date(2026, 6, 10), date(2026, 6, 10)], False),  # two entries of one day are one meeting
    ],
)
def test_two_missed_meetings_escalate(held: list[date], escalated: bool):
    found = rules.is_escalated(state="adopted", due_on=date(2026, 6, 1), today=TODAY, held=held)
    assert found is escalated
    assert not rules.is_escalated(state="declared", due_on=date(2026, 6, 1), today=TODAY, held=held)


@given(due=days, held=st.lists(days, max_size=8))
def test_one_day_of_the_body_answers_for_every_recommendation(due: date, held: list[date]):
    """The shortcut for boards equals the count, one by one."""
    past = {day for day in held if day <= TODAY}
    missed = sum(day > due for day in past)
    wanted = due < TODAY and missed >= rules.MISSED_MEETINGS
    assert rules.is_escalated(state="adopted", due_on=due, today=TODAY, held=held) is wanted


def test_a_reference_says_body_month_and_number():
    assert rules.reference("CCT", date(2026, 7, 2), 3) == "CCT-2026-07-03"
    assert rules.reference("CCT", date(2026, 7, 2), 103) == "CCT-2026-07-103"


@pytest.mark.parametrize(
    ("verifier", "organisation", "evidence", "refusal"),
    [
        (3, 8, 1, ""),
        (3, 8, 0, "no_evidence"),
        (1, 8, 1, "own_declaration"),
        (2, 8, 1, "own_declaration"),  # handed out the link by which it came
        (3, 7, 1, "own_organisation"),
        (3, None, 1, "no_organisation"),
    ],
)
def test_who_may_verify(verifier: int, organisation: int | None, evidence: int, refusal: str):
    declared = rules.Declaration(authors={1, 2}, responsible=7)
    found = rules.refusal_of_verifier(
        declared, verifier=verifier, organisation=organisation, evidence=evidence
    )
    assert found == refusal


def test_done_needs_evidence():
    assert [rules.refusal_of_done(evidence=count) for count in (0, 1, 2)] == ["no_evidence", "", ""]


@pytest.mark.parametrize(
    ("age", "band"), [(0, 0), (30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3), (4000, 3)]
)
def test_age_bands(age: int, band: int):
    assert rules.age_band(age) == band


def followed(state: str, *, due: int, verified: int | None = None, adopted: int = -100) -> rules.Followed:
    """One adopted so many days from today, with its other days counted likewise."""
    day = lambda apart: TODAY + timedelta(days=apart)  # noqa: E731 - read as a word
    done = day(verified) if verified is not None else None
    return rules.Followed(state=state, adopted_on=day(adopted), due_on=day(due), verified_on=done)


def test_implementation_is_verified_of_adopted_and_due():
    told = rules.implementation(
        [
            followed("verified", due=-10, verified=-20),
            followed("verified", due=-10, verified=-50),
            followed("verified", due=10, verified=-90),  # before its day: counts in days, not in the rate
            followed("declared", due=0),
            followed("adopted", due=-1, adopted=-20),
            followed("blocked", due=5, adopted=-200),
            followed("lapsed", due=-5),
            followed("replaced", due=-5),
            rules.Followed("proposed", None, TODAY, None),
        ],
        today=TODAY,
    )
    assert (told.due, told.verified, told.declared, told.lapsed) == (4, 2, 1, 1)
    assert (told.closed, told.on_time, told.deferrals) == (3, 3, 0)
    assert told.rate == 0.5
    assert told.median_days == 50
    assert told.ages == (1, 0, 1, 1)


def test_what_was_verified_after_its_day_was_not_on_time():
    late = replace(followed("verified", due=-30, verified=-10), deferrals=2)
    told = rules.implementation([late, followed("verified", due=-30, verified=-30)], today=TODAY)
    assert (told.closed, told.on_time, told.deferrals) == (2, 1, 2)


def test_nothing_due_has_no_rate():
    told = rules.implementation([], today=TODAY)
    assert (told.rate, told.median_days, told.ages) == (None, None, (0, 0, 0, 0))


NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
LINK = rules.LinkFacts(expires_at=NOW + timedelta(days=1), revoked=False, used=False, state="adopted")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({}, ""),
        ({"state": "blocked"}, ""),
        ({"expires_at": NOW}, "expired"),
        ({"revoked": True}, "withdrawn"),
        ({"used": True}, "used"),
        ({"used": True, "revoked": True}, "used"),
        ({"state": "declared"}, "closed"),
        ({"state": "verified"}, "closed"),
        ({"state": "proposed"}, "closed"),
    ],
)
def test_when_a_link_dies(changed: dict, refusal: str):
    assert rules.link_refusal(replace(LINK, **changed), now=NOW) == refusal
