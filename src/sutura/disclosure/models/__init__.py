"""Tables made for the public, and what a second person decided of each: written once."""

from __future__ import annotations

import json
import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sutura.disclosure.choices import BLOCKS, Shape, State
from sutura.disclosure.models.exports import Export, Parcel, ReceiverKey
from sutura.disclosure.querysets import DecisionQuerySet, ReleaseQuerySet
from sutura.disclosure.rules.copies import Copy
from sutura.reporting.choices import Product
from sutura.reporting.models import Edition
from sutura.reporting.rules.periods import Period, period
from sutura.security.privacy import INTERNAL, OPEN, PERSONAL


class Release(models.Model):
    """One table as the public gets it, with what must be hidden left out for good. A correction is a new release."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    product = models.CharField(_("product"), max_length=10, choices=Product.choices)
    period = models.CharField(_("period"), max_length=24)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    block = models.CharField(
        _("basis"), max_length=10, choices=[(code, label) for code, label in BLOCKS.items()]
    )
    shape = models.CharField(_("rows"), max_length=12, choices=Shape.choices)
    number = models.PositiveIntegerField(_("release"))
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="+", verbose_name=_("edition it comes from")
    )
    as_at = models.DateTimeField(_("as at"))
    content = models.TextField(
        _("content"), help_text=_("Canonical JSON of the public copy: hidden numbers are not in it.")
    )
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64)
    code_version = models.CharField(_("version of the software"), max_length=40)
    targets = models.PositiveIntegerField(_("numbers attacked"))
    programs = models.PositiveIntegerField(_("linear programs solved"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    prepared_by_name = models.CharField(_("name at that time"), max_length=150)
    prepared_at = models.DateTimeField(_("prepared at"))

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("table for the public")
        verbose_name_plural = _("tables for the public")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "period", "block", "shape", "number"], name="release_number"
            ),
            models.CheckConstraint(condition=Q(first_day__lte=models.F("last_day")), name="release_days"),
        ]

    class Privacy:
        id = INTERNAL
        public_id = OPEN
        product = OPEN
        period = OPEN
        first_day = OPEN
        last_day = OPEN
        block = OPEN
        shape = OPEN
        number = OPEN
        edition = INTERNAL
        as_at = OPEN
        content = OPEN
        sha256 = OPEN
        code_version = OPEN
        targets = INTERNAL
        programs = INTERNAL
        reason = OPEN
        prepared_by = PERSONAL
        prepared_by_name = PERSONAL
        prepared_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.product} {self.period} {self.block} {self.shape} · {self.number}"

    @property
    def when(self) -> Period:
        """The period with its first and last day."""
        return period(self.product, self.period)

    @property
    def universe(self) -> str:
        """What the table counts."""
        return f"{self.product} {self.period} {self.block}"

    @property
    def state(self) -> str:
        """Waiting, published or declined."""
        decision = getattr(self, "decision", None)
        if decision is None:
            return State.WAITING
        return State.PUBLISHED if decision.approved else State.DECLINED

    @cached_property
    def told(self) -> dict[str, Any]:
        """The content of the public copy."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def copy(self) -> Copy:
        """The public copy as the rules read it."""
        told = self.told
        rows = tuple((row["level"], row["code"]) for row in told["rows"])
        columns = (*told["columns"], "")
        cells = {
            (row, kind): value
            for row, values in zip((*rows, ("", "")), told["cells"], strict=True)
            for kind, value in zip(columns, values, strict=True)
        }
        return Copy(
            self.universe, told["as_at"], tuple(told["columns"]), rows, cells, self.shape == Shape.PARTY
        )


class Decision(models.Model):
    """A second person lets a table go to the public, or declines with a reason."""

    release = models.OneToOneField(
        Release, models.PROTECT, related_name="decision", verbose_name=_("table for the public")
    )
    approved = models.BooleanField(_("approved"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(_("name at that time"), max_length=150)
    at = models.DateTimeField(_("decided at"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a table")
        verbose_name_plural = _("decisions on tables")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(reason=""), name="release_declined_with_reason"
            )
        ]

    class Privacy:
        id = INTERNAL
        release = INTERNAL
        approved = INTERNAL
        reason = INTERNAL
        by = PERSONAL
        by_name = PERSONAL
        at = INTERNAL

    def __str__(self) -> str:
        return f"{self.release} · {'approved' if self.approved else 'declined'}"


__all__ = ["Decision", "Export", "Parcel", "ReceiverKey", "Release"]
