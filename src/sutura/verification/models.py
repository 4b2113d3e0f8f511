"""Opinions on violations, and the sittings in which the task force decides."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import Status
from sutura.incidents.codes import CodeField
from sutura.incidents.models import Violation
from sutura.security.privacy import INTERNAL, PERSONAL
from sutura.verification.choices import Level, Mode
from sutura.verification.querysets import OpinionQuerySet, SittingItemQuerySet, SittingQuerySet
from sutura.verification.rules import Given


class Opinion(models.Model):
    """What one person concluded on one violation at one level, on a day, for a reason.

    The table is append-only, guarded in the database: it is its own history. A later opinion supersedes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    violation = models.ForeignKey(
        Violation, models.PROTECT, related_name="opinions", db_index=False, verbose_name=_("violation")
    )
    level = CodeField(_("level"), max_length=12, choices=Level.choices)
    status = CodeField(_("opinion"), max_length=20, choices=Status.choices)
    given_on = models.DateField(_("date of the opinion"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by"), editable=False
    )
    reason = models.TextField(_("reason"))
    exception = models.TextField(_("exception to the minimum of sources"), blank=True)
    # What the file held when the opinion was given; sources may be added or voided later.
    primary_sources = models.PositiveIntegerField(_("primary sources"), default=0)
    secondary_sources = models.PositiveIntegerField(_("secondary sources"), default=0)
    trained = models.BooleanField(
        _("a source was heard by United Nations staff or a trained partner"), default=False
    )
    reopened = models.BooleanField(_("reopened the violation"), default=False)
    imported = models.BooleanField(_("came with an imported file"), default=False)
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["violation", "level", "id"], name="opinion_in_force"),
            models.Index(fields=["violation", "id"], condition=Q(reopened=True), name="opinion_reopening"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="opinion_level_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="opinion_status_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="opinion_has_reason"),
            models.CheckConstraint(
                condition=Q(given_on__isnull=False) | Q(imported=True), name="opinion_dated_or_imported"
            ),
            models.CheckConstraint(
                condition=Q(imported=False) | Q(level=Level.CTFMR), name="opinion_imported_is_decision"
            ),
            models.CheckConstraint(
                condition=Q(reopened=False) | Q(level=Level.CTFMR, status=Status.PENDING),
                name="opinion_reopened_to_pending",
            ),
        ]

    class Privacy:
        id = public_id = violation = level = status = given_on = INTERNAL
        by = reason = exception = PERSONAL
        primary_sources = secondary_sources = trained = reopened = imported = recorded_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.violation_id} {self.level} {self.status}"

    @property
    def as_given(self) -> Given:
        """As the rules read it."""
        return Given(self.level, self.status, self.given_on, self.by_id, self.reopened, self.imported)


class Sitting(models.Model):
    """A session of the task force: its day, who attended by organisation, and what it noted besides decisions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    held_on = models.DateField(_("day of the sitting"))
    mode = CodeField(_("how it is held"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    venue = models.CharField(_("venue"), max_length=150, blank=True)
    attendance = models.TextField(_("organisations present"), blank=True)
    access_issues = models.TextField(_("access issues noted"), blank=True)
    recommendations = models.TextField(_("recommendations"), blank=True)
    convened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("convened by"),
        editable=False,
    )
    convened_at = models.DateTimeField(_("convened"), default=timezone.now, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = SittingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="sitting_mode_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="sitting_closed_who_when",
            ),
        ]

    class Privacy:
        id = public_id = ref = held_on = mode = venue = attendance = access_issues = recommendations = (
            INTERNAL
        )
        convened_by = closed_by = PERSONAL
        convened_at = closed_at = INTERNAL

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("verification:sitting", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Not closed yet."""
        return self.closed_at is None


class SittingItem(models.Model):
    """One violation on the agenda of one sitting, and the decision taken on it there."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="items", verbose_name=_("sitting"))
    violation = models.ForeignKey(
        Violation, models.PROTECT, related_name="sitting_items", verbose_name=_("violation")
    )
    opinion = models.OneToOneField(
        Opinion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sitting_item",
        verbose_name=_("decision"),
    )
    put_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("put by"), editable=False
    )
    put_at = models.DateTimeField(_("put on the agenda"), default=timezone.now, editable=False)

    objects = SittingItemQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "violation"], name="violation_once_a_sitting"),
        ]

    class Privacy:
        id = public_id = sitting = violation = opinion = INTERNAL
        put_by = PERSONAL
        put_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.violation_id}"
