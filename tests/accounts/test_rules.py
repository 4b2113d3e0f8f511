"""What is said of an account without asking the database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sutura.people.rules import LONGEST, browser_of, in_force, too_long

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("says", "read"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
            "Chrome · Linux",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18.4 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("curl/8.5", "curl/8.5"),
        ("x" * 500, "x" * 60),
        ("", ""),
    ],
)
def test_a_browser_in_two_words(says: str, read: str) -> None:
    assert browser_of(says) == read


def test_a_grant_holds_on_its_first_and_its_last_day() -> None:
    last = DAY + timedelta(days=9)
    days = [DAY - timedelta(days=1), DAY, last, last + timedelta(days=1)]
    assert [in_force(DAY, last, day) for day in days] == [False, True, True, False]
    assert [too_long(DAY, DAY + LONGEST), too_long(DAY, DAY + LONGEST + timedelta(days=1))] == [False, True]
