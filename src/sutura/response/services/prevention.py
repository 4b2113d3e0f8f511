"""Prevention in communities: what was done, and how many took part."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.response.models import Activity
from sutura.response.querysets import KEEP


@transaction.atomic
def note_activity(
    *, kind: str, theme: str, place: Unit, held_on: date, organisation: Organisation, by: Any, **numbers: int
) -> Activity:
    """Something was done in a community; who took part is told by numbers alone."""
    require(by, KEEP, place.region)
    if held_on > timezone.localdate():
        raise Invalid(_("This day has not come yet. Correct it."), field="held_on")
    found = Activity(
        kind=kind, theme=theme, place=place, region=place.region, held_on=held_on, organisation=organisation, **numbers
    )  # fmt: skip
    if not found.participants:
        raise Invalid(_("Write how many took part: at least one number."), field="girls")
    keep(found, by=by)
    record(by, "response.note_activity", of=found)
    return found
