"""Counting one violation: what its lines say (mrm.md 4), by example and by law."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.incidents import rules
from sutura.incidents.choices import AgeBand, Attribution, Sex, Status, Type
from sutura.incidents.rules import VictimFacts, ViolationFacts, lines_of
from sutura.ledger import rules as ledger

DAY = date(2025, 2, 10)
REF = UUID(int=1)


def facts(**changes: Any) -> ViolationFacts:
    return ViolationFacts(
        **({"incident_ref": REF, "type": "killing", "status": "verified", "occurred_on": DAY} | changes)
    )


def told(**changes: Any) -> list[tuple[str, str, int, str]]:
    return [(one.unit_kind, one.sex, one.count, one.child_key) for one in lines_of(facts(**changes))]


def test_the_words_of_the_rules_are_those_of_the_lists() -> None:
    assert tuple(Type.values) == (*ledger.GRAVE_TYPES, *ledger.APART_TYPES)
    assert tuple(Sex.values) == ledger.SEXES
    assert tuple(AgeBand.values) == (*ledger.AGE_BANDS, ledger.AGE_UNKNOWN)
    assert set(Attribution.values) == {rules.SOLE, rules.JOINT, rules.CROSSFIRE, rules.NO_PARTY}
    assert {ledger.PENDING, ledger.COULD_NOT_VERIFY, ledger.VERIFIED} < set(Status.values)


def test_children_who_are_not_listed_are_one_line_per_sex() -> None:
    assert told(boys=2, unknown=1) == [("unidentified", "boy", 2, ""), ("unidentified", "unknown", 1, "")]


def test_a_listed_child_is_a_line_and_leaves_the_rest() -> None:
    child = VictimFacts(kind="individual", ref="V1", sex="girl", age=14)
    assert told(girls=3, victims=(child,)) == [
        ("individual", "girl", 1, "victim:V1"),
        ("unidentified", "girl", 2, ""),
    ]
    assert lines_of(facts(girls=3, victims=(child,)))[0].age_band == "11-14"


def test_the_key_of_a_child_wins_over_the_reference_of_the_row() -> None:
    child = VictimFacts(kind="individual", ref="V1", child_key="K1", sex="boy")
    assert told(boys=1, victims=(child,)) == [("individual", "boy", 1, "child:K1")]


def test_a_sex_known_elsewhere_is_told_beside_the_sex_of_the_tally() -> None:
    child = VictimFacts(kind="individual", ref="V1", child_key="K1", known_sex="girl")
    (line,) = lines_of(facts(unknown=1, victims=(child,)))
    assert (line.sex, line.known_sex) == ("unknown", "girl")


def test_a_group_is_one_line_per_sex_under_one_key() -> None:
    group = VictimFacts(kind="group", ref="G1", boys=2, unknown=1, age_bands=("0-5",))
    assert told(boys=3, unknown=1, victims=(group,)) == [
        ("group", "boy", 2, "group:G1"),
        ("group", "unknown", 1, "group:G1"),
        ("unidentified", "boy", 1, ""),
    ]
    assert lines_of(facts(boys=2, unknown=1, victims=(group,)))[0].age_band == "0-5"


@pytest.mark.parametrize(
    "type_", ["attack_school", "attack_hospital", "denial_humanitarian_access", "military_use"]
)
def test_an_event_is_one_line_whatever_its_notes_say(type_: str) -> None:
    child = VictimFacts(kind="individual", ref="V1", sex="boy")
    assert told(type=type_, boys=7, victims=(child,)) == [("event", "", 1, "")]


def test_deprivation_of_liberty_counts_children() -> None:
    assert told(type="deprivation_liberty", boys=1) == [("unidentified", "boy", 1, "")]


def test_other_interference_counts_nowhere() -> None:
    assert told(type="attack_school", attack_kind="other_interference") == []
    assert told(type="attack_school", attack_kind="threat") == [("event", "", 1, "")]
    # The word means nothing outside attacks.
    assert told(boys=1, attack_kind="other_interference") == [("unidentified", "boy", 1, "")]


def test_what_does_not_count_has_no_line() -> None:
    assert told(boys=3, counts=False) == []
    assert told(boys=0) == []


@pytest.mark.parametrize("status", Status.values)
def test_every_status_has_lines(status: str) -> None:
    assert [one.status for one in lines_of(facts(boys=1, status=status))] == [status]


@pytest.mark.parametrize(
    ("attribution", "codes", "label"),
    [
        ("unidentified", [], "unidentified"),
        ("sole", ["JNIM"], "JNIM"),
        ("joint", ["JNIM", "FAMA"], "FAMA+JNIM"),
        ("crossfire", ["JNIM", "FAMA", "JNIM"], "crossfire:FAMA+JNIM"),
    ],
)
def test_one_label_a_violation(attribution: str, codes: list[str], label: str) -> None:
    assert rules.party_label(attribution, codes) == label


@pytest.mark.parametrize(
    ("attribution", "fitting"),
    [("sole", {1}), ("joint", {2, 3}), ("crossfire", {2, 3}), ("unidentified", {0}), ("", set())],
)
def test_an_attribution_fits_so_many_parties(attribution: str, fitting: set[int]) -> None:
    parties = ["A", "B", "C"]
    assert {n for n in range(4) if rules.attribution_fits(attribution, parties[:n])} == fitting


def test_an_attribution_left_out_follows_the_parties() -> None:
    found = [
        rules.derived_attribution(codes) for codes in ([], ["A"], ["A", "A"], ["A", "B"], ["A", "B", "C"])
    ]
    assert found == ["unidentified", "sole", "sole", "joint", "joint"]


def test_a_boy_and_a_girl_are_not_one_child() -> None:
    assert rules.common_sex(["unknown", "boy", "boy"]) == "boy"
    assert rules.common_sex(["unknown"]) == ""
    with pytest.raises(ValueError):
        rules.common_sex(["boy", "girl"])


def test_a_child_stands_once_in_a_violation() -> None:
    twice = tuple(VictimFacts(kind="individual", ref=ref, child_key="K1", sex="boy") for ref in "ab")
    assert rules.repeated_children(facts(boys=2, victims=twice)) == ["K1"]
    assert rules.repeated_children(facts(boys=2, victims=twice[:1])) == []


@pytest.mark.parametrize(
    ("occurred_on", "occurred_to", "open_ended", "fault"),
    [
        (None, None, False, ("occurred_on", "missing")),
        (date(2025, 3, 1), None, False, ("occurred_on", "future")),
        (DAY, date(2025, 3, 1), False, ("occurred_to", "future")),
        (DAY, date(2025, 2, 9), False, ("occurred_to", "order")),
        (DAY, DAY, True, ("open_ended", "open")),
        (DAY, DAY, False, ("", "")),
        (DAY, None, True, ("", "")),
    ],
)
def test_when_it_happened(
    occurred_on: date | None, occurred_to: date | None, open_ended: bool, fault: tuple[str, str]
) -> None:
    assert rules.date_fault(occurred_on, occurred_to, open_ended, date(2025, 2, 20)) == fault


NUMBER = st.integers(0, 4)
VICTIMS = st.lists(
    st.one_of(
        st.builds(
            VictimFacts,
            kind=st.just("individual"),
            ref=st.sampled_from("abcdef"),
            child_key=st.sampled_from(["", "K1", "K2"]),
            sex=st.sampled_from(ledger.SEXES),
            age=st.none() | st.integers(0, 17),
        ),
        st.builds(
            VictimFacts,
            kind=st.just("group"),
            ref=st.sampled_from("ghi"),
            boys=NUMBER,
            girls=NUMBER,
            unknown=NUMBER,
        ),
    ),
    max_size=5,
).map(tuple)
VIOLATIONS = st.builds(
    ViolationFacts,
    incident_ref=st.just(REF),
    type=st.sampled_from(Type.values),
    status=st.sampled_from(Status.values),
    occurred_on=st.just(DAY),
    boys=NUMBER,
    girls=NUMBER,
    unknown=NUMBER,
    victims=VICTIMS,
    counts=st.booleans(),
)


@given(VIOLATIONS)
def test_lines_sum_to_the_tally_by_sex_whoever_is_listed(violation: ViolationFacts) -> None:
    lines = lines_of(violation)
    total: Counter[str] = Counter()
    for line in lines:
        total[line.sex] += line.count
    if not violation.counts:
        assert lines == []
    elif violation.type not in ledger.CHILD_COUNTED_TYPES:
        assert total == {"": 1}
    elif not rules.sexes_exceeded(violation):
        assert total == Counter({sex: number for sex, number in violation.tally.items() if number})
    else:
        told = rules.listed(violation.victims)
        most = {sex: max(told[sex], violation.tally[sex]) for sex in ledger.SEXES}
        assert total == Counter({sex: number for sex, number in most.items() if number})


@given(VIOLATIONS)
def test_a_line_counts_something_of_one_violation(violation: ViolationFacts) -> None:
    for line in lines_of(violation):
        assert line.count >= 1
        assert (line.incident_ref, line.type, line.status) == (REF, violation.type, violation.status)
        assert (line.unit_kind == "event") == (line.sex == "")
        assert bool(line.child_key) == (line.unit_kind in ("individual", "group"))
