"""Trainings counted and judged: pure functions."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from secrets import choice
from statistics import median
from typing import NamedTuple

from sutura.places.rules import plain

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody mistakes for one another when a code is read aloud."""
CODE_LENGTH = 12
LIKE = 3
"""From how many points two people look like one; a person decides."""


def key(name: str) -> str:
    """What two spellings of one person's name share: no case, no accents, whatever the order of its parts."""
    return " ".join(sorted(plain(name).split()))


def digits(phone: str) -> str:
    """The last eight figures of a telephone number, which is what a number of Mali has."""
    return "".join(sign for sign in phone if sign.isdigit())[-8:]


class Card(NamedTuple):
    """What tells one professional from another."""

    number: int
    name: str
    phone: str
    birth_year: int | None
    employer: int | None


def likeness(one: Card, other: Card) -> int:
    """Points for what two cards share: a telephone 3, a name 2 (1 if close), a year of birth 1, an employer 1.

    Two different years of birth take 2 away.
    """
    points = 3 if one.phone and one.phone == other.phone else 0
    points += 2 if one.name == other.name else int(close(one.name, other.name))
    if one.birth_year and other.birth_year:
        points += 1 if one.birth_year == other.birth_year else -2
    return points + int(one.employer is not None and one.employer == other.employer)


def close(one: str, other: str) -> bool:
    """Whether two names, once plain, differ by one letter changed, added or missing."""
    if abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    at = next((place for place, sign in enumerate(shorter) if sign != longer[place]), len(shorter))
    rest = at + 1 if len(one) == len(other) else at
    return shorter[rest:] == longer[at + 1 :]


def twins(cards: Iterable[Card]) -> list[tuple[int, int]]:
    """Pairs of people who may be one, the likeliest first.

    Only people who share a telephone, a year of birth or a part of their name are compared: the register may be long.
    """
    shared: dict[object, list[Card]] = {}
    for card in cards:
        for mark in {card.phone, *card.name.split()} - {""}:
            shared.setdefault(mark, []).append(card)
        if card.birth_year and card.employer:
            shared.setdefault((card.birth_year, card.employer), []).append(card)
    found = {
        (one.number, other.number): likeness(one, other)
        for alike in shared.values()
        for one, other in combinations(sorted(alike), 2)
    }
    likely = [pair for pair, points in found.items() if points >= LIKE]
    return sorted(likely, key=lambda pair: (-found[pair], pair))


def gain(pre: int | None, post: int | None) -> int | None:
    """Points won between two tests of one person; nothing unless she took both."""
    return None if pre is None or post is None else post - pre


def mean_gain(tests: Iterable[tuple[int | None, int | None]]) -> tuple[float | None, int]:
    """The mean gain over those who took both tests, and how many they are."""
    gains = [won for pre, post in tests if (won := gain(pre, post)) is not None]
    return (sum(gains) / len(gains) if gains else None), len(gains)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Rule(NamedTuple):
    """What completes a pathway: half-days attended, the last test, and the modules nobody may miss."""

    attendance_percent: int
    test_percent: int | None
    mandatory: Collection[int]


def lacking(rule: Rule, *, held: int, present: int, post: int | None, attended: Collection[int]) -> list[str]:
    """What somebody lacks to complete a pathway: `sessions`, `attendance`, `modules`, `test`; nothing when she has."""
    found = [] if held else ["sessions"]
    if held and present * 100 < rule.attendance_percent * held:
        found.append("attendance")
    if set(rule.mandatory) - set(attended):
        found.append("modules")
    if rule.test_percent is not None and (post is None or post < rule.test_percent):
        found.append("test")
    return found


def initials(name: str) -> str:
    """All that a page for everybody tells of a name."""
    return " ".join(f"{part[0].upper()}." for part in name.split())


def new_code() -> str:
    """The code of a certificate, which nobody guesses."""
    return "".join(choice(ALPHABET) for _sign in range(CODE_LENGTH))


def typed_code(text: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def spaced(code: str) -> str:
    """A code in groups of four, to be read aloud."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def by_sex(rows: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
    """How many persons of each group and sex."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        found[row] = found.get(row, 0) + 1
    return found


BANDS = (25, 35, 50)
"""The ages at which the bands of the table of certified people begin, the first apart."""


def band(birth_year: int | None, year: int) -> int | None:
    """In which band of age somebody is by the end of a year, the youngest 0; nothing where she did not say."""
    return None if birth_year is None else sum(year - birth_year >= age for age in BANDS)


NOTE_LENGTH = 280
_PHONE = re.compile(r"(?:\d[\s.\-]?){8,}")
_MONTHS = "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
_MONTHS += "|january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = re.compile(
    rf"\b\d{{1,2}}\s?[/.\-]\s?\d{{1,2}}\s?[/.\-]\s?\d{{2,4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b"
    rf"|\b\d{{1,2}}(?:er)?\s(?:{_MONTHS})\b|\bnée?s?\s(?:le|en)\b|\bborn\s(?:on|in)\b",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÀ-Ý][a-zà-ÿ]+"
