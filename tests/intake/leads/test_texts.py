"""Words of real files made readable."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.intake.leads import texts
from sutura.intake.leads.suggestions import types_of


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("SÃ©gou Region", "Ségou Region"),
        ("MÃ©naka", "Ménaka"),
        ("Ménaka", "Ménaka"),
        ("Timbuktu ", "Timbuktu"),
        ("theyâ€™re", "they’re"),
        ("to their comrade._x000D__x000D_\n_x000D__x000D_", "to their comrade."),
        ("one\r\n\r\n two  three", "one\ntwo three"),
        ("Ã", "Ã"),
        ("a\x00b", "ab"),
    ],
)
def test_text_is_made_readable(raw: str, read: str) -> None:
    assert texts.clean(raw) == read


@pytest.mark.parametrize("raw", ["No Information", "NoInformation", " no information ", "N/A", "", "-"])
def test_words_for_nothing_are_nothing(raw: str) -> None:
    assert texts.known(raw) == ""


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_never_fails(raw: str) -> None:
    once = texts.clean(raw)
    assert "_x000D_" not in once
    assert texts.clean(raw) == once


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("(6) Country", 6),
        ("(2) 25 km Precision", 2),
        ("3", 3),
        ("", None),
        ("Country", None),
        ("25 km", None),
    ],
)
def test_the_class_of_a_precision_is_its_digit(raw: str, read: int | None) -> None:
    assert texts.precision(raw) == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("2022-03-04", date(2022, 3, 4)),
        ("2022-03-04 00:00:00.000", date(2022, 3, 4)),
        ("2022-03-04T10:00:00Z", date(2022, 3, 4)),
        ("44624", date(2022, 3, 4)),
        ("", None),
    ],
)
def test_days_are_read_in_the_forms_that_leave_no_doubt(raw: str, read: date | None) -> None:
    assert texts.day(raw) == read


@pytest.mark.parametrize(
    "raw", ["04/03/2022", "March 2022", "2022-13-01", "2022-03-04 noon", "446240", "20220304"]
)
def test_a_doubtful_day_is_refused(raw: str) -> None:
    with pytest.raises(ValueError):
        texts.day(raw)


@pytest.mark.parametrize("raw", ["1e400", "nan", "x", "3.5", "99999999999"])
def test_what_is_no_whole_number_is_refused(raw: str) -> None:
    with pytest.raises(ValueError):
        texts.whole(raw)


@pytest.mark.parametrize("raw", ["91", "-inf", "inf", "x"])
def test_what_is_no_latitude_is_refused(raw: str) -> None:
    with pytest.raises(ValueError):
        texts.degrees(raw, 90)


@pytest.mark.parametrize(
    ("text", "datasets", "killed", "expected"),
    [
        ("", ("education",), None, ("attack_school",)),
        ("", ("health", "crsv"), None, ("sexual_violence", "attack_hospital")),
        ("An NGO worker was killed.", ("aid_worker",), None, ("denial_humanitarian_access",)),
        ("A girl was kidnapped and raped.", ("protection",), None, ("sexual_violence", "abduction")),
        ("Three children killed, a boy wounded.", (), None, ("killing", "maiming")),
        ("Gunmen shot at herders.", (), 6, ()),
        ("Herders and two children.", (), 6, ("killing",)),
        ("Une école a été incendiée.", (), None, ("attack_school",)),
    ],
)
def test_types_are_suggested_by_dataset_and_words(
    text: str, datasets: tuple[str, ...], killed: int | None, expected: tuple[str, ...]
) -> None:
    assert types_of(text=text, datasets=datasets, killed=killed) == expected
