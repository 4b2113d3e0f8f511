"""Clocks, likeness and silence of alerts, as pure functions (mrm.md 3.1, 8 and 10.3 point 2)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

VIOLATION_TYPES = (
    "killing", "maiming", "recruitment_use", "sexual_violence", "abduction", "attack_school", "attack_hospital",
    "denial_humanitarian_access", "military_use", "deprivation_liberty",
)  # fmt: skip
# Two tellers may call one event by either name.
KINDRED = (
    frozenset({"killing", "maiming", "attack_school", "attack_hospital"}),
    frozenset({"abduction", "recruitment_use", "deprivation_liberty"}),
    frozenset({"attack_school", "military_use"}),
    frozenset({"attack_hospital", "military_use", "denial_humanitarian_access"}),
)
DUPLICATE_DAYS = 3
NEAR_KM = 30.0
WINDOW_DAYS = 90
OPEN = ("new", "waiting")


@dataclass(frozen=True)
class Clock:
    """A running or stopped clock: hours gone, hours allowed, and whether the limit is passed."""

    hours: int
    limit: int
    running: bool

    @property
    def late(self) -> bool:
        return self.hours > self.limit

    @property
    def left(self) -> int:
        """Hours left; negative once late."""
        return self.limit - self.hours


def whole_hours(start: datetime, end: datetime) -> int:
    """Started hours between two instants, never below zero."""
    return max(0, math.ceil((end - start).total_seconds() / 3600))


def triage_clock(
    *, state: str, received_at: datetime, triaged_at: datetime | None, now: datetime, limit: int
) -> Clock:
    """Hours from receipt until somebody triaged it (limit 48, mrm.md 3.1 step 2); stops at the first act that
    leaves "new"."""
    waiting = state == "new"
    end = now if waiting or triaged_at is None else triaged_at
    return Clock(whole_hours(received_at, end), limit, waiting)


def report_clock(*, happened_on: date | None, received_at: datetime, limit: int) -> Clock | None:
    """Hours from the end of the day of the event until the alert (limit 72, step 1); None when the day is unknown.

    A day has no hour, so the count begins at the end of the day: nobody is called late by a doubt.
    """
    if happened_on is None:
        return None
    end_of_day = datetime.combine(happened_on, datetime.min.time(), received_at.tzinfo) + timedelta(days=1)
    return Clock(whole_hours(end_of_day, received_at), limit, False)


def is_overdue(*, state: str, received_at: datetime, now: datetime, limit: int) -> bool:
    """Whether nobody has triaged it within the limit (hours)."""
    return state == "new" and now - received_at > timedelta(hours=limit)


@dataclass(frozen=True)
class Told:
    """What is compared between two tellings: days, place, suspected types, number of children, parties by code."""

    happened_on: date | None
    happened_to: date | None = None
    cercle: str = ""
    commune: str = ""
    point: tuple[float, float] | None = None
    types: frozenset[str] = frozenset()
    boys: int = 0
    girls: int = 0
    unknown: int = 0
    parties: frozenset[str] = frozenset()
    party_kinds: frozenset[str] = frozenset()

    @property
    def children(self) -> int:
        return self.boys + self.girls + self.unknown


@dataclass(frozen=True)
class Reason:
    """Why two tellings may be of one event: a code and its measure (days, km, children)."""

    code: str
    number: int = 0


def days_apart(a: Told, b: Told) -> int | None:
    """Days between two dates or ranges, 0 when they touch; None when one is unknown."""
    if a.happened_on is None or b.happened_on is None:
        return None
    a_end, b_end = a.happened_to or a.happened_on, b.happened_to or b.happened_on
    if a.happened_on <= b_end and b.happened_on <= a_end:
        return 0
    return min(abs((b.happened_on - a_end).days), abs((a.happened_on - b_end).days))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two (latitude, longitude) points, in km."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    part = math.sin((lat2 - lat1) / 2) ** 2
    part += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(part)))


def likeness(a: Told, b: Told) -> list[Reason]:
    """The reasons why two alerts may tell of one event; empty when they do not (mrm.md 10.3 point 2).

    Day (within 3), place (same cercle or within 30 km) and type (same or kindred) must all agree; a like number of
    children and the same party are further reasons.
    """
    apart = days_apart(a, b)
    if apart is None or apart > DUPLICATE_DAYS:
        return []
    place = _place_reason(a, b)
    types = _type_reason(a.types, b.types)
    if place is None or types is None:
        return []
    reasons = [Reason("days", apart) if apart else Reason("same_day"), place, types]
    if a.children and b.children:
        if (a.boys, a.girls, a.unknown) == (b.boys, b.girls, b.unknown):
            reasons.append(Reason("same_children", a.children))
        elif abs(a.children - b.children) <= max(1, round(0.25 * max(a.children, b.children))):
            reasons.append(Reason("like_children", b.children))
    if a.parties & b.parties:
        reasons.append(Reason("same_party"))
    elif a.party_kinds & b.party_kinds:
        reasons.append(Reason("like_party"))
    return reasons


def _place_reason(a: Told, b: Told) -> Reason | None:
    if a.commune and a.commune == b.commune:
        return Reason("same_commune")
    if a.cercle and a.cercle == b.cercle:
        return Reason("same_cercle")
    if a.point and b.point and (a.cercle and b.cercle):
        km = kilometres(a.point, b.point)
        if km <= NEAR_KM:
            return Reason("near", round(km))
    return None


def _type_reason(a: frozenset[str], b: frozenset[str]) -> Reason | None:
    if not a or not b:
        # A lead without a suggested type is no evidence against: the day and the place decide.
        return Reason("type_unknown")
    if a & b:
        return Reason("same_type")
    if any(a & kin and b & kin for kin in KINDRED):
        return Reason("kindred_type")
    return None


def silence(*, alerts: int, visited: bool, observed: bool) -> str:
    """What a cercle's quiet means in a window: alerts came; visited and nothing found; nothing reported and nobody
    went; nobody even assessed it (ui.md principle 4)."""
    if alerts:
        return "reported"
    if visited:
        return "nothing_happened"
    return "nothing_reported" if observed else "not_assessed"


@dataclass(frozen=True)
class LeadFacts:
    """One event of a public list, ready to be received: the union of the rows that carry its id.

    `place` is a P-code of the COD-AB 2021 edition, or "" for the country as a whole. Counts of deaths are of
    people of any age, and never become a number of children.
    """

    source: str
    source_event_id: str
    title: str
    told: str
    happened_on: date
    happened_to: date | None = None
    date_estimated: bool = False
    place: str = ""
    place_how: str = ""
    place_km: float | None = None
    locality: str = ""
    latitude: float | None = None
    longitude: float | None = None
    types: tuple[str, ...] = ()
    party_text: str = ""
    party_code: str = ""
    party_type: str = "unidentified"
    datasets: str = ""
    place_precision: int | None = None
    date_precision: int | None = None
    event_clarity: int | None = None
    deaths_best: int | None = None
    deaths_low: int | None = None
    deaths_high: int | None = None


@dataclass(frozen=True)
class Received:
    """What receiving a batch of leads did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Access:
    """The last that is known of access to a cercle."""

    level: str = "unknown"
    observed_on: date | None = None
    visited_on: date | None = None


@dataclass
class Tally:
    """Alerts of one cercle in a window."""

    alerts: int = 0
    pending: int = 0
    last_on: date | None = None
    ages: list[int] = field(default_factory=list)


def pending_over(ages: Iterable[int], steps: tuple[int, ...]) -> tuple[int, ...]:
    """How many waiting alerts are older than each step, in days (mrm.md 8: 30, 60, 90)."""
    days = list(ages)
    return tuple(sum(1 for age in days if age > step) for step in steps)
