"""The clocks of a child's way home: dates in, bounds out. What is not known is never made up (mrm.md 7).

A date known to the day or to the month is the whole of that day or month; two of them lie between a least and a most.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sutura.response.choices import Action, Custody, Due, Hearing, Kind, Precision, Seen, Stage, Verdict

BLUR = 5
"""Counts told to whoever reads no docket are steps of this many."""
NO_LONGER_AWAITED = (Kind.HANDOVER, Kind.RELEASE, Kind.REUNIFICATION, Kind.OUTCOME)
ENDS_CUSTODY = (Kind.RELEASE, Kind.HANDOVER, Kind.CARE, Kind.REUNIFICATION)


@dataclass(frozen=True)
class Span:
    """When something happened as far as it is known: not before `first`, not after `last`; None: no bound."""

    first: datetime | None = None
    last: datetime | None = None

    @property
    def known(self) -> bool:
        """Whether it has both bounds."""
        return self.first is not None and self.last is not None


@dataclass(frozen=True)
class Fact:
    """One line of a docket as it stands: what, when, with which code, and the order in which lines were noted."""

    kind: str
    span: Span
    answer: str = ""
    month: int | None = None
    late_reason: str = ""
    number: int = 0
    noted_at: datetime | None = None


@dataclass(frozen=True)
class Limits:
    """The time limits in force when an encounter happened."""

    handover: timedelta
    plan: timedelta
    months: tuple[int, ...]
    confirm: timedelta
    """For how long a detention is believed without anybody confirming it."""


@dataclass(frozen=True)
class Clock:
    """From one moment to another: at least, at most, and what can be said of the limit."""

    least: timedelta | None
    most: timedelta | None
    verdict: str
    due: datetime | None = None


@dataclass(frozen=True)
class Owed:
    """Something that somebody is waited for, at the latest at a moment."""

    what: str
    by: datetime
    month: int | None = None


def span_of(precision: str, *, day: date | None, moment: datetime | None, zone: str) -> Span:
    """The bounds of a date as it was given, on the clock of its zone."""
    if precision == Precision.TIME and moment is not None:
        return Span(moment, moment)
    if precision == Precision.UNKNOWN or day is None:
        return Span()
    first, last = day, day
    if precision == Precision.MONTH:
        first, last = day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    there = ZoneInfo(zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, there) - timedelta(microseconds=1)
    return Span(datetime.combine(first, time.min, there), ends)


def between(start: Span, end: Span) -> tuple[timedelta | None, timedelta | None]:
    """The least and the most that can lie between; a negative most says that the dates contradict one another."""
    least = end.first - start.last if end.first is not None and start.last is not None else None
    most = end.last - start.first if end.last is not None and start.first is not None else None
    if least is not None and most is not None and most >= timedelta(0):
        least = max(least, timedelta(0))
    return least, most


def judged(start: Span | None, end: Span | None, limit: timedelta, now: datetime) -> Clock:
    """A clock with a limit: from `start` to `end`, or to now where the end has not come."""
    if start is None:
        return Clock(None, None, Verdict.UNSTARTED)
    least, most = between(start, Span(now, now) if end is None else end)
    due = None if start.last is None else start.last + limit
    return Clock(least, most, _verdict(least, most, limit, ended=end is not None), due)


def _verdict(least: timedelta | None, most: timedelta | None, limit: timedelta, *, ended: bool) -> str:
    if most is not None and most < timedelta(0):
        return Verdict.CONTRADICTORY
    if least is not None and least > limit:
        return Verdict.OUTSIDE if ended else Verdict.OVERDUE
    if most is not None and most <= limit:
        return Verdict.WITHIN if ended else Verdict.RUNNING
    return Verdict.UNKNOWN if least is None or most is None else Verdict.UNCERTAIN


def of_kind(facts: Iterable[Fact], *kinds: str) -> list[Fact]:
    """The lines of some kinds, in the order in which things happened as far as known; undated ones first.

    Never in the order in which they were typed: a line noted later may tell of an earlier day.
    """
    return sorted((fact for fact in facts if fact.kind in kinds), key=_when)


def _when(fact: Fact) -> tuple[float, float, int]:
    first, last = fact.span.first, fact.span.last
    return (
        first.timestamp() if first else float("-inf"), last.timestamp() if last else float("-inf"), fact.number,
    )  # fmt: skip


def _first(facts: Iterable[Fact], *kinds: str) -> Fact | None:
    return next(iter(of_kind(facts, *kinds)), None)


def _span(fact: Fact | None) -> Span | None:
    return fact.span if fact else None


def _latest_said(facts: Iterable[Fact], kind: str) -> Fact | None:
    """What was said last: of things to come the newest word holds, whatever its day."""
    return max((fact for fact in facts if fact.kind == kind), key=lambda fact: fact.number, default=None)


def handover_clock(facts: Sequence[Fact], limits: Limits, now: datetime) -> Clock:
    """From the encounter to civilian child-protection actors; without a handover it ends when none is awaited."""
    met, given = _first(facts, Kind.ENCOUNTER), _first(facts, Kind.HANDOVER)
    if given is None and met is not None and _first(facts, *NO_LONGER_AWAITED):
        return Clock(None, None, Verdict.ENDED)
    return judged(_span(met), _span(given), limits.handover, now)


def notified_after(facts: Sequence[Fact]) -> tuple[timedelta | None, timedelta | None]:
    """From the encounter to the notification, at least and at most."""
    met, told = _first(facts, Kind.ENCOUNTER), _first(facts, Kind.NOTIFICATION)
    return between(met.span, told.span) if met and told else (None, None)


def plan_clock(facts: Sequence[Fact], limits: Limits, now: datetime) -> Clock:
    """From the beginning of care to the care plan."""
    begun, planned = _first(facts, Kind.CARE), _first(facts, Kind.PLAN)
    return judged(_span(begun), _span(planned), limits.plan, now)


def custody(facts: Sequence[Fact], limits: Limits, now: datetime) -> tuple[Custody, Span]:
    """Whether the child is held, and when that was last known, or when it ended.

    No release noted never means “remains detained” by itself: it does so for as long as somebody confirmed it lately.
    """
    held = of_kind(facts, Kind.DETENTION)
    if not held:
        return Custody.NONE, Span()
    ended = _end_of(held[-1], facts)
    if ended is not None:
        return Custody.RELEASED, ended.span
    seen = last_seen(facts)
    lately = seen.first is not None and now - seen.first <= limits.confirm
    return (Custody.HELD if lately else Custody.NO_RELEASE), seen


def _end_of(held: Fact, facts: Iterable[Fact]) -> Fact | None:
    """What ended a detention: anything that does, unless it surely came before."""
    return next((end for end in of_kind(facts, *ENDS_CUSTODY) if not before(end.span, held.span)), None)


def before(one: Span, other: Span) -> bool:
    """Whether one surely came before the other."""
    return one.last is not None and other.first is not None and one.last <= other.first


def last_seen(facts: Iterable[Fact]) -> Span:
    """When somebody last knew that the child was in detention."""
    return max((fact for fact in facts if _shows_held(fact)), key=_when).span


def _shows_held(fact: Fact) -> bool:
    return (
        fact.kind in (Kind.DETENTION, Kind.LEGAL_BASIS)
        or (fact.kind == Kind.VISIT and fact.answer == Seen.SEEN)
        or (fact.kind == Kind.HEARING and fact.answer == Hearing.HELD)
    )


def add_months(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last day of a shorter month."""
    index = moment.month - 1 + months
    year, month = moment.year + index // 12, index % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


