"""Put a file on hold, lift the hold, keep a file on: what is decided of how long it is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.incidents.choices import Verdict
from sutura.incidents.editing import hold
from sutura.incidents.models import Incident, RetentionDecision


@transaction.atomic
def hold_file(*, incident: Incident, by: Any, why: str) -> RetentionDecision:
    """A court, an inquiry or a search for reparation needs the file: nothing in it is shredded meanwhile."""
    require(by, "incidents.void", region=hold(incident).region)
    if incident.on_hold:
        raise Invalid(_("This file is on hold already."))
    return _decide(incident, Verdict.HELD, why, by=by, act="incidents.hold_file")


@transaction.atomic
def release_file(*, incident: Incident, by: Any, why: str) -> RetentionDecision:
    """Nobody needs the hold any more."""
    require(by, "incidents.void", region=hold(incident).region)
    if not incident.on_hold:
        raise Invalid(_("This file is not on hold."))
    return _decide(incident, Verdict.RELEASED, why, by=by, act="incidents.release_file")


@transaction.atomic
def keep_file(*, incident: Incident, by: Any, until: date, why: str) -> RetentionDecision:
    """Its time was reviewed: it is still needed, and is looked at again on a day."""
    require(by, "incidents.void", region=hold(incident).region)
    if until <= timezone.localdate():
        raise Invalid(_("Choose a day to come."), field="until")
    return _decide(incident, Verdict.KEPT, why, by=by, act="incidents.keep_file", until=until)


def _decide(
    incident: Incident, verdict: Verdict, why: str, *, by: Any, act: str, until: date | None = None
) -> RetentionDecision:
    made = RetentionDecision.objects.create(
        incident=incident, verdict=verdict, why=given_reason(why), until=until, by=by
    )
    record(by, act, of=incident)
    return made
