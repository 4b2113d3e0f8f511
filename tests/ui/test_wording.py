"""Numbers, days and clocks in French and English."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from sutura.ui import wording

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (1141, "1\u202f141", "1,141"),
        (0, "0", "0"),
        (None, "–", "–"),
        (1234567, "1\u202f234\u202f567", "1,234,567"),
        (-12, "\u221212", "\u221212"),
        (2.5, "2,5", "2.5"),
        ("T3", "T3", "T3"),
    ],
)
def test_numbers(value: object, french: str, english: str) -> None:
    with translation.override("fr"):
        assert wording.number(value) == french
    with translation.override("en"):
        assert wording.number(value) == english


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (date(2026, 11, 21), "21 nov. 2026", "21 Nov 2026"),
        (date(2026, 1, 1), "1er janv. 2026", "1 Jan 2026"),
        (NOW, "21 nov. 2026", "21 Nov 2026"),
        (None, "–", "–"),
    ],
)
def test_days(value: date | None, french: str, english: str) -> None:
    with translation.override("fr"):
        assert wording.day(value).replace("\u00a0", " ") == french
    with translation.override("en"):
        assert wording.day(value).replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 11, 3), date(2026, 11, 7), "3–7 nov. 2026"),
        (date(2026, 11, 1), date(2026, 11, 7), "1er–7 nov. 2026"),
        (date(2026, 10, 28), date(2026, 11, 3), "28 oct. – 3 nov. 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 déc. 2025 – 2 janv. 2026"),
        (date(2026, 11, 3), None, "3 nov. 2026"),
        (date(2026, 11, 3), date(2026, 11, 3), "3 nov. 2026"),
    ],
)
def test_a_stretch_of_days(start: date, end: date | None, expected: str) -> None:
    with translation.override("fr"):
        assert wording.days(start, end).replace("\u00a0", " ") == expected


def test_a_moment_is_told_in_the_time_of_bamako() -> None:
    with translation.override("fr"):
        assert wording.moment(NOW).replace("\u00a0", " ") == "21 nov. 2026, 14:05"
        assert wording.moment(None) == "–"


@pytest.mark.parametrize(
    ("due", "state", "words"),
    [
        (NOW + timedelta(days=9, hours=1), "left", "encore 9 jours"),
        (NOW + timedelta(hours=30), "left", "encore 30 heures"),
        (NOW + timedelta(hours=5), "soon", "encore 5 heures"),
        (NOW - timedelta(minutes=40), "late", "en retard de 40 minutes"),
        (NOW - timedelta(days=3), "late", "en retard de 3 jours"),
        (date(2026, 11, 21), "soon", "à faire aujourd’hui"),
        (date(2026, 11, 22), "soon", "encore 1 jour"),
        (date(2026, 12, 3), "left", "encore 12 jours"),
        (date(2026, 11, 19), "late", "en retard de 2 jours"),
    ],
)
def test_clocks(due: date | datetime, state: str, words: str) -> None:
    with translation.override("fr"):
        assert wording.time_left(due, NOW) == (state, words)


def test_a_label_and_what_it_says() -> None:
    with translation.override("fr"):
        assert wording.says("Mopti", 12) == "Mopti\u202f: 12"
    with translation.override("en"):
        assert wording.says("Mopti", 12) == "Mopti: 12"


def test_a_quarter_has_its_letter_in_each_language() -> None:
    for language, words in (("fr", "T4 2026"), ("en", "Q4 2026")):
        with translation.override(language):
            assert wording.quarter(date(2026, 11, 22)) == words
