"""What is kept on a docket for the worklist, worked out from its lines each time one is noted."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.response.choices import Kind
from sutura.response.models import Docket, Step, TimeLimits
from sutura.response.models.dockets import standing
from sutura.response.rules.clocks import Fact, owed, stage_of


class Episode(NamedTuple):
    """One encounter of a child and all that followed it."""

    number: int
    steps: list[Step]
    facts: list[Fact]


def episodes(steps: list[Step]) -> list[Episode]:
    """The encounters of a child, in their order; each with its standing lines; an empty one where none is noted."""
    lines = standing(steps)
    return [
        Episode(
            number, found := [step for step in lines if step.episode == number], [step.fact for step in found]
        )
        for number in sorted({step.episode for step in lines}) or [1]
    ]


def limits_of(episode: Episode, versions: list[TimeLimits]) -> TimeLimits:
    """The limits in force on the day of the encounter; where nobody knows that day, on the day it was noted."""
    met = next((step for step in episode.steps if step.kind == Kind.ENCOUNTER), None)
    noted = episode.steps[0].noted_at if episode.steps else timezone.now()
    day = (met and met.day) or timezone.localdate(noted)
    return in_force(versions, day)


def in_force(versions: list[TimeLimits], day: date) -> TimeLimits:
    """The newest version that a day falls under; the first one for days before all."""
    if not versions:
        raise Invalid(_("No time limits are set. Ask whoever installed Sutura to load its registers."))
    return next((each for each in reversed(versions) if each.valid_from <= day), versions[0])


def settle(docket: Docket) -> Docket:
    """Set the stage of a docket and what is due next, by its latest encounter; whoever calls keeps it."""
    latest = episodes(list(docket.steps.all()))[-1]
    limits = limits_of(latest, list(TimeLimits.objects.all())).limits
    docket.stage = stage_of(latest.facts)
    due = next(iter(owed(latest.facts, limits)), None)
    docket.next_due, docket.next_due_at = (due.what, due.by) if due else ("", None)
    return docket


def last(episode: Episode, kind: str) -> Step | None:
    """The line of a kind which was noted last."""
    return next((step for step in reversed(episode.steps) if step.kind == kind), None)
