"""Give an opinion, and decide for the task force."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from sutura.access.rules import require
from sutura.audit.services import record
from sutura.incidents.models import Violation
from sutura.incidents.services import set_status
from sutura.verification.choices import PERMISSION, Level
from sutura.verification.judging import Draft, refuse, weighed, write
from sutura.verification.models import Opinion
from sutura.verification.rules import PENDING


@transaction.atomic
def give_opinion(
    *,
    violation: Violation,
    level: str,
    status: str,
    given_on: date,
    reason: str,
    by: Any,
    exception: str = "",
) -> Opinion:
    """Give the opinion of one level on a violation; at the level of the task force it is the decision.

    The first two opinions change no status and no figure. Raises NotAllowed (role, region, four eyes) or
    Invalid (order, date, reason, sources), each naming its field.
    """
    if level == Level.CTFMR:
        return decide(
            violation=violation, status=status, given_on=given_on, reason=reason, exception=exception, by=by
        )
    refuse("" if level in Level.values else "unknown")
    require(by, PERMISSION[Level(level)], region=violation.region)
    draft = Draft(level=level, status=status, given_on=given_on, reason=reason, exception=exception)
    opinion = write([weighed(violation, draft, by)])[0]
    record(by, "verification.give_opinion", of=violation, fields=f"{level} {status}")
    return opinion


@transaction.atomic
def decide(
    *, violation: Violation, status: str, given_on: date, reason: str, by: Any, exception: str = ""
) -> Opinion:
    """The decision of the task force: sets the status and its day, and with them the ledger, at once.

    Pending on a pending violation defers it; pending on a decided one reopens it, and the opinions begin anew.
    """
    require(by, PERMISSION[Level.CTFMR], region=violation.region)
    draft = Draft(level=Level.CTFMR, status=status, given_on=given_on, reason=reason, exception=exception)
    opinion = write([weighed(violation, draft, by)])[0]
    decided_on = None if status == PENDING else given_on
    set_status(violation=violation, status=status, decided_on=decided_on, by=by, why=opinion.reason[:500])
    record(by, "verification.decide", of=violation, fields=status)
    return opinion
