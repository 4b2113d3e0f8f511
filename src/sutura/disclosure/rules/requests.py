"""What a request may still become; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from sutura.disclosure.choices.exports import State


def ends(state: str, since: datetime, *, waits: timedelta, kept: timedelta) -> datetime | None:
    """When a request, or the file made for it, is over: `since` it was asked, or approved; None once settled."""
    if state == State.ASKED:
        return since + waits
    return since + kept if state == State.APPROVED else None


def state_of(state: str, end: datetime, now: datetime) -> str:
    """The state a person is told: what is past its end has expired, also before it was tidied away."""
    return State.EXPIRED if state in (State.ASKED, State.APPROVED) and end <= now else State(state)
