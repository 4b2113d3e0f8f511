"""How long a file is kept: each decision on it, and the hold that nothing is shredded against."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.incidents.choices import Verdict
from sutura.incidents.codes import CodeField, line
from sutura.incidents.models.incident import Incident
from sutura.incidents.querysets import RetentionQuerySet
from sutura.security.privacy import INTERNAL, PERSONAL


class RetentionDecision(models.Model):
    """A file was put on hold, the hold was lifted, or the file is kept until a day; the last word holds.

    The table is append-only, guarded in the database: it is its own history.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(
        Incident, models.PROTECT, related_name="retention", db_index=False, verbose_name=_("incident")
    )
    verdict = CodeField(_("decision"), max_length=10, choices=Verdict.choices)
    until = models.DateField(_("kept until"), null=True, blank=True)
    why = line(_("reason"), 500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
        editable=False,
    )
    at = models.DateTimeField(_("decided"), default=timezone.now, editable=False)

    objects = RetentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention decision")
        verbose_name_plural = _("retention decisions")
        ordering = ["-id"]
        indexes = [models.Index(fields=["incident", "-id"], name="retention_last")]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="retention_verdict_known"),
            models.CheckConstraint(condition=~Q(why=""), name="retention_has_reason"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.KEPT, until__isnull=False)
                | ~Q(verdict=Verdict.KEPT) & Q(until=None),
                name="retention_kept_until",
            ),
        ]

    class Privacy:
        id = public_id = incident = verdict = until = at = INTERNAL
        why = by = PERSONAL

    def __str__(self) -> str:
        return f"{self.incident_id} {self.verdict}"
