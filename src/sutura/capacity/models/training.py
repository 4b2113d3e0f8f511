"""Cohorts, their sessions, who is enrolled and who came: three things to count, and never one sum."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.capacity.choices import Cancelled, DropOut, Mode
from sutura.capacity.models.catalogue import Module, Pathway
from sutura.capacity.models.people import Professional
from sutura.capacity.querysets import (
    CohortQuerySet,
    EnrolmentQuerySet,
    OfCohortQuerySet,
    OfEnrolmentQuerySet,
    SessionQuerySet,
)
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL, PERSONAL


class Cohort(models.Model):
    """People who follow one pathway together, somewhere, between two days."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=30, unique=True)
    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="cohorts", verbose_name=_("pathway"))
    organiser = models.ForeignKey(
        Organisation, models.PROTECT, related_name="cohorts", verbose_name=_("organised by")
    )
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="funded_cohorts",
        verbose_name=_("funded by"),
    )  # fmt: skip
    region = models.CharField(_("region"), max_length=8, db_index=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    capacity = models.PositiveSmallIntegerField(_("number of places"), null=True, blank=True)
    criteria = models.CharField(_("how people are chosen"), max_length=300, blank=True)

    objects = CohortQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="capacity_cohort_dates"),
            models.CheckConstraint(condition=~Q(region=""), name="capacity_cohort_somewhere"),
        ]

    class Privacy:
        id = public_id = code = pathway = organiser = funder = region = place = starts_on = INTERNAL
        ends_on = capacity = criteria = INTERNAL

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("capacity:cohort", args=[self.public_id])


class Session(models.Model):
    """A module given to a cohort: on which day, in how many half-days; or why it was not held."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="sessions", verbose_name=_("cohort"))
    module = models.ForeignKey(Module, models.PROTECT, related_name="sessions", verbose_name=_("module"))
    held_on = models.DateField(_("first day"))
    half_days = models.PositiveSmallIntegerField(_("half-days"))
    language = models.CharField(_("language"), max_length=60, blank=True)
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    cancelled = models.CharField(
        _("not held because of"), max_length=10, choices=Cancelled.choices, blank=True
    )

    objects = SessionQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ["held_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(half_days__gte=1, half_days__lte=20), name="capacity_session_half_days"
            ),
        ]

    class Privacy:
        id = public_id = cohort = module = held_on = half_days = language = mode = cancelled = INTERNAL

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.held_on}"

    def get_absolute_url(self) -> str:
        return reverse("capacity:session", args=[self.public_id])


class Lead(models.Model):
    """Who gave a session."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="leads", verbose_name=_("session"))
    professional = models.ForeignKey(
        Professional, models.PROTECT, related_name="leads", verbose_name=_("trainer")
    )

    objects = OfCohortQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("trainer of a session")
        verbose_name_plural = _("trainers of sessions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["session", "professional"], name="capacity_lead_once")]

    class Privacy:
        id = session = INTERNAL
        professional = PERSONAL

    def __str__(self) -> str:
        return f"{self.session_id} {self.professional_id}"


class Enrolment(models.Model):
    """Somebody is in a cohort; she stays, or left for a reason."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="enrolments", verbose_name=_("cohort"))
    professional = models.ForeignKey(
        Professional, models.PROTECT, related_name="enrolments", verbose_name=_("professional")
    )
    enrolled_on = models.DateField(_("enrolled on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    left_for = models.CharField(_("why she left"), max_length=10, choices=DropOut.choices, blank=True)

    objects = EnrolmentQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["professional__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "professional"], name="capacity_enrolled_once"),
            models.CheckConstraint(
                condition=Q(left_on=None, left_for="") | Q(left_on__isnull=False) & ~Q(left_for=""),
                name="capacity_left_for_a_reason",
            ),
        ]

    class Privacy:
        id = public_id = cohort = enrolled_on = INTERNAL
        professional = left_on = left_for = PERSONAL

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.professional_id}"

    def get_absolute_url(self) -> str:
        return reverse("capacity:enrolment", args=[self.public_id])


class Attendance(models.Model):
    """Somebody was there for one half-day of a session."""

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="attendances", verbose_name=_("session")
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="attendances", verbose_name=_("enrolment")
    )
    half_day = models.PositiveSmallIntegerField(_("half-day"))

    objects = OfEnrolmentQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("half-day attended")
        verbose_name_plural = _("half-days attended")
        ordering = ["session_id", "enrolment_id", "half_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment", "half_day"], name="capacity_present_once"
            ),
            models.CheckConstraint(condition=Q(half_day__gte=1), name="capacity_half_day_counted"),
        ]

    class Privacy:
        id = session = half_day = INTERNAL
        enrolment = PERSONAL

    def __str__(self) -> str:
        return f"{self.session_id} {self.enrolment_id} {self.half_day}"
