"""What may tell of the same event as an incident: other incidents and waiting alerts, each with its reasons in words.

Only what the reader may read is ever compared, by the rule of the alerts. It suggests, and stops nobody from saving.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from sutura.access.rules import may
from sutura.alerts.likenesses import LOOKED_AT, SHOWN, like_alerts, ranked
from sutura.alerts.models import Alert
from sutura.alerts.rules import Told
from sutura.incidents.models import Incident
from sutura.incidents.rules import NO_PARTY
from sutura.ui import wording

TALLY = ("boys", "girls", "unknown")


def suggestions(incident: Incident, user: Any) -> list[dict[str, Any]]:
    """What a page shows beside an incident: reference, address, days and reasons; four questions at most."""
    told = told_by(incident)
    alerts = Alert.objects.visible_to(user).readable_by(user).pending().exclude(pk=incident.alert_id or 0)
    found = [shown(like.alert, like.reasons, like.alert.happened_on, like.alert.happened_to)
             for like in like_alerts(told, alerts)]  # fmt: skip
    return [*like_incidents(told, user, but=incident.pk), *found][:SHOWN]


def like_incidents(told: Told, user: Any, *, but: int = 0) -> list[dict[str, Any]]:
    """Incidents that may be the event of a telling."""
    if told.happened_on is None or not may(user, "incidents.read"):
        return []
    last = told.happened_to or told.happened_on
    near = Incident.objects.visible_to(user).counting().around(told.happened_on, last).exclude(pk=but)
    near = near.select_related("place").prefetch_related("violations", "perpetrators__party")
    rows = list(near.newest_first()[:LOOKED_AT])
    alike = ranked(told, ((one, told_by(one)) for one in rows))
    return [shown(one, reasons, one.occurred_on, one.occurred_to) for one, reasons in alike]


def shown(record: Any, reasons: list[str], first: Any, last: Any) -> dict[str, Any]:
    """One suggestion."""
    return {
        "ref": record.ref,
        "url": record.get_absolute_url() if isinstance(record, Alert) else _address(record),
        "when": wording.days(first, last),
        "reasons": reasons,
    }


def told_by(incident: Incident) -> Told:
    """What is compared of an incident: by code, nothing sealed."""
    violations = [one for one in incident.violations.all() if not one.voided_reason]
    accused = [one for one in incident.perpetrators.all() if not one.voided_reason]
    place = incident.place
    known = place.level >= 2 and place.latitude is not None and place.longitude is not None
    counts = [incident, *violations] if not any(getattr(incident, name) for name in TALLY) else [incident]
    most = {name: max(getattr(one, name) for one in counts) for name in TALLY}
    return Told(
        incident.occurred_on, incident.occurred_to, incident.cercle, place.code if place.level == 3 else "",
        (place.latitude, place.longitude) if known else None,  # type: ignore[arg-type]  # both are known
        frozenset(one.type for one in violations),
        boys=most["boys"], girls=most["girls"], unknown=most["unknown"],
        parties=frozenset(one.party.code for one in accused if one.party),
        party_kinds=frozenset(one.category for one in accused) - {NO_PARTY},
    )  # fmt: skip


def _address(incident: Incident) -> str:
    return reverse("incidents:detail", args=[incident.public_id])
