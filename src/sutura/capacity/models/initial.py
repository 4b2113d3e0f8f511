"""Initial training: the courses of institutes, and how far each module of the register has come in them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.capacity.choices import CourseLevel, UnitState
from sutura.capacity.models.catalogue import Module
from sutura.capacity.querysets import NationalQuerySet
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


class Course(models.Model):
    """A course of study of an institute or of a department of a university."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(
        Organisation, models.PROTECT, related_name="courses", verbose_name=_("institute")
    )
    name = models.CharField(_("name"), max_length=150)
    level = models.CharField(_("level"), max_length=10, choices=CourseLevel.choices)

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("course of study")
        verbose_name_plural = _("courses of study")
        ordering = ["institute__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["institute", "name"], name="capacity_course_once"),
            models.CheckConstraint(
                condition=Q(level__in=CourseLevel.values), name="capacity_course_level_known"
            ),
        ]

    class Privacy:
        id = public_id = institute = name = level = INTERNAL

    def __str__(self) -> str:
        return f"{self.institute.short} – {self.name}"


class CourseUnit(models.Model):
    """A module that a course is asked to teach, or teaches."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="units", verbose_name=_("course of study")
    )
    module = models.ForeignKey(Module, models.PROTECT, related_name="units", verbose_name=_("module"))
    hours = models.PositiveSmallIntegerField(_("hours in the course"))

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("module in a course")
        verbose_name_plural = _("modules in courses")
        ordering = ["module__code", "course"]
        constraints = [
            models.UniqueConstraint(fields=["course", "module"], name="capacity_unit_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="capacity_unit_lasts"),
        ]

    class Privacy:
        id = public_id = course = module = hours = INTERNAL

    def __str__(self) -> str:
        return f"{self.course_id} {self.module_id}"

    def get_absolute_url(self) -> str:
        return reverse("capacity:unit", args=[self.public_id])

    @property
    def last(self) -> UnitStep:
        """How far it has come."""
        return list(self.steps.all())[-1]


class UnitStep(models.Model):
    """On a day a module came one step further in a course; what was before stays."""

    unit = models.ForeignKey(
        CourseUnit, models.PROTECT, related_name="steps", verbose_name=_("module in a course")
    )
    state = models.CharField(_("state"), max_length=10, choices=UnitState.choices)
    since = models.DateField(_("since"))
    year = models.CharField(_("academic year"), max_length=9, blank=True)
    women = models.PositiveSmallIntegerField(_("women among the students"), null=True, blank=True)
    men = models.PositiveSmallIntegerField(_("men among the students"), null=True, blank=True)
    words = models.CharField(_("who decided, and how"), max_length=200, blank=True)

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("step of a module in a course")
        verbose_name_plural = _("steps of modules in courses")
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UnitState.values), name="capacity_unit_state_known"),
            models.CheckConstraint(
                condition=~Q(year="") & Q(state="taught")
                | Q(year="", women=None, men=None) & ~Q(state="taught"),
                name="capacity_taught_in_a_year",
            ),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(state="taught"), name="capacity_taught_once_a_year"
            ),
        ]

    class Privacy:
        id = unit = state = since = year = women = men = words = INTERNAL

    def __str__(self) -> str:
        return f"{self.unit_id} {self.state}"