def follow_ups(facts: Sequence[Fact], limits: Limits) -> list[tuple[int, datetime | None, bool]]:
    """Each month of follow-up after the return: at the latest when (None where unknown), and whether it was made."""
    home = _first(facts, Kind.REUNIFICATION)
    if home is None:
        return []
    made = {fact.month for fact in of_kind(facts, Kind.FOLLOW_UP)}
    last = home.span.last
    return [(month, last and add_months(last, month), month in made) for month in limits.months]


def owed(facts: Sequence[Fact], limits: Limits) -> list[Owed]:
    """All that is waited for, the earliest first; it depends on what is noted alone, never on today."""
    if closed(facts):
        return []
    found = [*_owed_on_the_way(facts, limits), *_owed_in_detention(facts, limits)]
    for kind, what in ((Kind.HEARING, Due.HEARING), (Kind.NEXT_ACTION, Due.NEXT_ACTION)):
        said = _latest_said(facts, kind)
        if said and said.answer not in (Hearing.HELD, Hearing.ADJOURNED, Action.NOTHING) and said.span.last:
            found.append(Owed(what, said.span.last))
    return sorted(found, key=lambda one: (one.by, one.what))


def _owed_on_the_way(facts: Sequence[Fact], limits: Limits) -> Iterable[Owed]:
    met, given = _first(facts, Kind.ENCOUNTER), _first(facts, Kind.HANDOVER)
    if met is not None and met.span.last is None and met.noted_at:
        yield Owed(Due.ENCOUNTER_DATE, met.noted_at)
    if met is not None and met.span.last is not None and not _first(facts, *NO_LONGER_AWAITED):
        yield Owed(Due.HANDOVER, met.span.last + limits.handover)
    if given is not None and given.noted_at:
        verdict = handover_clock(facts, limits, given.noted_at).verdict
        if verdict == Verdict.CONTRADICTORY:
            yield Owed(Due.DATES, given.noted_at)
        if verdict == Verdict.OUTSIDE and not given.late_reason:
            yield Owed(Due.LATE_REASON, given.noted_at)
    begun = _first(facts, Kind.CARE)
    if begun is not None and begun.span.last is not None and not _first(facts, Kind.PLAN):
        yield Owed(Due.PLAN, begun.span.last + limits.plan)
    for month, by, made in follow_ups(facts, limits):
        if by is not None and not made:
            yield Owed(Due.FOLLOW_UP, by, month)


