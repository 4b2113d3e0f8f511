"""Stages go forward only, and a search does not mind accents or case."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.library import rules

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


@given(st.sampled_from(rules.ORDER), st.sampled_from(rules.ORDER))
def test_a_stage_only_goes_forward(now: str, wanted: str):
    refusal = rules.refusal_of_stage(now, wanted, since=MARCH, on=APRIL, today=MAY)
    assert (refusal == "") == (rules.ORDER.index(wanted) > rules.ORDER.index(now))


@pytest.mark.parametrize(
    ("on", "refusal"), [(MARCH, "before"), (APRIL, ""), (MAY, ""), (date(2026, 5, 2), "future")]
)
def test_a_validation_lies_between_the_last_one_and_today(on: date, refusal: str):
    assert rules.refusal_of_stage("draft", "adopted", since=APRIL, on=on, today=MAY) == refusal


def test_what_a_search_compares():
    assert rules.searchable("Écoute de l’enfant", "", "DNPEF") == "ecoute de l enfant dnpef"
    assert rules.sought("  ÉCOUTE, L’Enfant ") == ["ecoute", "l", "enfant"]
