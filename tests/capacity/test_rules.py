"""Trainings counted and judged, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sutura.capacity.rules import (
    ALPHABET,
    Card,
    Rule,
    close,
    digits,
    gain,
    initials,
    key,
    lacking,
    likeness,
    mean_gain,
    months_after,
    new_code,
    spaced,
    twins,
    typed_code,
)


def test_two_spellings_of_one_name_are_one_key():
    assert key("Aïssata  DIARRA") == key("Diarra, Aissata") == "aissata diarra"


def test_a_telephone_is_its_eight_last_figures():
    assert digits("+223 70 00 00 01") == digits("70000001") == "70000001"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("diarra", "diara", True), ("keita", "keyta", True), ("keita", "keita", True), ("keita", "kone", False)],
)
def test_names_one_letter_apart_are_close(one: str, other: str, same: bool):
    assert (close(one, other), close(other, one)) == (same, same)


def test_pairs_are_proposed_by_what_they_share():
    cards = [
        Card(1, "aissata diarra", "70000001", 1990, 5),
        Card(2, "aisata diarra", "70000001", None, None),  # one telephone: proposed
        Card(3, "aissata diarra", "", 1990, 9),  # one name and year: proposed with 1
        Card(4, "aissata diarra", "", 1975, 9),  # one name, another year of birth
        Card(5, "moussa keita", "70000009", 1990, 5),
    ]
    assert twins(cards) == [(1, 2), (1, 3)]
    assert likeness(cards[0], cards[3]) == 0


def test_a_gain_needs_both_tests():
    assert (gain(40, 70), gain(None, 70), gain(40, None)) == (30, None, None)
    assert mean_gain([(40, 70), (50, 60), (None, 90), (30, None)]) == (20.0, 2)
    assert mean_gain([(None, 90)]) == (None, 0)


def test_a_pathway_is_completed_by_its_own_rule():
    rule = Rule(75, 60, {1, 2})
    assert lacking(rule, held=8, present=6, post=60, attended={1, 2}) == []
    assert lacking(rule, held=8, present=5, post=59, attended={1}) == ["attendance", "modules", "test"]
    assert lacking(Rule(80, None, {1}), held=0, present=0, post=None, attended=set()) == [
        "sessions",
        "modules",
    ]


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)), some.integers(1, 120))
def test_a_refresher_is_due_in_its_month(day: date, months: int):
    due = months_after(day, months)
    assert (due.year - day.year) * 12 + due.month - day.month == months
    assert due.day == day.day or (due.day < day.day and (due.replace(day=28).month == due.month))


def test_a_code_is_typed_as_one_reads_it():
    code = new_code()
    assert (len(code), set(code) <= set(ALPHABET)) == (12, True)
    assert typed_code(spaced(code).lower().replace("-", " ")) == code
    assert initials("Aïssata Diarra") == "A. D."
