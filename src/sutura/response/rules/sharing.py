"""What the consents of an incident allow here: the second, sharing for a referral; the third, to be contacted again.

They are asked and noted in the incident or with the alert (mrm.md 9), and read anew each time something would leave.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sutura.incidents.choices import Answer, Outcome, SharingWith, VictimKind
from sutura.response.choices import Bar

ANYBODY = frozenset({SharingWith.PARTNERS})
"""Partners and service providers: whoever runs a service of the map is one."""


@dataclass(frozen=True)
class Receiver:
    """The organisation that would be told: its names as `plain` writes them, and whether it sits in the task force."""

    names: frozenset[str]
    in_task_force: bool = False


@dataclass(frozen=True)
class Sharing:
    """What the child or the parents answered, and with whom; `standing`: the record that bears it was not voided."""

    answer: str = ""
    with_whom: frozenset[str] = field(default_factory=frozenset)
    other: str = ""
    contact: str = ""
    standing: bool = True

    @property
    def given(self) -> bool:
        """Whether anything may be shared with anybody."""
        return self.standing and self.answer == Answer.YES and bool(self.with_whom - {SharingWith.NO_ONE})

    @property
    def may_contact(self) -> bool:
        """Whether the child or the parents may be asked again."""
        return self.standing and self.contact == Answer.YES

    def covers(self, receiver: Receiver) -> bool:
        """Whether this organisation may be told: only who was named, and nobody where no one was."""
        if not self.given or SharingWith.NO_ONE in self.with_whom:
            return False
        return (
            bool(self.with_whom & ANYBODY)
            or (SharingWith.UNICEF in self.with_whom and "unicef" in receiver.names)
            or (SharingWith.CTFMR in self.with_whom and receiver.in_task_force)
            or (SharingWith.OTHER in self.with_whom and self.other in receiver.names)
        )


def bar(sharing: Sharing, *, kind: str, outcomes: frozenset[str]) -> str:
    """Why no referral begins from a victim, as a code; nothing where it may."""
    if kind == VictimKind.GROUP:
        return Bar.GROUP
    if Outcome.DIED in outcomes:
        return Bar.DIED
    if sharing.answer == Answer.NO:
        return Bar.REFUSED
    if sharing.answer != Answer.YES:
        return Bar.NOT_ASKED
    return "" if sharing.given and SharingWith.NO_ONE not in sharing.with_whom else Bar.NO_ONE
