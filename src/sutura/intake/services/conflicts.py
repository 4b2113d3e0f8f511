"""Two records say different things of one matter: a person chose which holds. The other stays, with her reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.intake import shipped
from sutura.intake.choices import Became, Holds
from sutura.intake.keeping import hold_waiting, settled
from sutura.intake.models import Outcome, Submission
from sutura.intake.openrosa.records import Record

BY_HAND = _("What this form makes is corrected by hand: choose that, and open the record there is.")


@transaction.atomic
def settle(
    *, submission: Submission, standing: Submission, told: Record, holds: str, why: str, by: Any
) -> Outcome:
    """Settle a record that waits because `standing` says something else; `told` is what it says. Raises DomainError."""
    require(by, "alerts.triage", submission.region)
    require(by, "alerts.triage", standing.region)
    why = given_reason(why, 300)
    hold_waiting(submission)
    if holds == Holds.TAKEN_NEW:
        outcome = _taken(submission, standing, told, why, by)
    else:
        outcome = settled(submission, Became.ASIDE, kind=holds, reason=why, by=by)
    record(by, "intake.settle_conflict", of=submission, fields=holds)
    return outcome


def _taken(submission: Submission, standing: Submission, told: Record, why: str, by: Any) -> Outcome:
    """The new one holds: what the other became gives way by the act of its own app."""
    mapping = shipped.MAPPINGS.get(told.form_id)
    if mapping is None:
        return settled(submission, Became.KEPT, kind=Holds.TAKEN_NEW, reason=why, by=by)
    last = Outcome.objects.among(submission=standing).order_by("pk").last()
    if last is None or last.became != Became.MADE:
        made = mapping.make(told, by)
        if last is None or last.became == Became.WAITS:
            settled(standing, Became.ASIDE, kind=Holds.TAKEN_NEW, reason=why, by=by)
    elif mapping.replace is None:
        raise Invalid(BY_HAND, field="holds")
    else:
        there = mapping.find(last.made, by)
        if there is None:
            raise Invalid(
                _("What is there cannot be opened with your rights. Ask a colleague of its region.")
            )
        made = mapping.replace(there, told, by, why)
    kind = made._meta.label_lower
    return settled(submission, Became.MADE, kind=kind, made=str(made), reason=why, by=by)
