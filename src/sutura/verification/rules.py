"""Pure rules of verification: what may follow what, who may judge, what evidence lacks, and the clocks.

Sources: mrm.md 3.1 (chain), 3.3 (standard of verification), 8 (reports pending); codebook B2.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sutura.ledger.rules import CHILD_COUNTED_TYPES

PENDING, COULD_NOT_VERIFY, VERIFIED = "pending", "could_not_verify", "verified"
NOT_MRM, DID_NOT_OCCUR = "not_mrm", "did_not_occur"
STATUSES = (PENDING, COULD_NOT_VERIFY, VERIFIED, NOT_MRM, DID_NOT_OCCUR)
DECIDED = (COULD_NOT_VERIFY, VERIFIED, NOT_MRM, DID_NOT_OCCUR)

FOCAL_POINT, TECHNICAL, CTFMR = "focal_point", "technical", "ctfmr"
LEVELS = (FOCAL_POINT, TECHNICAL, CTFMR)
"""The three opinions, in their order (mrm.md 3.1, steps 4 to 6)."""

GRADES = ("low", "medium", "high")
SECONDARY = "secondary"
BLOCKING = ("no_source", "few_primary", "no_grades", "no_children")
"""What keeps a violation from being verified; the first three give way to a written exception."""
EXCUSABLE = BLOCKING[:3]


@dataclass(frozen=True, slots=True)
class Given:
    """One opinion as the rules read it; `reopened` marks the decision which sends a violation back to pending."""

    level: str
    status: str
    given_on: date | None
    by: int | None
    reopened: bool = False
    imported: bool = False


@dataclass(frozen=True, slots=True)
class Weight:
    """What one source weighs: whether it is primary, whether trained staff heard it, and its grade ("" if none)."""

    primary: bool
    trained: bool
    grade: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file of one violation holds, for the list of what lacks.

    `children` are those of its tally; `age_known`: an age, or how it is known that they are under 18, of at
    least one described victim; `nexus`: a note saying why unidentified perpetrators are held to be a party.
    """

    type: str
    children: int
    sources: tuple[Weight, ...] = ()
    identified: bool = False
    nexus: bool = False
    age_known: bool = False
    shareable: bool = True

    @property
    def primary(self) -> int:
        """Primary sources: victim, witness, alleged perpetrator."""
        return sum(source.primary for source in self.sources)

    @property
    def secondary(self) -> int:
        """Secondary sources."""
        return len(self.sources) - self.primary

    @property
    def trained(self) -> bool:
        """Whether a source was heard by United Nations staff or a trained partner."""
        return any(source.trained for source in self.sources)


@dataclass(frozen=True, slots=True)
class Step:
    """One level as it stands: the opinion in force in this round, and whether the violation waits for it."""

    level: str
    given: Given | None
    waits: bool


def weight(category: str, reliability: str, credibility: str, trained: str) -> Weight:
    """What a source weighs: its grade is the lower of reliability and credibility, "" unless both are given."""
    graded = reliability in GRADES and credibility in GRADES
    grade = GRADES[min(GRADES.index(reliability), GRADES.index(credibility))] if graded else ""
    return Weight(category != SECONDARY, trained == "yes", grade)


def lacks(evidence: Evidence, minimum: int) -> list[str]:
    """Codes of what the file lacks (words in `choices.Lack`), gravest first.

    `minimum`: primary sources needed to verify, a setting (mrm.md 3.3, suggested machine rule).
    """
    primary = [source for source in evidence.sources if source.primary]
    found = []
    if not evidence.sources:
        found.append("no_source")
    elif len(primary) < minimum:
        found.append("few_primary")
    elif not any(source.grade for source in primary):
        found.append("no_grades")
    if evidence.type in CHILD_COUNTED_TYPES and not evidence.children:
        found.append("no_children")
    if not evidence.identified and not evidence.nexus:
        found.append("no_nexus")
    if evidence.type in CHILD_COUNTED_TYPES and not evidence.age_known:
        found.append("no_age")
    if evidence.sources and not evidence.trained:
        found.append("no_trained")
    if not evidence.shareable:
        found.append("no_shareable")
    return found


def blocking(found: Iterable[str], exception: str) -> list[str]:
    """Of what lacks, what still forbids to verify; a written exception excuses the sources, nothing else."""
    excused = EXCUSABLE if exception.strip() else ()
    return [code for code in found if code in BLOCKING and code not in excused]


