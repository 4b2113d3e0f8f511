"""What is taught: modules in versions with their competencies, and the pathways that put them in order."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.capacity.choices import Cadre
from sutura.capacity.querysets import NationalQuerySet
from sutura.capacity.rules import Rule
from sutura.security.privacy import INTERNAL, OPEN


class Module(models.Model):
    """One version of a module: what it teaches, in how many hours, and when it is to be refreshed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    hours = models.PositiveSmallIntegerField(_("hours"))
    objectives = models.TextField(_("objectives"), blank=True)
    harmonised_on = models.DateField(_("harmonised on"), null=True, blank=True)
    refresh_months = models.PositiveSmallIntegerField(_("refresher after, in months"), null=True, blank=True)

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="capacity_module_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="capacity_module_lasts"),
        ]

    class Privacy:
        id = public_id = INTERNAL
        code = version = title = hours = objectives = harmonised_on = refresh_months = OPEN

    def __str__(self) -> str:
        return f"{self.code} v{self.version} – {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("capacity:module", args=[self.public_id])


class Competency(models.Model):
    """What somebody can do once she followed a module."""

    module = models.ForeignKey(Module, models.PROTECT, related_name="competencies", verbose_name=_("module"))
    words = models.CharField(_("competency"), max_length=200)

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ["module_id", "id"]
        constraints = [models.UniqueConstraint(fields=["module", "words"], name="capacity_competency_once")]

    class Privacy:
        id = INTERNAL
        module = words = OPEN

    def __str__(self) -> str:
        return self.words


class Pathway(models.Model):
    """One version of a pathway: whom it trains, in which modules, and what completes it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    version = models.PositiveSmallIntegerField(_("version"))
    cadre = models.CharField(_("group trained"), max_length=12, choices=Cadre.choices)
    attendance_percent = models.PositiveSmallIntegerField(_("half-days to attend, in %"))
    test_percent = models.PositiveSmallIntegerField(_("last test to reach, in %"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("pathway")
        verbose_name_plural = _("pathways")
        ordering = ["title", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["title", "version"], name="capacity_pathway_once"),
            models.CheckConstraint(condition=Q(cadre__in=Cadre.values), name="capacity_pathway_cadre_known"),
            models.CheckConstraint(
                condition=Q(attendance_percent__gte=1, attendance_percent__lte=100)
                & (Q(test_percent=None) | Q(test_percent__gte=1, test_percent__lte=100)),
                name="capacity_pathway_shares",
            ),
        ]

    class Privacy:
        id = public_id = INTERNAL
        title = version = cadre = attendance_percent = test_percent = valid_from = OPEN

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"

    def get_absolute_url(self) -> str:
        return reverse("capacity:pathway", args=[self.public_id])

    @property
    def rule(self) -> Rule:
        """What completes it."""
        mandatory = {step.module_id for step in self.steps.all() if step.is_mandatory}
        return Rule(self.attendance_percent, self.test_percent, mandatory)


class Step(models.Model):
    """A module of a pathway, in its order."""

    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="steps", verbose_name=_("pathway"))
    module = models.ForeignKey(Module, models.PROTECT, related_name="steps", verbose_name=_("module"))
    order = models.PositiveSmallIntegerField(_("order"))
    is_mandatory = models.BooleanField(_("mandatory"), default=True)

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("module of a pathway")
        verbose_name_plural = _("modules of pathways")
        ordering = ["pathway_id", "order"]
        constraints = [models.UniqueConstraint(fields=["pathway", "module"], name="capacity_step_once")]

    class Privacy:
        id = INTERNAL
        pathway = module = order = is_mandatory = OPEN

    def __str__(self) -> str:
        return f"{self.pathway_id} {self.module_id}"
