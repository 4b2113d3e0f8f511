"""What may become of a recommendation, as pure functions (smsps.md 5.4): days and states in, answers out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

PROPOSED, ADOPTED, UNDER_WAY, DECLARED, VERIFIED = "proposed", "adopted", "under_way", "declared", "verified"
BLOCKED, DEFERRED, LAPSED, REPLACED = "blocked", "deferred", "lapsed", "replaced"

OWED = (ADOPTED, UNDER_WAY, BLOCKED, DEFERRED)
"""States in which the responsible organisation still owes something: only these can be late."""
CLOSED = (VERIFIED, LAPSED, REPLACED)
OPEN = (PROPOSED, *OWED, DECLARED)

# Act → the states it may be done in, and the state it leads to.
ACTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "adopt": ((PROPOSED,), ADOPTED),
    "report": (OWED, UNDER_WAY),
    "declare": (OWED, DECLARED),
    "verify": ((DECLARED,), VERIFIED),
    "send_back": ((DECLARED,), UNDER_WAY),
    "block": ((ADOPTED, UNDER_WAY, DEFERRED), BLOCKED),
    "defer": (OWED, DEFERRED),
    "lapse": ((PROPOSED, *OWED), LAPSED),
    "replace": ((PROPOSED, *OWED), REPLACED),
}
MISSED_MEETINGS = 2
"""So many meetings held after its day, and a recommendation goes to the lead of the body."""
AGES = (30, 90, 180)
"""Upper ends, in days, of all age bands but the last."""


def acts_open(state: str) -> list[str]:
    """The acts which make sense in a state, in their usual order."""
    return [act for act, (states, _to) in ACTS.items() if state in states]


def is_late(*, state: str, due_on: date | None, today: date) -> bool:
    """Whether its day is over and it is still owed; one declared done waits for its verifier, and is not late."""
    return state in OWED and due_on is not None and due_on < today


def days_late(*, state: str, due_on: date | None, today: date) -> int:
    """Days since its day; 0 when it is not late."""
    return (
        (today - due_on).days
        if due_on is not None and is_late(state=state, due_on=due_on, today=today)
        else 0
    )


def escalation_day(held: Iterable[date]) -> date | None:
    """The day before which a due day means that two meetings were missed: that of the last meeting but one.

    One look at the meetings answers for every recommendation of the body.
    """
    days = sorted(set(held))
    return days[-MISSED_MEETINGS] if len(days) >= MISSED_MEETINGS else None


def is_escalated(*, state: str, due_on: date | None, today: date, held: Iterable[date]) -> bool:
    """Whether two meetings of its body were held after its day while it was still owed (smsps.md 5.4)."""
    limit = escalation_day(day for day in held if day <= today)
    late = is_late(state=state, due_on=due_on, today=today)
    return late and limit is not None and due_on is not None and due_on < limit


def reference(acronym: str, day: date, number: int) -> str:
    """`CCT-2026-07-03`: the body, the month in which it was born, its number in that month."""
    return f"{series(acronym, day)}-{number:02d}"


def series(acronym: str, day: date) -> str:
    """`CCT-2026-07`: what numbers are counted under."""
    return f"{acronym}-{day:%Y-%m}"


@dataclass(frozen=True)
class Declaration:
    """Who declared a recommendation done: accounts (also whoever handed out the link it came by), and the owner."""

    authors: Collection[int]
    responsible: int


def refusal_of_done(*, evidence: int) -> str:
    """Why it cannot be declared done, as a code; nothing when it can."""
    return "" if evidence else "no_evidence"


def refusal_of_verifier(
    declared: Declaration, *, verifier: int, organisation: int | None, evidence: int
) -> str:
    """Why this person cannot verify it, as a code; nothing when she can.

    Another organisation than the responsible one verifies, never an author of the declaration, never without proof.
    """
    if not evidence:
        return "no_evidence"
    if verifier in declared.authors:
        return "own_declaration"
    if organisation is None:
        return "no_organisation"
    return "own_organisation" if organisation == declared.responsible else ""


def age_band(days: int) -> int:
    """Which of the bands 0–30, 31–90, 91–180, over 180 days an age is in: 0 to 3."""
    return sum(days > end for end in AGES)


@dataclass(frozen=True)
class Followed:
    """What is counted of one recommendation."""

    state: str
    adopted_on: date | None
    due_on: date | None
    verified_on: date | None
    deferrals: int = 0

    def has_come(self, today: date) -> bool:
        """Adopted, its day come, neither lapsed nor replaced: what the rate of implementation is counted over."""
        there = self.adopted_on is not None and self.state not in (LAPSED, REPLACED)
        return there and self.due_on is not None and self.due_on <= today


@dataclass(frozen=True)
class Implementation:
    """How far recommendations are carried out (smsps.md 9bis): verified among those adopted whose day has come.

    A replaced one counts through the one that replaces it; a lapsed one is told apart. `median_days` runs from
    adoption to verification; `closed` and `on_time` count all that were verified, and those by their last day;
    `ages` counts those not closed, by days since adoption.
    """

    due: int
    verified: int
    declared: int
    lapsed: int
    closed: int
    on_time: int
    deferrals: int
    median_days: float | None
    ages: tuple[int, int, int, int]

    @property
    def rate(self) -> float | None:
        """Verified of those due, 0 to 1; None when nothing was due."""
        return self.verified / self.due if self.due else None


def implementation(followed: Iterable[Followed], *, today: date) -> Implementation:
    """The figures of a set of recommendations on a day."""
    every = [one for one in followed if one.adopted_on is not None]
    due = [one for one in every if one.has_come(today)]
    took = [(one.verified_on - one.adopted_on).days for one in every if one.verified_on and one.adopted_on]
    ages = [0, 0, 0, 0]
    for one in every:
        if one.state not in CLOSED and one.adopted_on:
            ages[age_band((today - one.adopted_on).days)] += 1
    return Implementation(
        due=len(due),
        verified=sum(one.state == VERIFIED for one in due),
        declared=sum(one.state == DECLARED for one in due),
        lapsed=sum(one.state == LAPSED for one in every),
        closed=len(took),
        on_time=sum(bool(one.verified_on and one.due_on and one.verified_on <= one.due_on) for one in every),
        deferrals=sum(one.deferrals for one in every),
        median_days=median(took) if took else None,
        ages=(ages[0], ages[1], ages[2], ages[3]),
    )


@dataclass(frozen=True)
class LinkFacts:
    """What decides whether a link still opens: when it ends, whether it was withdrawn or used, and the state."""

    expires_at: datetime
    revoked: bool
    used: bool
    state: str


def link_refusal(link: LinkFacts, *, now: datetime) -> str:
    """Why a link no longer opens, as a code; nothing when it does. One report, then it is spent."""
    if link.used:
        return "used"
    if link.revoked:
        return "withdrawn"
    if link.expires_at <= now:
        return "expired"
    return "" if link.state in OWED else "closed"
