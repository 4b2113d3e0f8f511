"""What other sectors do: their initiatives, and the themes that several of them must answer together."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.capacity.choices import Carried, GroupTheme
from sutura.capacity.models.catalogue import Module
from sutura.capacity.querysets import InitiativeQuerySet, JointThemeQuerySet
from sutura.capacity.rules import NOTE_LENGTH
from sutura.partners.choices import Sector
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


class Initiative(models.Model):
    """Something a sector trains for or does about mental health and psychosocial support, inside UNICEF or outside."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    sector = models.CharField(_("sector"), max_length=16, choices=Sector.choices)
    carried = models.CharField(_("carried"), max_length=7, choices=Carried.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="initiatives", verbose_name=_("led by")
    )
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    themes = models.CharField(_("themes"), max_length=150)  # codes, one space between
    module = models.ForeignKey(
        Module, models.PROTECT, null=True, blank=True, related_name="initiatives",
        verbose_name=_("module of ours that it equals"),
    )  # fmt: skip
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    words = models.CharField(_("in one sentence"), max_length=NOTE_LENGTH, blank=True)

    objects = InitiativeQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-starts_on", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sector__in=Sector.values), name="capacity_initiative_sector_known"
            ),
            models.CheckConstraint(
                condition=Q(carried__in=Carried.values), name="capacity_initiative_carried_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="capacity_initiative_dates"
            ),
            models.CheckConstraint(condition=~Q(themes=""), name="capacity_initiative_about_something"),
        ]

    class Privacy:
        id = public_id = title = sector = carried = organisation = region = themes = module = INTERNAL
        starts_on = ends_on = words = INTERNAL

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("capacity:initiative", args=[self.public_id])

    @property
    def theme_words(self) -> list[str]:
        """Its themes in words, in the order of the list."""
        return [str(GroupTheme(code).label) for code in self.themes.split()]


class JointTheme(models.Model):
    """A theme that several sectors must answer together, in a region or in the whole country."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    theme = models.CharField(_("theme"), max_length=12, choices=GroupTheme.choices)
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    sectors = models.CharField(_("sectors asked to answer"), max_length=120)  # codes, one space between
    why = models.CharField(_("why together"), max_length=NOTE_LENGTH)
    raised_on = models.DateField(_("raised on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("the answer"), max_length=NOTE_LENGTH, blank=True)

    objects = JointThemeQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("theme for several sectors")
        verbose_name_plural = _("themes for several sectors")
        ordering = ["-raised_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(theme__in=GroupTheme.values), name="capacity_joint_theme_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="") | Q(answered_on__gte=F("raised_on")) & ~Q(answer=""),
                name="capacity_joint_theme_answered",
            ),
            models.UniqueConstraint(
                fields=["theme", "region"], condition=Q(answered_on=None), name="capacity_joint_theme_once"
            ),
        ]

    class Privacy:
        id = public_id = theme = region = sectors = why = raised_on = answered_on = answer = INTERNAL

    def __str__(self) -> str:
        return f"{self.theme} {self.region}"
