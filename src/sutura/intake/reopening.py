"""A record that waits is opened by a person, for a reason, and tried again."""

from __future__ import annotations

from typing import Any

from sutura.access.errors import given_reason
from sutura.intake.models import Outcome, Submission
from sutura.intake.openrosa.records import read
from sutura.intake.services.submissions import take_over
from sutura.vault.revealing import reveal


def try_again(*, submission: Submission, why: str, by: Any) -> Outcome | None:
    """Open a record and make of it what its form says; the reason is on record before it opens."""
    reveal([submission], by=by, reason=given_reason(why))
    return take_over(submission=submission, told=read(submission.xml.encode()), by=by)
