"""What a body set out to hold, and the days a person may work for it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.models.bodies import Body
from sutura.coordination.models.work import Event
from sutura.coordination.querysets.bodies import OfBodyQuerySet
from sutura.coordination.querysets.work import MandateQuerySet, StintQuerySet
from sutura.security.privacy import INTERNAL


class Programme(models.Model):
    """How many workshops and conferences a body set out to hold between two days, and in which regions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="programmes", verbose_name=_("body"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    thematic = models.PositiveSmallIntegerField(_("thematic workshops"))
    regions = models.CharField(
        _("regions of the strategic workshops"), max_length=200, blank=True
    )  # codes, one space
    national = models.PositiveSmallIntegerField(_("national capitalisation workshops"))
    conferences = models.PositiveSmallIntegerField(_("conferences"))

    objects = OfBodyQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("targets of a body")
        verbose_name_plural = _("targets of bodies")
        ordering = ["body__acronym", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["body", "starts_on"], name="programme_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="programme_dates"),
        ]

    class Privacy:
        id = public_id = body = starts_on = ends_on = thematic = regions = national = conferences = INTERNAL

    def __str__(self) -> str:
        return f"{self.body_id} {self.starts_on}"


class Mandate(models.Model):
    """The days that a person may work for a body between two days; she is named in her office."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="mandates", verbose_name=_("body"))
    person = models.CharField(_("person"), max_length=120)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="mandates",
        verbose_name=_("account of this tool"),
    )  # fmt: skip
    days = models.PositiveSmallIntegerField(_("days of work"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = MandateQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-starts_on", "person"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="mandate_dates"),
            models.CheckConstraint(condition=Q(days__gte=1), name="mandate_has_days"),
        ]

    class Privacy:
        id = public_id = body = person = account = days = starts_on = ends_on = INTERNAL

    def __str__(self) -> str:
        return self.person

    def get_absolute_url(self) -> str:
        return reverse("coordination:mandate", args=[self.public_id])


class Stint(models.Model):
    """Days worked under a mandate, halves allowed: when, how many, on what."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="stints", verbose_name=_("mandate"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    days = models.DecimalField(_("days worked"), max_digits=4, decimal_places=1)
    words = models.CharField(_("on what"), max_length=200)
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="stints",
        verbose_name=_("workshop or mission"),
    )  # fmt: skip

    objects = StintQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("days worked")
        verbose_name_plural = _("days worked")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="stint_dates"),
            models.CheckConstraint(condition=Q(days__gt=0), name="stint_has_days"),
        ]

    class Privacy:
        id = public_id = mandate = starts_on = ends_on = days = words = event = INTERNAL

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.starts_on}"
