"""Editions of reports and their clearances: written once."""

from __future__ import annotations

import json
import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sutura.reporting.choices import Geography, Level, Product
from sutura.reporting.querysets import ClearanceQuerySet, EditionQuerySet
from sutura.reporting.rules.periods import Period, period
from sutura.security.privacy import INTERNAL, OPEN, PERSONAL


class Edition(models.Model):
    """A report as it stood at one moment: numbered, hashed, never changed. A correction is a new edition."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    product = models.CharField(_("product"), max_length=10, choices=Product.choices)
    period = models.CharField(_("period"), max_length=24)
    geography = models.CharField(_("geography"), max_length=4, choices=Geography.choices)
    number = models.PositiveIntegerField(_("edition"))
    as_at = models.DateTimeField(_("as at"))
    content = models.TextField(_("content"), help_text=_("Canonical JSON, the source of every rendering."))
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64)
    rules_version = models.CharField(_("version of the counting rules"), max_length=20)
    code_version = models.CharField(_("version of the software"), max_length=40)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("frozen by")
    )
    frozen_by_name = models.CharField(_("name at that time"), max_length=150)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "period", "geography", "number"], name="edition_number"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")),
                name="edition_correction_has_reason",
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        product = OPEN
        period = OPEN
        geography = OPEN
        number = OPEN
        as_at = INTERNAL
        content = PERSONAL
        sha256 = OPEN
        rules_version = OPEN
        code_version = OPEN
        frozen_by = PERSONAL
        frozen_by_name = PERSONAL
        reason = INTERNAL

    def __str__(self) -> str:
        return f"{self.get_product_display()} {self.period} · {self.number}"

    @property
    def when(self) -> Period:
        """The period with its first and last day."""
        return period(self.product, self.period)

    @cached_property
    def report(self) -> dict[str, Any]:
        """The whole content: `figures` (the figures JSON), and what a rendering prints beside them."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def figures(self) -> dict[str, Any]:
        """The figures JSON of this edition."""
        found: dict[str, Any] = self.report["figures"]
        return found

    @property
    def is_cleared(self) -> bool:
        """Whether both levels have cleared it."""
        return {clearance.level for clearance in self.clearances.all()} == set(Level.values)


class Clearance(models.Model):
    """One level clears an edition for sending."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="clearances", verbose_name=_("edition"))
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(_("name at that time"), max_length=150)
    at = models.DateTimeField(_("cleared at"))

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "level"], name="clearance_once_a_level"),
            models.UniqueConstraint(fields=["edition", "by"], name="clearance_two_people"),
        ]

    class Privacy:
        id = INTERNAL
        edition = INTERNAL
        level = INTERNAL
        by = PERSONAL
        by_name = PERSONAL
        at = INTERNAL

    def __str__(self) -> str:
        return f"{self.get_level_display()} · {self.by_name}"
