"""A calendar as other programs read it (RFC 5545), and when a reminder is due. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

OCTETS = 75
"""Longest line, in bytes without its end (RFC 5545, 3.1)."""


class Slot(NamedTuple):
    """One event: a name for ever, a title, and either whole days (the last one counted) or two instants."""

    uid: str
    title: str
    start: date | datetime
    end: date | datetime


def calendar(slots: Iterable[Slot], *, name: str, now: datetime) -> str:
    """The whole calendar."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sutura//Coordination//FR", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}",
    ]  # fmt: skip
    for slot in slots:
        lines.extend(_event(slot, now))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(slot: Slot, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(slot.uid)}"
    yield f"DTSTAMP:{_instant(now)}"
    if isinstance(slot.start, datetime) and isinstance(slot.end, datetime):
        yield f"DTSTART:{_instant(slot.start)}"
        yield f"DTEND:{_instant(slot.end)}"
    else:
        # Of whole days the end is the first day that is free again (3.6.1).
        yield f"DTSTART;VALUE=DATE:{slot.start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{slot.end + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(slot.title)}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Text as a value: commas, semicolons, backslashes and ends of lines are marked (3.3.11)."""
    for plain, marked in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(plain, marked)
    return text


def folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, each but the first behind a space; no character is cut in two."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + width
    return "\r\n".join([*pieces, piece])


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def is_due(*, rhythm: str, sent_on: date | None, today: date) -> bool:
    """Whether a reminder goes out today: once a day, or once a week from its Monday on."""
    if rhythm == "daily":
        return sent_on is None or sent_on < today
    monday = today - timedelta(days=today.weekday())
    return rhythm == "weekly" and (sent_on is None or sent_on < monday)
