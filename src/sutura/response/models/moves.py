"""A docket went from one region to another: by whom, why, when. Kept with the docket, and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.codes import CodeField
from sutura.response.choices.moves import MoveReason
from sutura.response.models.dockets import Docket
from sutura.response.querysets import OfDocketQuerySet
from sutura.security.privacy import INTERNAL, PERSONAL


class Move(models.Model):
    """One move of a docket."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="moves", verbose_name=_("docket"))
    origin = models.CharField(_("from the region"), max_length=8)
    region = models.CharField(_("to the region"), max_length=8)
    why = CodeField(_("why"), max_length=10, choices=MoveReason.choices)
    moved_at = models.DateTimeField(_("day of the move"), default=timezone.now, editable=False)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("moved by")
    )

    objects = OfDocketQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("move of a docket")
        verbose_name_plural = _("moves of dockets")
        ordering = ["docket_id", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(origin=F("region")), name="response_moved_elsewhere"),
        ]

    class Privacy:
        id = docket = origin = region = moved_at = moved_by = INTERNAL
        why = PERSONAL

    def __str__(self) -> str:
        return f"{self.origin} → {self.region}"
