"""Set the status of violations: called by whoever verifies, on one violation or on the list of a sitting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep_changes, record
from sutura.incidents import checks
from sutura.incidents.booking import book
from sutura.incidents.choices import Status
from sutura.incidents.models import Violation


@dataclass(frozen=True, slots=True)
class Decision:
    """One violation, the status it gets, and the day the task force decided (never for pending)."""

    violation: Violation
    status: str
    decided_on: date | None


@transaction.atomic
def set_status(
    *, violation: Violation, status: str, decided_on: date | None = None, by: Any, why: str = ""
) -> Violation:
    """Set the status of one violation (see `set_statuses`)."""
    require(by, "verification.ctfmr", region=violation.region)
    set_statuses(decisions=[Decision(violation, status, decided_on)], by=by, why=why)
    record(by, "incidents.set_status", of=violation, fields="status decided_on")
    return violation


@transaction.atomic
def set_statuses(*, decisions: Sequence[Decision], by: Any, why: str = "") -> list[Violation]:
    """Set many statuses in one posting; the violations whose status or date changed.

    Verified needs the date of the decision, not before the incident and not after today; pending has none.
    """
    held = _held(decisions)
    for region in sorted({violation.region for violation in held.values()}):
        require(by, "verification.ctfmr", region=region)
    changed = []
    for decision in decisions:
        violation = held[decision.violation.pk]
        if _decide(violation, decision):
            changed.append(violation)
        decision.violation.status = violation.status
        decision.violation.decided_on = violation.decided_on
    keep_changes(changed, ["status", "decided_on"], by=by, why=why)
    book([violation.pk for violation in changed], by=by, act="incidents.set_statuses", why=why)
    if len(decisions) > 1:
        record(by, "incidents.set_statuses", fields=f"{len(changed)} status decided_on")
    return changed


def _held(decisions: Sequence[Decision]) -> dict[int, Violation]:
    wanted = [decision.violation.pk for decision in decisions]
    if len(set(wanted)) < len(wanted):
        raise Invalid(_("A violation gets one decision at a time."))
    rows = Violation.objects.select_for_update(of=("self",)).select_related("incident")
    return {violation.pk: violation for violation in rows.filter(pk__in=wanted)}


def _decide(violation: Violation, decision: Decision) -> bool:
    if not violation.standing or not violation.incident.counts:
        raise Invalid(_("%(ref)s is void: it cannot be decided.") % {"ref": violation.ref})
    if decision.status not in Status.values:
        raise Invalid(_("There is no such status."), field="status")
    decided_on = None if decision.status == Status.PENDING else decision.decided_on
    checks.decision(decision.status, decided_on, violation.incident.occurred_on)
    if (violation.status, violation.decided_on) == (decision.status, decided_on):
        return False
    violation.status, violation.decided_on = decision.status, decided_on
    return True
