"""The time limits: loaded once, then followed by new versions which hold for encounters to come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.response.models import TimeLimits
from sutura.response.querysets import KEEP

FIRST: dict[str, Any] = {
    "valid_from": date(2013, 7, 1),
    "handover_hours": 48,
    "handover_source": "Largement cité pour le protocole du 1er juillet 2013 ; aucun texte premier ne le confirme.",
    "plan_hours": 72,
    "plan_source": "Règle de travail de ce registre.",
    "months": "1 3 6 12 18",
    "months_source": "Règle de travail de ce registre.",
    "confirm_days": 30,
    "confirm_source": "Règle de travail de ce registre.",
}


@transaction.atomic
def load_register(*, by: Any) -> TimeLimits | None:
    """The first version, where there is none."""
    require(by, KEEP, "")
    if TimeLimits.objects.exists():
        return None
    made = keep(TimeLimits(version=1, **FIRST), by=by)
    record(by, "response.set_limits", of=made)
    return made


@transaction.atomic
def set_limits(*, months: Iterable[int], valid_from: date, by: Any, **said: Any) -> TimeLimits:
    """The next version: for encounters from a day on, so that no clock that runs is set back."""
    require(by, KEEP, "")
    if valid_from <= timezone.localdate():
        raise Invalid(
            _("New limits hold from a day to come: clocks that run keep theirs."), field="valid_from"
        )
    chosen = sorted(set(months))
    if not chosen or chosen[0] < 1:
        raise Invalid(_("Write the months of follow-up, such as 1 3 6 12 18."), field="months")
    last = TimeLimits.objects.select_for_update().last()
    if last and valid_from <= last.valid_from:
        raise Invalid(_("A version holds from a later day already."), field="valid_from")
    made = TimeLimits(
        version=last.version + 1 if last else 1,
        valid_from=valid_from,
        months=" ".join(map(str, chosen)),
        **said,
    )
    keep(made, by=by)
    record(by, "response.set_limits", of=made)
    return made
