"""What somebody can do before and after: tests of knowledge, competencies shown, certificates. Nothing clinical."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.capacity.choices import Mastery, TestKind
from sutura.capacity.models.catalogue import Competency
from sutura.capacity.models.training import Enrolment
from sutura.capacity.querysets import OfEnrolmentQuerySet
from sutura.security.privacy import INTERNAL, PERSONAL


class TestResult(models.Model):
    """The result of one test, in percent; the answers stay out of Sutura."""

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="tests", verbose_name=_("enrolment")
    )
    kind = models.CharField(_("test"), max_length=10, choices=TestKind.choices)
    taken_on = models.DateField(_("taken on"))
    percent = models.PositiveSmallIntegerField(_("result in %"))
    instrument = models.CharField(_("version of the test"), max_length=60, blank=True)

    objects = OfEnrolmentQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("test result")
        verbose_name_plural = _("test results")
        ordering = ["taken_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="capacity_test_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="capacity_test_in_percent"),
        ]

    class Privacy:
        id = kind = instrument = INTERNAL
        enrolment = taken_on = percent = PERSONAL

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.kind}"


class Mark(models.Model):
    """How far somebody showed a competency, on a day."""

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="marks", verbose_name=_("enrolment")
    )
    competency = models.ForeignKey(
        Competency, models.PROTECT, related_name="marks", verbose_name=_("competency")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Mastery.choices)
    seen_on = models.DateField(_("seen on"))

    objects = OfEnrolmentQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("competency shown")
        verbose_name_plural = _("competencies shown")
        ordering = ["seen_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "competency", "seen_on"], name="capacity_mark_once"),
            models.CheckConstraint(condition=Q(level__in=Mastery.values), name="capacity_mark_known"),
        ]

    class Privacy:
        id = competency = INTERNAL
        enrolment = level = seen_on = PERSONAL

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.competency_id}"


class Certificate(models.Model):
    """A pathway was completed; anybody who holds the code may check it, and learns initials, pathway and day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, related_name="certificate", verbose_name=_("enrolment")
    )
    code = models.CharField(_("code"), max_length=12, unique=True)
    issued_on = models.DateField(_("issued on"))
    signatories = models.CharField(_("signed by"), max_length=200)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_for = models.CharField(_("why it was revoked"), max_length=300, blank=True)

    objects = OfEnrolmentQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_on=None, revoked_for="")
                | Q(revoked_on__isnull=False) & ~Q(revoked_for=""),
                name="capacity_revoked_for_a_reason",
            ),
        ]

    class Privacy:
        id = public_id = INTERNAL
        enrolment = code = issued_on = signatories = revoked_on = revoked_for = PERSONAL

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.issued_on}"

    def get_absolute_url(self) -> str:
        return reverse("capacity:enrolment", args=[self.enrolment.public_id])
