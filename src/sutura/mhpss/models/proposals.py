"""What an organisation wants changed on the map, field by field, until somebody who answers for the region decides."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.mhpss.choices import Decision
from sutura.mhpss.models.services import Service
from sutura.mhpss.querysets import ProposalQuerySet, ValueQuerySet
from sutura.security.privacy import INTERNAL


class Proposal(models.Model):
    """A service to add, or changes of one; nothing of it is on the map before it is accepted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("service")
    )
    region = models.CharField(_("region"), max_length=8, db_index=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, default=Decision.WAITING, db_index=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ProposalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=Decision.WAITING, decided_by=None, decided_at=None)
                | ~Q(decision=Decision.WAITING) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="mhpss_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.REFUSED) | ~Q(reason=""), name="mhpss_refused_with_reason"
            ),
        ]

    class Privacy:
        id = public_id = service = region = proposed_by = proposed_at = decision = decided_by = INTERNAL
        decided_at = reason = INTERNAL

    def __str__(self) -> str:
        return str(self.service) if self.service else str(_("New service"))

    def get_absolute_url(self) -> str:
        return reverse("mhpss:proposal", args=[self.public_id])


class ProposedValue(models.Model):
    """One field of a proposal: what the map said when it was proposed, and what it should say."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="values", verbose_name=_("proposal"))
    field = models.CharField(_("field"), max_length=20)
    before = models.CharField(_("before"), max_length=400, blank=True)
    after = models.CharField(_("after"), max_length=400, blank=True)

    objects = ValueQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("proposed value")
        verbose_name_plural = _("proposed values")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "field"], name="mhpss_value_once")]

    class Privacy:
        id = proposal = field = before = after = INTERNAL

    def __str__(self) -> str:
        return self.field
