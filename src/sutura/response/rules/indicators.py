"""The indicators of release, detention and return: each child answers yes, no or not sure, or is not asked.

A share is told as a least and a most: those not sure may all be no, or all yes. Nothing missing is counted as either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from sutura.response.choices import Answer as Said
from sutura.response.choices import Custody, Kind, Status, Verdict
from sutura.response.rules.clocks import (
    Fact,
    Limits,
    Span,
    between,
    custody,
    follow_ups,
    handover_clock,
    notified_after,
    of_kind,
    plan_clock,
)

SIX_MONTHS = 6


class Answer(StrEnum):
    """What one child says to an indicator."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    OUT = "out"


@dataclass(frozen=True)
class Case:
    """One encounter of a child: what stands in its docket, and the limits of its day."""

    facts: Sequence[Fact]
    limits: Limits


@dataclass(frozen=True)
class Share:
    """How many children said yes, no, and not sure."""

    yes: int
    no: int
    unsure: int

    @property
    def asked(self) -> int:
        """Those who were asked at all."""
        return self.yes + self.no + self.unsure

    @property
    def low(self) -> int | None:
        """Per cent at least; None of nobody."""
        return 100 * self.yes // self.asked if self.asked else None

    @property
    def high(self) -> int | None:
        """Per cent at most."""
        return -(-100 * (self.yes + self.unsure) // self.asked) if self.asked else None


@dataclass(frozen=True)
class Middle:
    """The median of lengths that are bounds, over the children for whom it is known; `left_out` are the others."""

    least: timedelta | None
    most: timedelta | None
    known: int
    left_out: int


Judge = Callable[[Case, datetime], Answer]
Length = tuple[timedelta | None, timedelta | None]
BY_VERDICT = {
    Verdict.WITHIN: Answer.YES,
    Verdict.OUTSIDE: Answer.NO,
    Verdict.OVERDUE: Answer.NO,
    Verdict.UNCERTAIN: Answer.UNSURE,
    Verdict.UNKNOWN: Answer.UNSURE,
    Verdict.CONTRADICTORY: Answer.UNSURE,
}
"""A clock that runs, has not begun or ended without a handover asks nothing of a child."""


def handed_over_in_time(case: Case, now: datetime) -> Answer:
    """Whether the handover came within the limit."""
    return BY_VERDICT.get(Verdict(handover_clock(case.facts, case.limits, now).verdict), Answer.OUT)


def planned_in_time(case: Case, now: datetime) -> Answer:
    """Whether the care plan was made within the limit."""
    return BY_VERDICT.get(Verdict(plan_clock(case.facts, case.limits, now).verdict), Answer.OUT)


def in_detention(case: Case, at: datetime) -> Answer:
    """Whether the child was held at a moment, by what had happened until then; unconfirmed is not sure, never yes."""
    state, _span = custody([fact for fact in case.facts if not _after(fact.span, at)], case.limits, at)
    return {Custody.HELD: Answer.YES, Custody.NO_RELEASE: Answer.UNSURE, Custody.RELEASED: Answer.NO}.get(
        state, Answer.OUT
    )


def saw_a_lawyer(case: Case, _now: datetime) -> Answer:
    """Whether a child in detention saw a lawyer; what nobody noted is not sure."""
    if not of_kind(case.facts, Kind.DETENTION):
        return Answer.OUT
    said = {fact.answer for fact in case.facts if fact.kind == Kind.LAWYER}
    if Said.YES in said:
        return Answer.YES
    return Answer.NO if Said.NO in said else Answer.UNSURE


def reunified(case: Case, _now: datetime) -> Answer:
    """Whether a child that was handed over returned home."""
    if of_kind(case.facts, Kind.REUNIFICATION):
        return Answer.YES
    return Answer.NO if of_kind(case.facts, Kind.HANDOVER) else Answer.OUT


def visited_after_six_months(case: Case, now: datetime) -> Answer:
    """Whether a child whose sixth month after the return is over was visited then."""
    for month, by, made in follow_ups(case.facts, case.limits):
        if month == SIX_MONTHS:
            if made:
                return Answer.YES
            if by is None:
                return Answer.UNSURE
            return Answer.NO if by < now else Answer.OUT
    return Answer.OUT


def recruited_again(case: Case, _now: datetime) -> Answer:
    """Whether a child that returned was recruited again; one that nobody visited is not sure."""
    if not of_kind(case.facts, Kind.REUNIFICATION):
        return Answer.OUT
    said = [fact.answer for fact in of_kind(case.facts, Kind.FOLLOW_UP, Kind.OUTCOME)]
    if Status.RE_RECRUITED in said:
        return Answer.YES
    return Answer.NO if any(answer != Status.LOST for answer in said) else Answer.UNSURE


SHARES: dict[str, Judge] = {
    "in_time": handed_over_in_time,
    "planned": planned_in_time,
    "detained": in_detention,
    "lawyer": saw_a_lawyer,
    "reunified": reunified,
    "six_months": visited_after_six_months,
    "again": recruited_again,
}
"""The shares, by the name their addresses bear."""


def to_notification(case: Case, _now: datetime) -> Length:
    """From the encounter to the notification."""
    return notified_after(case.facts)


def to_handover(case: Case, _now: datetime) -> Length:
    """From the encounter to the handover."""
    return _from_to(case.facts, Kind.ENCOUNTER, Kind.HANDOVER)


def to_reunification(case: Case, _now: datetime) -> Length:
    """From the handover to the return."""
    return _from_to(case.facts, Kind.HANDOVER, Kind.REUNIFICATION)


def held_for(case: Case, now: datetime) -> Length:
    """How long a detention lasted; of one whose end nobody noted, at least until it was last confirmed."""
    held = of_kind(case.facts, Kind.DETENTION)
    state, span = custody(case.facts, case.limits, now)
    if not held or state == Custody.NONE:
        return None, None
    least, most = between(held[0].span, span)
    return (least, most) if state == Custody.RELEASED else (least, between(held[0].span, Span(now, now))[1])


LENGTHS: dict[str, Callable[[Case, datetime], Length]] = {
    "notified": to_notification,
    "handed_over": to_handover,
    "returned": to_reunification,
    "held_for": held_for,
}
"""The lengths of time, likewise."""
FLOW = (Kind.ENCOUNTER, Kind.HANDOVER, Kind.CARE, Kind.REUNIFICATION, Kind.FOLLOW_UP)
"""The way home in five steps: who is found at a step has passed it, whatever was noted of the ones before."""


def share(judge: Judge, cases: Iterable[Case], now: datetime) -> Share:
    """One share over all the children."""
    answers = [judge(case, now) for case in cases]
    return Share(answers.count(Answer.YES), answers.count(Answer.NO), answers.count(Answer.UNSURE))


def middle(lengths: Iterable[Length]) -> Middle:
    """The median of what is known; a length that a date contradicts is left out like one without a date."""
    found = list(lengths)
    known = [
        (least, most)
        for least, most in found
        if least is not None and most is not None and most >= timedelta(0)
    ]
    if not known:
        return Middle(None, None, 0, len(found))
    least, most = (
        timedelta(seconds=median(each.total_seconds() for each in ends)) for ends in zip(*known, strict=True)
    )
    return Middle(least, most, len(known), len(found) - len(known))


def passed(case: Case, kind: str) -> bool:
    """Whether a child passed a step of the way home."""
    return bool(of_kind(case.facts, *FLOW[FLOW.index(Kind(kind)) :]))


def _from_to(facts: Sequence[Fact], start: str, end: str) -> Length:
    begun, ended = of_kind(facts, start), of_kind(facts, end)
    return between(begun[0].span, ended[0].span) if begun and ended else (None, None)


def _after(span: Span, moment: datetime) -> bool:
    return span.first is not None and span.first > moment