_NAME = re.compile(
    rf"\b{_CAPITAL}[\s-]{_CAPITAL}\b|\b(?:Mme|Mlle|Mr|M|Dr)\.?\s{_CAPITAL}|\b[A-ZÀ-Ý][a-zà-ÿ]+\s[A-ZÀ-Ý]{{2,}}\b"
    rf"|\b(?:nommée?|prénommée?|appelée?|named|called)\s{_CAPITAL}"
)


def faults_of_note(text: str) -> list[str]:
    """What a neutral note may not hold: `long`, `phone`, `date`, `name`. It would rather refuse once too often."""
    found = ["long"] if len(text) > NOTE_LENGTH else []
    signs = (("date", _DATE), ("phone", _PHONE), ("name", _NAME))
    return found + [fault for fault, sign in signs if sign.search(text)]


class Measure(NamedTuple):
    """When a practice group counts as functional: so many sittings within so many days, with so many people."""

    window_days: int
    sittings: int
    attendance: int


FIRST_RULE = Measure(window_days=90, sittings=2, attendance=5)
"""Our proposal: nobody had written one when the eleven groups were counted."""


class Standing(NamedTuple):
    """What is known of a group on a day: its sittings as (day, how many came), and what it has been given."""

    facilitated: bool
    chartered: bool
    opened_on: date
    suspended_on: date | None
    closed_on: date | None
    sittings: Sequence[tuple[date, int]]


def state_of_group(measure: Measure, group: Standing, on: date) -> str:
    """`closed`, `suspended`, `functional`, `starting` (younger than the window, never met enough) or `irregular`."""
    if group.closed_on and group.closed_on <= on:
        return "closed"
    if group.suspended_on and group.suspended_on <= on:
        return "suspended"
    since = on - timedelta(days=measure.window_days)
    came = [people for day, people in group.sittings if since < day <= on]
    meets = len(came) >= measure.sittings and median(came) >= measure.attendance
    if group.facilitated and group.chartered and meets:
        return "functional"
    return "starting" if group.opened_on > since else "irregular"


def silent_days(group: Standing, on: date) -> int:
    """How many days a group has not met: since its last sitting, or since it was opened."""
    return (on - max([day for day, _people in group.sittings if day <= on] or [group.opened_on])).days


def themes_may_show(groups: int, sittings: int) -> bool:
    """Fewer than three groups and ten sittings would tell who spoke of what."""
    return groups >= 3 or sittings >= 10


def months_until(day: date, count: int) -> list[date]:
    """The first days of the last `count` months, that of `day` last."""
    return [months_after(day.replace(day=1), -back) for back in range(count - 1, -1, -1)]


def overdue(every_days: int, last: date, on: date) -> int:
    """By how many days a supervision is late; zero while it keeps its rhythm."""
    return max(0, (on - last).days - every_days)


def score(marks: Iterable[int | None]) -> int | None:
    """The score of a quality visit, in percent of what could be marked; nothing when nothing could."""
    given = [mark for mark in marks if mark is not None]
    return round(100 * sum(given) / (2 * len(given))) if given else None


AHEAD: Mapping[str, Sequence[str]] = {
    "": ("proposed",),
    "proposed": ("studied", "set_aside"),
    "studied": ("validated", "set_aside"),
    "validated": ("taught", "set_aside"),
    "taught": ("taught", "set_aside"),
    "set_aside": ("proposed",),
}
"""From each state of a module in a course, those that may follow: it is taught again each academic year."""
_YEAR = re.compile(r"(\d{4})-(\d{4})")


def is_academic_year(text: str) -> bool:
    """Whether a text names two years that follow one another: 2026-2027."""
    found = _YEAR.fullmatch(text)
    return found is not None and int(found[2]) == int(found[1]) + 1


def absent(asked: Collection[str], present: Collection[str]) -> list[str]:
    """The sectors asked to answer a theme where none of them does anything yet, in their order."""
    return [sector for sector in asked if sector not in present]