def _owed_in_detention(facts: Sequence[Fact], limits: Limits) -> Iterable[Owed]:
    held = of_kind(facts, Kind.DETENTION)
    if not held or _end_of(held[-1], facts) is not None:
        return
    noted, seen, said = held[-1].noted_at, last_seen(facts), _latest_said(facts, Kind.NEXT_ACTION)
    if seen.first is not None:
        yield Owed(Due.WHEREABOUTS, seen.first + limits.confirm)
    elif noted:
        yield Owed(Due.WHEREABOUTS, noted)
    unset = noted if said is None else said.noted_at if said.answer == Action.NOTHING else None
    if unset is not None:
        yield Owed(Due.NO_ACTION, unset)


def closed(facts: Iterable[Fact]) -> bool:
    """Whether the way ended: an outcome is noted."""
    return any(fact.kind == Kind.OUTCOME for fact in facts)


def stage_of(facts: Sequence[Fact]) -> Stage:
    """How far the way home has come, by what is noted and not by the order in which it was typed."""
    if closed(facts):
        return Stage.CLOSED
    noted = {fact.kind for fact in facts}
    for kind, stage in (
        (Kind.FOLLOW_UP, Stage.FOLLOWED), (Kind.REUNIFICATION, Stage.REUNIFIED), (Kind.CARE, Stage.IN_CARE),
        (Kind.HANDOVER, Stage.HANDED_OVER),
    ):  # fmt: skip
        if kind in noted:
            return stage
    held = of_kind(facts, Kind.DETENTION)
    if held and _end_of(held[-1], facts) is None:
        return Stage.HELD
    return Stage.MET if Kind.ENCOUNTER in noted else Stage.NEEDS


def blurred(count: int) -> int:
    """A count for whoever reads no docket: the multiple of five at or below it, so that no small group can be told."""
    return count // BLUR * BLUR
