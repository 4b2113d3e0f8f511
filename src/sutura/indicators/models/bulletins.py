"""Figures as they were frozen: value, definition and records that day. Written once, never changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.indicators.models.definitions import Definition
from sutura.indicators.querysets import NationalQuerySet
from sutura.security.privacy import INTERNAL


class Bulletin(models.Model):
    """The figures of a period, as they stood on a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who froze it")
    )
    frozen_at = models.DateTimeField(_("frozen"), default=timezone.now)
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64)

    objects = NationalQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulletin of indicators")
        verbose_name_plural = _("bulletins of indicators")
        ordering = ["-last", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="indicator_bulletin_dates")
        ]

    class Privacy:
        id = public_id = title = first = last = frozen_by = frozen_at = sha256 = INTERNAL

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("indicators:bulletin", args=[self.public_id])


class Figure(models.Model):
    """One frozen figure: its number, the parts it was made of, the rule it was read by, the records it counted."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="figures", verbose_name=_("bulletin"))
    definition = models.ForeignKey(
        Definition, models.PROTECT, related_name="figures", verbose_name=_("definition")
    )
    region = models.CharField(_("region"), max_length=8, blank=True)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=1, null=True, blank=True)
    part = models.DecimalField(_("part"), max_digits=12, decimal_places=1, null=True, blank=True)
    whole = models.DecimalField(_("of the whole"), max_digits=12, decimal_places=1, null=True, blank=True)
    basis = models.TextField(
        _("how it was counted"), help_text=_("Canonical JSON: the sentence in each language.")
    )
    records = models.TextField(
        _("records"), help_text=_("Canonical JSON: kind and numbers, of those counted.")
    )

    objects = NationalQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen figure")
        verbose_name_plural = _("frozen figures")
        ordering = ["definition__indicator__position", "region", "id"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "definition", "region"], name="indicator_figure_once")
        ]

    class Privacy:
        id = bulletin = definition = region = value = part = whole = basis = records = INTERNAL

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.definition_id} {self.region}"
