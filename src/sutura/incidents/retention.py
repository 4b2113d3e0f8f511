"""Files whose time to be kept is over, and what was decided of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from sutura.access.rules import scope
from sutura.incidents.models import Incident, RetentionDecision
from sutura.incidents.rules import years_before
from sutura.vault.shredded import gone

SHOWN = 50
DECISIONS = 5


def to_review(user: Any) -> QuerySet[Incident]:
    """Files a person answers for, of which somebody must decide: keep them on, or shred what is sealed."""
    last = years_before(timezone.localdate(), settings.SUTURA_RETENTION_YEARS)
    mine = Incident.objects.visible_to(user).filter(scope(user, "incidents.void"))
    shredded = [UUID(file) for file in gone(Incident._meta.label_lower)]
    return mine.to_review(last, timezone.localdate()).exclude(public_id__in=shredded)


def page(user: Any) -> dict[str, Any]:
    """The oldest first: after a decision the next ones come up."""
    found = to_review(user)
    return {
        "incidents": found.select_related("place").order_by("occurred_on", "id")[:SHOWN],
        "count": found.count(),
        "years": settings.SUTURA_RETENTION_YEARS,
    }


def decisions(incident: Incident) -> list[RetentionDecision]:
    """What was decided of a file, the last first."""
    return list(incident.retention.select_related("by")[:DECISIONS])
