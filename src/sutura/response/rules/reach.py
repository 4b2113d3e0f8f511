"""Visits and approaches: what may follow what, and since when somebody is waited for, with the reason as a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sutura.response.choices import Next, Reaction, Request, SiteKind, Stage, Standing

TO_ANSWER = timedelta(days=7)
"""After so long without an answer an authority is asked again."""
BEFORE = timedelta(days=7)
"""So long before its day a visit must have been asked for."""
TO_REACT = timedelta(days=14)
"""After so long an approach without an answer and without a next step is taken up again."""

FOLLOWS: Mapping[str, tuple[str, ...]] = {
    Standing.PLANNED: ("ask", "hold", "refuse", "postpone", "drop"),
    Standing.ASKED: ("authorise", "refuse", "unanswered", "postpone", "drop"),
    Standing.AUTHORISED: ("hold", "refuse", "postpone", "drop"),
}
"""Which act may follow; after the others a further try is a visit of its own, so that each refusal counts once."""
TO_COME = tuple(FOLLOWS)
CLOSED_DOOR = (Standing.REFUSED, Standing.UNANSWERED)


class Wait(StrEnum):
    """Why a visit or an approach waits for somebody."""

    TO_ASK = "to_ask"
    ANSWER = "answer"
    TO_MAKE = "to_make"
    NEXT = "next"
    SILENT = "silent"


@dataclass(frozen=True)
class Asked:
    """A visit as the rules see it."""

    standing: str
    planned_on: date
    asked_on: date | None = None


@dataclass(frozen=True)
class Told:
    """An approach as the rules see it, with its last answer."""

    made_on: date
    reaction: str
    next_step: str = ""
    next_on: date | None = None
    voided: bool = False


def visit_waits(visit: Asked) -> tuple[str, date | None]:
    """What a visit waits for and from which day on it is late; it depends on what is noted, never on today."""
    if visit.standing == Standing.PLANNED:
        return Wait.TO_ASK, visit.planned_on - BEFORE
    if visit.standing == Standing.ASKED and visit.asked_on:
        return Wait.ANSWER, visit.asked_on + TO_ANSWER
    if visit.standing == Standing.AUTHORISED:
        return Wait.TO_MAKE, visit.planned_on
    return "", None


def before(visit: Asked, *, answered: bool) -> str:
    """Where a visit stood before what was noted last, when that was a mistake."""
    if visit.standing in (Standing.DONE, Standing.DROPPED) and answered:
        return Standing.AUTHORISED
    if visit.standing != Standing.ASKED and visit.asked_on:
        return Standing.ASKED
    return Standing.PLANNED


def approach_waits(told: Told) -> tuple[str, date | None]:
    """What an approach waits for: its next step, or where none is set and nothing was granted, a word from us."""
    if told.voided or told.reaction == Reaction.DONE or told.next_step == Next.END:
        return "", None
    if told.next_step and told.next_on:
        return Wait.NEXT, told.next_on
    return Wait.SILENT, told.made_on + TO_REACT


def of_one_child(subject: str) -> bool:
    """Whether a docket has a word for what is asked."""
    return subject in Request.values


def may_be_seen(stage: str, kind: str) -> bool:
    """Whether a child who stands there may be found in a place of that kind without a new encounter."""
    if kind in (SiteKind.CENTRE, SiteKind.OTHER):
        return stage in (Stage.MET, Stage.HELD, Stage.HANDED_OVER, Stage.IN_CARE)
    return stage in (Stage.MET, Stage.HELD)
