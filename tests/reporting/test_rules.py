"""The counting rules: the eight worked cases of mrm.md 4, the laws of sums, the words of the figures JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.ledger.rules import GRAVE_TYPES, PERSON_TYPES, SEXES, LineFacts
from sutura.reporting.rules import addresses, explaining
from sutura.reporting.rules.counting import block_of, counted
from sutura.reporting.rules.figures import Figures, as_json, figures
from sutura.reporting.rules.periods import NotAPeriod, Period, compared_with, period
from tests.ledger.lines import line, ref

AS_AT = datetime(2025, 7, 1, 8, 30, tzinfo=UTC)
Q1, Q2 = period("ghn", "2025-Q1"), period("ghn", "2025-Q2")
Y2025 = period("annual", "2025")
Lines = list[tuple[UUID, LineFacts]]


def report(when: Period, lines: Iterable[tuple[UUID, LineFacts]], geography: str = "2021") -> Figures:
    return figures(when, AS_AT, *counted(lines, when, geography))


def blocks(facts: LineFacts, *periods: Period) -> list[str | None]:
    return [block_of(facts, when) for when in periods]


# The worked cases of mrm.md section 4: incident date, decision date, then GHN and annual.


def test_case_a_decided_in_the_quarter_of_the_incident() -> None:
    assert blocks(line(), Q1, Q2, Y2025) == ["verified", None, "verified"]


def test_case_b_decided_a_quarter_later_is_late_for_the_note_and_ordinary_for_the_year() -> None:
    facts = line(decided_on=date(2025, 4, 5))
    assert blocks(facts, Q1, Q2, Y2025) == [None, "late", "verified"]


def test_case_c_last_year_decided_this_year_is_late_in_both() -> None:
    facts = line(occurred_on=date(2024, 12, 15), decided_on=date(2025, 1, 10))
    assert blocks(facts, Q1, Y2025) == ["late", "late"]


def test_case_d_open_ended_is_never_late_in_the_note_and_occurred_when_it_began() -> None:
    facts = line(occurred_on=date(2024, 11, 1), open_ended=True, decided_on=date(2025, 1, 10))
    assert blocks(facts, Q1, Y2025, period("annual", "2024")) == ["verified", "late", None]


def test_case_e_pending_is_unverified_by_incident_date() -> None:
    facts = line(status="pending", decided_on=None)
    assert blocks(facts, Q1, Q2, Y2025) == ["unverified", None, "unverified"]


def test_case_f_a_boy_abducted_and_recruited_is_one_child_and_two_violations() -> None:
    lines = [
        (ref("v1"), line(type="abduction", child_key="child:X")),
        (ref("v2"), line(type="recruitment_use", child_key="child:X")),
    ]
    for when in (Q1, Y2025):
        found = as_json(report(when, lines))
        assert found["blocks"]["verified"]["totals"] == {
            "violations": 2,
            "children": 1,
            "boys": 1,
            "girls": 0,
            "unknown": 0,
            "children_multiple": 1,
        }
        assert found["multiple"] == [{"child": "X", "types": ["recruitment_use", "abduction"]}]


def test_case_g_three_killed_in_crossfire_count_three_under_one_label() -> None:
    found = as_json(report(Q1, [(ref("v1"), line(count=3, party_label="crossfire:FAMA+JNIM"))]))
    verified = found["blocks"]["verified"]
    assert verified["by_party"] == [{"party": "crossfire:FAMA+JNIM", "type": "killing", "count": 3}]
    assert verified["totals"]["violations"] == 3


def test_case_h_verified_without_a_date_counts_nowhere() -> None:
    assert blocks(line(decided_on=None), Q1, Q2, Y2025) == [None, None, None]


def test_a_range_is_late_by_its_end_and_occurs_at_its_beginning() -> None:
    facts = line(occurred_on=date(2024, 12, 20), occurred_to=date(2025, 1, 3), decided_on=date(2025, 2, 1))
    assert blocks(facts, Q1, Y2025) == ["verified", "late"]


def test_a_window_is_like_a_year() -> None:
    window = period("window", "2024-04-01..2025-01-31")
    assert blocks(line(decided_on=date(2025, 2, 28)), window) == [None]
    assert blocks(line(occurred_on=date(2024, 4, 1), decided_on=date(2025, 1, 31)), window) == ["verified"]
    assert blocks(line(occurred_on=date(2024, 3, 31), decided_on=date(2025, 1, 31)), window) == ["late"]


@pytest.mark.parametrize("status", ["not_mrm", "did_not_occur"])
def test_what_is_not_a_violation_counts_nowhere(status: str) -> None:
    assert blocks(line(status=status), Q1, Y2025) == [None, None]


def test_concerns_stand_apart_late_or_not() -> None:
    late = {"decided_on": date(2025, 4, 5)}
    lines = [
        (ref("v1"), line(type="military_use", **late)),
        (ref("v2"), line(type="deprivation_liberty", sex="girl", count=2, **late)),
        (ref("v3"), line(type="deprivation_liberty", status="pending", decided_on=None)),
    ]
    found = as_json(report(Q2, lines))["blocks"]
    assert found["apart"] == {
        "military_use": 1,
        "deprivation_liberty": {"boys": 0, "girls": 2, "unknown": 0, "total": 2},
    }
    assert [found[name]["totals"]["violations"] for name in ("verified", "late", "unverified")] == [0, 0, 0]


def test_a_known_sex_wins_over_unknown() -> None:
    lines = [
        (ref("v1"), line(child_key="child:X", sex="unknown")),
        (ref("v2"), line(child_key="child:X", sex="girl", type="maiming")),
        (ref("v3"), line(child_key="child:Y", sex="unknown", known_sex="boy")),
        (ref("v4"), line(sex="unknown")),
    ]
    totals = report(Q1, lines).blocks["verified"].totals
    assert (totals.children.boys, totals.children.girls, totals.children.unknown) == (1, 1, 1)
    assert report(Q1, lines).blocks["verified"].victims["killing"].unknown == 3


def test_a_group_counts_once_and_all_its_members_are_multiple() -> None:
    group = [line(child_key="group:G", sex=sex, count=count) for sex, count in (("boy", 4), ("girl", 2))]
    again = [line(child_key="group:G", sex=one.sex, count=one.count, type="abduction") for one in group]
    lines = [(ref("v1"), one) for one in group] + [(ref("v2"), one) for one in again]
    found = report(Q1, lines)
    totals = found.blocks["verified"].totals
    assert (totals.violations, totals.children.total, totals.children_multiple) == (12, 6, 6)
    assert [(one.label, one.types, one.is_group) for one in found.multiple] == [
        ("G", ("killing", "abduction"), True)
    ]


def test_multiple_joins_verified_and_late_and_its_count_does_not() -> None:
    lines = [
        (ref("v1"), line(child_key="child:X")),
        (ref("v2"), line(child_key="child:X", occurred_on=date(2024, 12, 1))),
        (ref("v3"), line(child_key="child:X", status="pending", decided_on=None)),
    ]
    found = as_json(report(Q1, lines))
    assert found["multiple"] == [{"child": "X", "types": ["killing"]}]
    assert [found["blocks"][name]["totals"]["children_multiple"] for name in ("verified", "late")] == [0, 0]


def test_a_link_to_detention_proves_and_does_not_count() -> None:
    lines = [
        (ref("v1"), line(child_key="child:X")),
        (ref("v2"), line(child_key="child:X", type="deprivation_liberty")),
    ]
    assert as_json(report(Q1, lines))["multiple"] == []


def test_rows_use_the_geography_asked_for() -> None:
    lines = [
        (ref("v1"), line(region="ML05", region_2023="ML-R13")),
        (ref("v2"), line(region="", region_2023="")),
    ]
    rows = [
        as_json(report(Q1, lines, edition))["blocks"]["verified"]["by_region"] for edition in ("2021", "2023")
    ]
    assert rows == [
        [{"region": "ML", "type": "killing", "count": 1}, {"region": "ML05", "type": "killing", "count": 1}],
        [
            {"region": "ML", "type": "killing", "count": 1},
            {"region": "ML-R13", "type": "killing", "count": 1},
        ],
    ]


def test_the_figures_json_has_the_keys_of_the_format_in_order() -> None:
    found = as_json(report(Q1, []))
    assert list(found) == ["product", "period", "as_at", "rules_version", "blocks", "multiple", "checks"]
    assert found["period"] == {"from": "2025-01-01", "to": "2025-03-31"}
    assert found["as_at"] == "2025-07-01T08:30:00.000000Z"
    assert list(found["blocks"]) == ["verified", "late", "unverified", "apart"]
    empty = found["blocks"]["late"]
    assert list(empty) == ["victims", "events", "by_party", "by_region", "totals"]
    assert [row["type"] for row in empty["victims"]] == list(PERSON_TYPES)
    assert empty["victims"][0] == {"type": "killing", "boys": 0, "girls": 0, "unknown": 0, "total": 0}
    assert empty["events"][0] == {"type": "attack_school", "count": 0}
    assert (empty["by_party"], empty["by_region"]) == ([], [])
    assert found["checks"] == [
        {"name": name, "holds": True}
        for name in (
            "closing_total",
            "sexes_sum_to_total",
            "party_rows_sum_to_total",
            "region_rows_sum_to_total",
            "children_not_above_violations",
        )
    ]


def test_rows_are_sorted_by_label_then_by_the_fixed_order() -> None:
    lines = [
        (ref("v1"), line(type="attack_school", party_label="JNIM")),
        (ref("v2"), line(type="abduction", party_label="JNIM")),
        (ref("v3"), line(type="maiming", party_label="FAMA")),
    ]
    rows = report(Q1, lines).blocks["verified"].by_party
    assert [(row.label, row.type) for row in rows] == [
        ("FAMA", "maiming"),
        ("JNIM", "abduction"),
        ("JNIM", "attack_school"),
    ]


# Periods.


@pytest.mark.parametrize(
    ("product", "text", "start", "end", "quarters"),
    [
        ("ghn", "2026-Q1", date(2026, 1, 1), date(2026, 3, 31), (20261, 20261)),
        ("ghn", "2026-q4", date(2026, 10, 1), date(2026, 12, 31), (20264, 20264)),
        ("annual", "2026", date(2026, 1, 1), date(2026, 12, 31), (20261, 20264)),
        ("window", "2026-04-01..2028-03-31", date(2026, 4, 1), date(2028, 3, 31), (20262, 20281)),
        ("window", "2026-04-02..2028-03-31", date(2026, 4, 2), date(2028, 3, 31), None),
        ("window", "2026-02-01..2026-03-31", date(2026, 2, 1), date(2026, 3, 31), None),
    ],
)
def test_periods_are_read(
    product: str, text: str, start: date, end: date, quarters: tuple[int, int] | None
) -> None:
    found = period(product, text)
    assert (found.start, found.end, found.whole_quarters) == (start, end, quarters)
    assert period(product, found.text) == found


@pytest.mark.parametrize(
    ("product", "text"),
    [
        ("ghn", "2026-Q5"),
        ("ghn", "2026"),
        ("annual", "26"),
        ("annual", "0000"),
        ("window", "2026-04-01..2026-03-31"),
        ("window", "2026-02-30..2026-03-31"),
        ("monthly", "2026-01"),
    ],
)
def test_what_is_not_a_period_is_refused(product: str, text: str) -> None:
    with pytest.raises(NotAPeriod):
        period(product, text)


def test_a_quarter_is_compared_with_the_one_before_and_a_year_ago() -> None:
    assert [one.text for one in compared_with(Q1)] == ["2024-Q4", "2024-Q1"]
    assert [one.text for one in compared_with(Y2025)] == ["2024"]
    assert compared_with(period("window", "2026-04-01..2028-03-31")) == []


# Laws.

DAYS = st.dates(date(2024, 10, 1), date(2025, 6, 30))


@st.composite
def any_line(draw: st.DrawFn) -> LineFacts:
    kind = draw(st.sampled_from([*GRAVE_TYPES, "military_use", "deprivation_liberty"]))
    occurred_on = draw(DAYS)
    status = draw(st.sampled_from(["verified", "verified", "pending", "could_not_verify", "not_mrm"]))
    facts: dict[str, Any] = {
        "type": kind,
        "status": status,
        "occurred_on": occurred_on,
        "open_ended": draw(st.booleans()),
        "decided_on": draw(st.dates(occurred_on, date(2025, 9, 30))) if status == "verified" else None,
        "region": draw(st.sampled_from(["ML05", "ML01", ""])),
        "party_label": draw(st.sampled_from(["unidentified", "JNIM", "FAMA+JNIM"])),
    }
    if kind in (*PERSON_TYPES, "deprivation_liberty"):
        key, sex = draw(
            st.sampled_from([("", "boy"), ("", "unknown"), ("child:A", "girl"), ("child:A", "unknown")])
            | st.sampled_from([("victim:B", "boy"), ("group:G", "boy"), ("group:G", "girl")])
        )
        facts |= {"child_key": key, "sex": sex}
        if not key:
            facts["count"] = draw(st.integers(1, 5))
        if key == "group:G":
            facts["count"] = {"boy": 3, "girl": 2}[sex]
    return line(**facts)


STATE = st.dictionaries(
    st.sampled_from([ref(f"v{n}") for n in range(8)]), st.lists(any_line(), max_size=2, unique=True)
)
PERIODS = st.sampled_from([Q1, Q2, Y2025, period("window", "2024-11-15..2025-05-10")])


def spread(state: dict[UUID, list[LineFacts]]) -> Lines:
    return [(violation, facts) for violation, lines in state.items() for facts in lines]


@given(STATE, PERIODS, st.sampled_from(["2021", "2023"]))
def test_sums_close_for_any_ledger(state: dict[UUID, list[LineFacts]], when: Period, geography: str) -> None:
    found = report(when, spread(state), geography)
    assert list(found.checks.values()) == [True] * 5
    for block in found.blocks.values():
        totals = block.totals
        persons = sum(sexes.total for sexes in block.victims.values())
        assert totals.violations == persons + sum(block.events.values())
        assert totals.violations == sum(row.count for row in block.by_party)
        assert totals.violations == sum(row.count for row in block.by_region)
        assert 0 <= totals.children_multiple <= totals.children.total <= persons
        assert min(totals.children.boys, totals.children.girls, totals.children.unknown) >= 0
    json.dumps(as_json(found))


@given(STATE, STATE, PERIODS)
def test_an_explanation_sums_to_the_difference(
    before: dict[UUID, list[LineFacts]], after: dict[UUID, list[LineFacts]], when: Period
) -> None:
    numbers = [addresses.flat(report(when, spread(state))) for state in (before, after)]
    found = explaining.changes(before, after, when, "2021")
    assert explaining.total(found) == explaining.difference(*numbers)


@given(STATE, PERIODS)
def test_every_number_is_the_sum_of_the_lines_at_its_address(
    state: dict[UUID, list[LineFacts]], when: Period
) -> None:
    for path, number in addresses.flat(report(when, spread(state))).items():
        place = addresses.address(path)
        behind = sum(
            facts.count for _ref, facts in spread(state) if place.holds(block_of(facts, when), facts, "2021")
        )
        if place.children_once:
            assert number <= behind
        else:
            assert number == behind


@pytest.mark.parametrize(
    "text",
    ["", "verified", "verified/victims/attack_school", "early/totals/children", "apart/killing", "multiple"],
)
def test_what_is_not_an_address_is_refused(text: str) -> None:
    with pytest.raises(addresses.NoSuchFigure):
        addresses.address(text)


def test_a_change_says_what_entered_left_and_moved() -> None:
    before = {ref("a"): [line()], ref("b"): [line(sex="girl")]}
    after = {ref("b"): [line(sex="girl", party_label="JNIM")], ref("c"): [line(count=2)]}
    found = {change.violation: change for change in explaining.changes(before, after, Q1, "2021")}
    assert {ref_: change.kind for ref_, change in found.items()} == {
        ref("a"): "left",
        ref("b"): "moved",
        ref("c"): "entered",
    }
    assert found[ref("b")].deltas == {
        "verified/by_party/JNIM/killing": 1,
        "verified/by_party/unidentified/killing": -1,
    }
    assert found[ref("c")].deltas["verified/totals/children"] == 2
    assert SEXES == ("boy", "girl", "unknown")
