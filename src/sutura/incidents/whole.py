"""Everything that belongs to one incident, as it stands now."""

from __future__ import annotations

from django.db.models import Model

from sutura.incidents.models import DETAILS, Incident, Response


def records(incident: Incident) -> list[Model]:
    """The incident, its parts, and what hangs on its violations."""
    violations = list(incident.violations.all())
    hung: list[Model] = list(Response.objects.filter(violation__in=violations))
    for model in dict.fromkeys(DETAILS.values()):
        hung += model._default_manager.filter(violation__in=violations)
    parts = (incident.victims, incident.perpetrators, incident.sources, incident.attachments)
    return [incident, *violations, *(one for each in parts for one in each.all()), *hung]


def with_alert(incident: Incident) -> list[Model]:
    """The same, and the alert it came from: its words are those of the account."""
    return [*records(incident), *([incident.alert] if incident.alert is not None else [])]
