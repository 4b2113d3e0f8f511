"""The time limits, in versions: an old encounter is judged by the limits of its day."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.response.querysets import LimitsQuerySet
from sutura.response.rules.clocks import Limits
from sutura.security.privacy import INTERNAL, OPEN


class TimeLimits(models.Model):
    """One version of the limits, each with the text it rests on; it is never changed, the next one follows it."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    valid_from = models.DateField(_("for encounters from"))
    handover_hours = models.PositiveSmallIntegerField(_("hours until the handover"))
    handover_source = models.CharField(_("source of the limit of handover"), max_length=200)
    plan_hours = models.PositiveSmallIntegerField(_("hours until the care plan"))
    plan_source = models.CharField(_("source of the limit of the care plan"), max_length=200)
    months = models.CharField(_("months of follow-up"), max_length=60)  # numbers, one space between
    months_source = models.CharField(_("source of the months of follow-up"), max_length=200)
    confirm_days = models.PositiveSmallIntegerField(_("days until a detention is confirmed again"))
    confirm_source = models.CharField(_("source of the days of confirmation"), max_length=200)

    objects = LimitsQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("time limits")
        verbose_name_plural = _("versions of the time limits")
        ordering = ["version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handover_hours__gte=1, plan_hours__gte=1, confirm_days__gte=1)
                & ~Q(months="", handover_source="", plan_source="", months_source="", confirm_source=""),
                name="response_limits_say_something",
            ),
        ]

    class Privacy:
        id = INTERNAL
        version = valid_from = handover_hours = handover_source = plan_hours = plan_source = OPEN
        months = months_source = confirm_days = confirm_source = OPEN

    def __str__(self) -> str:
        return f"{self.version}"

    @property
    def limits(self) -> Limits:
        """What the clocks ask."""
        return Limits(
            timedelta(hours=self.handover_hours), timedelta(hours=self.plan_hours),
            tuple(int(month) for month in self.months.split()), timedelta(days=self.confirm_days),
        )  # fmt: skip
