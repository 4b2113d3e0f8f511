"""An incident of sexual violence as it is read outside its group: the month, the cercle, what is counted, no more.

Here and in `querysets.apart` alone; pages show what these functions hand out.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sutura.incidents.models import Incident, Violation
from sutura.incidents.saying import attributed
from sutura.places.choices import Edition
from sutura.places.models import Unit
from sutura.ui import wording
from sutura.ui.statuses import STATUSES

# What a copy told apart still says of its incident; every other column is emptied or replaced.
KEPT = {"id", "public_id", "ref", "state", "region", "region_2023", "cercle", "opened_by", "opened_at"}


def when(incident: Incident) -> str:
    """The days of an incident in words; of one told apart, its month."""
    if getattr(incident, "is_apart", False):
        return wording.month(incident.occurred_on)
    if incident.open_ended:
        return _("since %(day)s") % {"day": wording.day(incident.occurred_on)}
    return wording.days(incident.occurred_on, incident.occurred_to)


def shown(violations: Iterable[Violation], user: Any) -> list[Violation]:
    """The violations as this person may see them: those of incidents apart as copies whose incident is blurred.

    They come with `incident__place`; one statement more, two where some are apart.
    """
    found = list(violations)
    ids = {one.incident_id for one in found}
    hidden = set(Incident.objects.told_apart_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    areas = _areas(one.incident for one in found if one.incident_id in hidden)
    return [_copied(one, areas) if one.incident_id in hidden else one for one in found]


def _areas(incidents: Iterable[Incident]) -> dict[str, Unit]:
    codes = {incident.cercle for incident in incidents}
    units = Unit.objects.filter(edition=Edition.COD_2021, code__in=codes) if codes else ()
    return {unit.code: unit for unit in units}


def _copied(violation: Violation, areas: dict[str, Unit]) -> Violation:
    told = copy(violation)
    told.incident = blurred(violation.incident, areas)
    return told


def blurred(incident: Incident, areas: dict[str, Unit]) -> Incident:
    """A copy, never to be saved, which knows its month and cercle only."""
    told = Incident(**{name: getattr(incident, name) for name in KEPT})
    told.occurred_on = incident.occurred_on.replace(day=1)
    told.place = areas.get(incident.cercle, incident.place)
    told.is_apart = True  # type: ignore[attr-defined]  # read by `when`
    return told


def page(user: Any, public_id: UUID) -> dict[str, Any]:
    """What the page of an incident apart shows; 404 for who may not even know of it."""
    known = Incident.objects.told_apart_to(user).select_related("place")
    incident = get_object_or_404(known, public_id=public_id)
    told = blurred(incident, _areas([incident]))
    standing = incident.violations.standing().order_by("pk")
    return {
        "incident": told,
        "state": STATUSES[told.state],
        "when": when(told),
        "where": told.place.name,
        "violations": [
            {
                "ref": one.ref,
                "type": one.get_type_display(),
                "status": one.status,
                "children": one.total,
                "party": attributed(one.party_label),
            }
            for one in standing
        ],
    }
