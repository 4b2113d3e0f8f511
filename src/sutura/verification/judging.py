"""One opinion weighed against the rules before it is written; raises Invalid or NotAllowed with one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.incidents.editing import hold
from sutura.incidents.models import Violation
from sutura.verification import rules
from sutura.verification.choices import REFUSED_FIELD, Lack, Refusal
from sutura.verification.evidence import evidence_of, given_on, lacks_of
from sutura.verification.models import Opinion
from sutura.verification.rules import CTFMR, DECIDED, PENDING, VERIFIED, Given

# Acts on an incident which do not document it.
NOT_DOCUMENTING = (
    "incidents.set_status", "incidents.set_statuses", "incidents.close_incident", "incidents.reopen_incident",
    "incidents.mark_duplicate", "incidents.void_incident", "incidents.void_violation", "incidents.void_victim",
    "incidents.void_perpetrator", "incidents.void_source", "incidents.void_attachment", "incidents.void_response",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An opinion as proposed: its level, status, day, reason, and the exception to the minimum of sources."""

    level: str
    status: str
    given_on: date
    reason: str
    exception: str = ""


def refuse(code: str) -> None:
    """Raise the refusal of a code, unless it is empty."""
    if code in ("other_level", "documented"):
        raise NotAllowed(Refusal(code).label)
    if code:
        raise Invalid(Refusal(code).label, field=REFUSED_FIELD.get(code, ""))


def weighed(violation: Violation, draft: Draft, by: Any) -> Opinion:
    """The opinion, ready to be written; the violation is locked and read again."""
    hold(violation)
    violation.incident.refresh_from_db()
    given = given_on([violation]).get(violation.pk, [])
    refuse(fault(violation, given, draft.level, by, documented=documented_by(violation, by)))
    refuse(rules.transition_fault(violation.status, given, draft.level, draft.status))
    refuse(_same(violation, draft))
    refuse("" if draft.reason.strip() else "no_reason")
    before = None if violation.status in DECIDED else rules.follows(given, draft.level)
    refuse(rules.date_fault(draft.given_on, violation.incident.occurred_on, timezone.localdate(), before))
    evidence = evidence_of([violation])[violation.pk]
    if draft.status == VERIFIED:
        _enough(lacks_of(evidence), draft.exception)
    return Opinion(
        violation=violation,
        level=draft.level,
        status=draft.status,
        given_on=draft.given_on,
        by=by,
        reason=draft.reason.strip(),
        exception=draft.exception.strip() if draft.status == VERIFIED else "",
        primary_sources=evidence.primary,
        secondary_sources=evidence.secondary,
        trained=evidence.trained,
        reopened=draft.level == CTFMR and rules.reopens(violation.status, draft.status),
    )


def fault(violation: Violation, given: Sequence[Given], level: str, by: Any, *, documented: bool) -> str:
    """Why this person may not speak at this level at all, as a code of `choices.Refusal`; "" when she may."""
    if not violation.standing or not violation.incident.counts:
        return "void"
    if level != CTFMR and violation.status != PENDING:
        return "decided"
    return rules.eyes_fault(given, level, by.pk, documented)


def documented_by(violation: Violation, by: Any) -> bool:
    """Whether the person opened the incident, or wrote it, the violation, or a part of it, by the log of acts."""
    incident = violation.incident
    if incident.opened_by_id == by.pk:
        return True
    subjects = [incident.public_id, violation.public_id]
    for parts in (incident.sources, incident.victims, incident.perpetrators):
        subjects.extend(parts.values_list("public_id", flat=True))
    acts = Entry.objects.filter(actor_id=by.pk, subject__in=[str(subject) for subject in subjects])
    return acts.filter(act__startswith="incidents.").exclude(act__in=NOT_DOCUMENTING).exists()


def _same(violation: Violation, draft: Draft) -> str:
    if draft.level != CTFMR or violation.status == PENDING:
        return ""
    same = (violation.status, violation.decided_on) == (draft.status, draft.given_on)
    return "same" if same else ""


def _enough(found: list[str], exception: str) -> None:
    for code in rules.blocking(found, exception):
        field = "exception" if code in rules.EXCUSABLE else "status"
        words = str(Lack(code).label)
        if field == "exception":
            words = _("%(lack)s Complete the file, or write why an exception is made.") % {"lack": words}
        raise Invalid(words, field=field)


def write(opinions: Sequence[Opinion]) -> list[Opinion]:
    """Append opinions; the table takes no update, so it keeps no second history."""
    return Opinion.objects.bulk_create(opinions, batch_size=2000)