def round_of(opinions: Sequence[Given]) -> list[Given]:
    """The opinions given since the violation was last reopened, oldest first."""
    last = max((at for at, given in enumerate(opinions) if given.reopened), default=-1)
    return list(opinions[last + 1 :])


def in_force(opinions: Sequence[Given], level: str) -> Given | None:
    """The opinion of a level which no later one of this round supersedes."""
    return next((given for given in reversed(round_of(opinions)) if given.level == level), None)


def steps(status: str, opinions: Sequence[Given]) -> list[Step]:
    """The three levels as they stand; a pending violation waits for the first which has not concluded."""
    found: list[Step] = []
    waiting = status == PENDING
    for level in LEVELS:
        given = in_force(opinions, level)
        waits = waiting and (given is None or given.status == PENDING)
        found.append(Step(level, given, waits))
        waiting = waiting and not waits
    return found


def stage(status: str, opinions: Sequence[Given]) -> str:
    """The level a pending violation waits for; "" once decided."""
    return next((step.level for step in steps(status, opinions) if step.waits), "")


def transition_fault(current: str, opinions: Sequence[Given], level: str, to: str) -> str:
    """Why an opinion may not be given now, as a code of `choices.Refusal`; "" when it may.

    The levels follow each other while the violation is pending, and each may speak again. A decided violation
    is the task force's alone: it may reopen it (back to pending, and all three levels anew) or replace its
    decision; it verifies what was not verified only on a concluded second opinion of the present round.
    """
    if to not in STATUSES or level not in LEVELS:
        return "unknown"
    if level != CTFMR:
        if current != PENDING:
            return "decided"
        return "" if level == FOCAL_POINT or _concluded(opinions, FOCAL_POINT) else "order"
    needs_second = current == PENDING or (to == VERIFIED and current != VERIFIED)
    if needs_second and not _concluded(opinions, TECHNICAL):
        return "order" if current == PENDING else "reopen_first"
    return ""


def _concluded(opinions: Sequence[Given], level: str) -> bool:
    given = in_force(opinions, level)
    return given is not None and given.status != PENDING


def eyes_fault(opinions: Iterable[Given], level: str, by: int | None, documented: bool) -> str:
    """Why this person may not judge at this level: `other_level` or `documented`; "" when she may (four eyes).

    One person gives opinions of one level only on a violation, in whatever round. Whoever documented it
    (opened the incident, or wrote the incident, the violation, or one of its victims, perpetrators or sources)
    may give the first opinion, but neither the second nor the decision.
    """
    if any(given.by == by and given.level != level and not given.imported for given in opinions):
        return "other_level"
    return "documented" if documented and level != FOCAL_POINT else ""


def date_fault(given_on: date, occurred_on: date, today: date, before: date | None) -> str:
    """What is wrong with the day of an opinion: `before_incident`, `future`, `before_last`; "" when nothing is.

    `before`: the day of the opinion it follows.
    """
    if given_on < occurred_on:
        return "before_incident"
    if given_on > today:
        return "future"
    return "before_last" if before is not None and given_on < before else ""


def follows(opinions: Sequence[Given], level: str) -> date | None:
    """The latest day among the opinions in force of the levels below; None when there is none."""
    below = LEVELS[: LEVELS.index(level)]
    days = [
        given.given_on for given in (in_force(opinions, each) for each in below) if given and given.given_on
    ]
    return max(days, default=None)


def reopens(current: str, to: str) -> bool:
    """Whether a decision sends a decided violation back to pending."""
    return current in DECIDED and to == PENDING


def quarter_closes(today: date) -> date:
    """The last day of the calendar quarter of a day: decisions dated later feed the next note (mrm.md 3.4)."""
    month = 3 * ((today.month + 2) // 3)
    first_after = date(today.year + month // 12, month % 12 + 1, 1)
    return first_after - timedelta(days=1)


def is_late(occurred_to: date, decided_on: date) -> bool:
    """Whether a decision falls in a later quarter than the end of the incident (mrm.md 4, late verification)."""
    return decided_on > quarter_closes(occurred_to)


def over(days: int, steps_of_age: Collection[int]) -> int:
    """The greatest step of age which a number of days has passed; 0 for none."""
    return max((step for step in steps_of_age if days > step), default=0)
