"""The rules of the work calendar: days of a mandate, what other programs read, when a reminder is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.coordination.rules.calendars import Slot, calendar, escaped, folded, is_due
from sutura.coordination.rules.work import Stretch, fits, pace

D = Decimal
DAY = date(2026, 7, 15)
NINE = datetime(2026, 7, 3, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


def parsed(text: str) -> list[dict[str, str]]:
    """The events of a calendar, as a program reads them: unfolded (3.1), each value with its marks undone (3.3.11)."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    for line in lines[1:-1]:
        name, _colon, value = line.partition(":")
        if (name, value) == ("BEGIN", "VEVENT"):
            events.append({})
        elif events and name != "END":
            events[-1][name] = unmarked(value)
    return events


def unmarked(value: str) -> str:
    """A value without its marks."""
    out, characters = "", iter(value)
    for character in characters:
        if character == "\\":
            character = next(characters)
            character = "\n" if character in "nN" else character
        out += character
    return out


def test_a_calendar_is_read_back_as_it_was_written() -> None:
    slots = [
        Slot("a@sutura", "Réunion CCT-2026-07", NINE, NINE + timedelta(hours=3)),
        Slot("b@sutura", "Mission de terrain; Gao, \\ Mopti\nsuite", DAY, DAY + timedelta(days=3)),
    ]  # fmt: skip
    first, second = parsed(calendar(slots, name="Sutura", now=NOW))
    assert first == {
        "UID": "a@sutura", "DTSTAMP": "20261122T090500Z", "DTSTART": "20260703T090000Z", "DTEND": "20260703T120000Z",
        "SUMMARY": "Réunion CCT-2026-07",
    }  # fmt: skip
    assert (second["DTSTART;VALUE=DATE"], second["DTEND;VALUE=DATE"]) == ("20260715", "20260719")
    assert second["SUMMARY"] == "Mission de terrain; Gao, \\ Mopti\nsuite"


@given(st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=300))
def test_no_folded_line_is_longer_than_75_bytes_and_nothing_is_lost(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line
    assert unmarked(escaped(text)) == text


@pytest.mark.parametrize(
    ("rhythm", "sent_on", "today", "due"),
    [
        ("off", None, date(2026, 11, 23), False),
        ("daily", None, date(2026, 11, 22), True),
        ("daily", date(2026, 11, 22), date(2026, 11, 22), False),
        ("daily", date(2026, 11, 21), date(2026, 11, 22), True),
        ("weekly", None, date(2026, 11, 22), True),
        ("weekly", date(2026, 11, 22), date(2026, 11, 23), True),  # a Monday
        ("weekly", date(2026, 11, 23), date(2026, 11, 29), False),  # the Sunday after it
        ("weekly", date(2026, 11, 20), date(2026, 11, 24), True),  # the machine was off on Monday
    ],
)
def test_when_a_reminder_is_due(rhythm: str, sent_on: date | None, today: date, due: bool) -> None:
    assert is_due(rhythm=rhythm, sent_on=sent_on, today=today) is due


def test_a_mandate_at_its_middle() -> None:
    # 180 days over eleven months and a half: 350 days, half of them gone.
    start = date(2026, 1, 1)
    end, middle = start + timedelta(days=349), start + timedelta(days=175)
    spent = pace(allowed=180, used=D("82.5"), start=start, end=end, today=middle)
    assert (spent.left, spent.expected) == (D("97.5"), D("90.0"))
    assert (spent.months_left, spent.a_month) == (D("5.7"), D("17.0"))


def test_before_and_after_a_mandate() -> None:
    start, end = date(2026, 1, 1), date(2026, 1, 10)
    before = pace(allowed=5, used=D(0), start=start, end=end, today=start - timedelta(days=40))
    after = pace(allowed=5, used=D(3), start=start, end=end, today=end + timedelta(days=1))
    assert (before.expected, before.left) == (D(0), D(5))
    assert (after.expected, after.left, after.a_month) == (D(5), D(2), None)


def test_the_calendar_holds_no_more_days_than_it_has() -> None:
    week = Stretch(date(2026, 7, 6), date(2026, 7, 10), D(5))
    assert not fits([week], Stretch(date(2026, 7, 10), date(2026, 7, 10), D("0.5")))
    assert fits([week], Stretch(date(2026, 7, 10), date(2026, 7, 11), D(1)))
    assert fits([week], Stretch(date(2026, 7, 11), date(2026, 7, 11), D(1)))
    assert fits([week._replace(days=D("4.5"))], Stretch(date(2026, 7, 8), date(2026, 7, 8), D("0.5")))
    assert not fits([], Stretch(date(2026, 7, 8), date(2026, 7, 8), D("1.5")))
