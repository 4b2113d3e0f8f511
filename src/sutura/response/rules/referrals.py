"""What may leave with a referral: the fields of one row of one table, and less where no consent covers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sutura.response.choices import Need, State, Urgency

T = TypeVar("T")
ALWAYS = frozenset({"code", "sent", "service", "need", "urgency", "sex", "age", "place", "consent"})
POLICY: Mapping[str, frozenset[str]] = {
    Need.MEDICAL: ALWAYS | {"arrival"},
    Need.PSYCHOSOCIAL: ALWAYS,
    Need.LEGAL: ALWAYS | {"detention", "legal_basis", "charge"},
    Need.SAFETY: ALWAYS,
    Need.EDUCATION: ALWAYS,
    Need.REINTEGRATION: ALWAYS | {"association", "party"},
    Need.TRACING: ALWAYS,
}
"""The whole policy: what the receiver of each need is told, and nothing else."""
OWN_CONSENT = frozenset({"association", "party", "charge"})
"""These tell that a child was, or is said to have been, with a force or group: they leave by a consent of their own."""
TELLING = frozenset({Need.REINTEGRATION})
"""To be sent for one of these tells it too: without that consent nothing is sent."""
NEXT: Mapping[str, tuple[str, ...]] = {
    State.SENT: (State.RECEIVED, State.ACCEPTED, State.DECLINED),
    State.RECEIVED: (State.ACCEPTED, State.DECLINED),
    State.ACCEPTED: (State.GIVEN, State.UNSERVED),
}
"""What a receiver may answer; after the others there is nothing to answer."""
AWAITED = (State.SENT, State.RECEIVED)


@dataclass(frozen=True)
class Agreed:
    """A consent: for which receiver, whether it covers the association, from when to when.

    `covered`: what was agreed in the incident or alert where the docket began still covers this receiver.
    """

    receiver: int
    association: bool
    given_on: date
    expires_on: date
    withdrawn: bool = False
    covered: bool = True

    def holds(self, receiver: int, today: date) -> bool:
        """Whether it is in force for this receiver."""
        open_to = receiver == self.receiver and self.covered and not self.withdrawn
        return open_to and self.given_on <= today <= self.expires_on


def packet(
    record: Mapping[str, Any], need: str, *, receiver: int, agreed: Agreed, today: date,
    policy: Mapping[str, frozenset[str]] = POLICY,
) -> dict[str, Any]:  # fmt: skip
    """What this receiver is told today: nothing without a consent in force, nothing outside the row of the need."""
    if not agreed.holds(receiver, today) or (need in TELLING and not agreed.association):
        return {}
    allowed = policy.get(need, frozenset())
    if not agreed.association:
        allowed = allowed - OWN_CONSENT
    return {name: value for name, value in record.items() if name in allowed}


def due(sent_at: datetime, urgency: str) -> datetime:
    """Until when an answer is needed."""
    return sent_at + timedelta(hours=int(Urgency(urgency)))


def refusal(state: str, agreed: Agreed, *, receiver: int, today: date, heard: bool = False) -> str:
    """Why a link opens nothing now, as a code; nothing where it opens. `heard`: the feedback has come."""
    if agreed.withdrawn or not agreed.covered:
        return "withdrawn"
    if not agreed.holds(receiver, today):
        return "expired"
    return "" if state in NEXT or (state == State.GIVEN and not heard) else "answered"


def once(rows: Iterable[tuple[int, int | None, T]]) -> dict[int, list[T]]:
    """Each child once, with all that was done for it: rows of a docket, the docket it is a double of, what was done."""
    found: dict[int, list[T]] = {}
    for docket, into, done in rows:
        found.setdefault(docket if into is None else into, []).append(done)
    return found
