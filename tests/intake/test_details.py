"""Columns of a type: read for their own type, kept as notes elsewhere; words outside a list are never lost."""

from __future__ import annotations

import pytest

from tests.intake.checks import checked, said, violation


def test_details_by_type_and_words_beside_the_lists():
    rows = [
        violation(
            type="attack_school",
            attack_kind="Other_Interference",
            means="arson",
            school_kinds="primary;médersa",
            purposes="x",
        ),
        violation(violation_ref="V2", attack_kind="facility", weapon="harpoon"),
    ]
    result = checked(violations=rows)
    first, second = result.rows["violations"]
    assert result.faults == []
    assert (first.get("attack_kind"), first.get("means")) == ("other_interference", "arson")
    assert (first.get("school_kinds"), first.get("school_kind_other")) == (("primary", "other"), "médersa")
    assert (first.notes, second.notes) == ({"purposes": "x"}, {"attack_kind": "facility"})
    assert (second.get("weapon"), second.get("weapon_other")) == ("other", "harpoon")
    assert result.notes == {
        ("violations", "school_kinds"): 1,
        ("violations", "purposes"): 1,
        ("violations", "attack_kind"): 1,
        ("violations", "weapon"): 1,
    }


def test_an_attack_of_an_unlisted_kind_is_kept_as_told():
    rows = [
        violation(type="attack_school", attack_kind="attack on school(s)"),
        violation(violation_ref="V2", type="killing", weapon_type="mortar"),
    ]
    result = checked(violations=rows)
    attack, killing = result.rows["violations"]
    assert (result.faults, attack.notes, killing.notes) == ([], {"attack_kind": "attack on school(s)"}, {})
    assert "attack_kind" not in attack.values
    assert killing.get("weapon_other") == "mortar"


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"type": "attack_hospital", "number_of_facilities": 0}, "number_of_facilities", "not_a_number"),
        (
            {"type": "military_use", "from_date": "2026-01-12", "to_date": "2026-01-11"},
            "to_date",
            "ends_before_start",
        ),
        (
            {"type": "deprivation_liberty", "to_date": "2026-01-11", "ongoing": "yes"},
            "to_date",
            "end_and_open",
        ),
        ({"type": "abduction", "freed_on": "2026-07-01"}, "freed_on", "future_date"),
    ],
)
def test_faults_of_details(cells, column, code):
    assert said(violations=[violation(**cells)]) == [("violations", 2, column, code)]
