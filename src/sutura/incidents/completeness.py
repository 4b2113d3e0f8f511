"""What the file of an incident lacks before it goes to verification, step by step (mrm.md 3.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.incidents.choices import VictimKind
from sutura.incidents.chronicle import FileAt
from sutura.incidents.models import Incident, Source, Violation
from sutura.incidents.rules import NO_PARTY, may_tell
from sutura.incidents.saying import short
from sutura.incidents.steps import LISTED, Step
from sutura.ledger.rules import CHILD_COUNTED_TYPES

NOT_NEEDED = ("attachments", "responses")


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing to do, in one sentence, and the step where it is done; `wrong` contradicts something told."""

    step: str
    text: str
    ref: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """What one violation counts and what its victims list."""

    violation: Violation
    listed: int
    primary: int
    secondary: int

    @property
    def rest(self) -> int:
        """Children counted and described nowhere."""
        return max(self.violation.total - self.listed, 0)


class Completeness:
    """The sums and the lacks of one file as it stands."""

    def __init__(self, file: FileAt) -> None:
        self.file = file
        self.violations = [one for one in file.violations if one.standing]
        self.victims = {one.pk: one for one in file.victims if not one.voided_reason}
        self.sources = {one.pk: one for one in file.sources if not one.voided_reason}
        self.perpetrators = {one.pk: one for one in file.perpetrators if not one.voided_reason}

    def sums(self) -> list[Sum]:
        """Violation by violation: counted, listed, sources."""
        listed: Counter[int] = Counter()
        for link in self.file.victim_links:
            if link.victim_id in self.victims:
                listed[link.violation_id] += self.victims[link.victim_id].size
        return [Sum(one, listed[one.pk], *self._weights(self._sources(one))) for one in self.violations]

    def _sources(self, violation: Violation) -> list[Source]:
        held = [link.source_id for link in self.file.source_links if link.violation_id == violation.pk]
        found = [self.sources[pk] for pk in held if pk in self.sources]
        return [source for source in found if may_tell(source.consent_reporting)]

    @staticmethod
    def _weights(sources: list[Source]) -> tuple[int, int]:
        primary = sum(source.primary for source in sources)
        return primary, len(sources) - primary

    def lacks(self) -> list[Lack]:
        """Everything still to do, in the order of the steps."""
        order = [step.name for step in LISTED]
        found = [*self._incident(), *self._people()]
        for told in self.sums():
            found += self._violation(told)
        return sorted(found, key=lambda lack: order.index(lack.step))

    def _incident(self) -> Iterator[Lack]:
        incident = self.file.incident
        if not self.violations:
            yield Lack("violations", _("There is no violation."), wrong=True)
        total = incident.boys + incident.girls + incident.unknown
        most = max((one.total for one in self.violations if one.type in CHILD_COUNTED_TYPES), default=0)
        if total and most > total:
            words = ngettext(
                "The incident counts one child in all, one violation alone counts %(most)s.",
                "The incident counts %(total)s children in all, one violation alone counts %(most)s.",
                total,
            )
            yield Lack("what", words % {"total": total, "most": most}, wrong=True)
        if not incident.account_shareable:
            yield Lack("accounts", _("There is no shareable account: reports have nothing to tell."))
        if not incident.account_restricted and ("incident", "account_restricted") not in self.file.hidden:
            yield Lack("accounts", _("There is no restricted account."))

    def _people(self) -> Iterator[Lack]:
        for one in self.victims.values():
            if one.kind == VictimKind.INDIVIDUAL and one.age is None and not one.under_18_reason:
                words = _("%(ref)s: no age, and nothing says that the child is under 18.")
                yield Lack("victims", words % {"ref": short(one.ref)}, one.ref)
        for source in self.sources.values():
            if source.primary and not (source.reliability and source.credibility):
                words = _("%(ref)s: reliability and credibility are not both given.")
                yield Lack("sources", words % {"ref": short(source.ref)}, source.ref)
            if not may_tell(source.consent_reporting):
                words = _("%(ref)s refuses that the facts be told: it proves nothing for the verification.")
                yield Lack("sources", words % {"ref": short(source.ref)}, source.ref)

    def _violation(self, told: Sum) -> Iterator[Lack]:
        one, ref = told.violation, {"ref": short(told.violation.ref)}
        counts = one.type in CHILD_COUNTED_TYPES
        if counts and not one.total:
            yield Lack("violations", _("%(ref)s counts no child yet.") % ref, one.ref)
        if one.pk not in self.file.details:
            yield Lack("violations", _("%(ref)s has no details yet.") % ref, one.ref)
        if counts and told.rest:
            words = ngettext(
                "%(ref)s counts one child, who is not described.",
                "%(ref)s counts %(total)s children, %(listed)s of them described.",
                one.total,
            )
            yield Lack("victims", words % {**ref, "total": one.total, "listed": told.listed}, one.ref)
        if not told.primary + told.secondary:
            yield Lack("sources", _("%(ref)s has no source.") % ref, one.ref)
        elif not told.primary:
            yield Lack("sources", _("%(ref)s has no primary source.") % ref, one.ref)
        yield from self._attribution(one, ref)

    def _attribution(self, one: Violation, ref: dict[str, str]) -> Iterator[Lack]:
        if one.attribution != NO_PARTY:
            return
        held = [link.perpetrator_id for link in self.file.perpetrator_links if link.violation_id == one.pk]
        named = [self.perpetrators[pk] for pk in held if pk in self.perpetrators]
        if not any(each.nexus for each in named):
            words = _("%(ref)s names no party, and nothing says why the unknown perpetrators are one.")
            yield Lack("perpetrators", words % ref, one.ref)

    def number(self, step: Step) -> int:
        """Standing records of a step; the incident itself is one."""
        if not step.of:
            return int(step.name == "what" or bool(self.file.incident.account_shareable))
        return sum(1 for one in getattr(self.file, step.of) if not one.voided_reason)

    def tasks(self, incident: Incident) -> list[dict[str, Any]]:
        """The steps as a list of tasks."""
        lacking: dict[str, list[Lack]] = {}
        for lack in self.lacks():
            lacking.setdefault(lack.step, []).append(lack)
        return [self._task(incident, step, lacking.get(step.name, [])) for step in LISTED]

    def _task(self, incident: Incident, step: Step, lacks: list[Lack]) -> dict[str, Any]:
        number = self.number(step)
        status = "done" if number and not lacks else "started" if number else "todo"
        if any(lack.wrong for lack in lacks):
            status = "problem"
        hint = _("If there are any") if step.name in NOT_NEEDED and not number else ""
        label = f"{step.label} ({number})" if step.of and number else step.label
        return {"label": label, "url": step.url(incident), "status": status, "hint": hint, "name": step.name}


def with_urls(incident: Incident, lacks: list[Lack]) -> list[dict[str, Any]]:
    """The lacks as a list of tasks, each leading to the page where it is done."""
    return [
        {
            "label": lack.text,
            "url": reverse("incidents:step", args=[incident.public_id, lack.step]),
            "status": "problem" if lack.wrong else "todo",
        }
        for lack in lacks
    ]
