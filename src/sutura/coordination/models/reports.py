"""What is reported of a recommendation, what proves it, and the links by which an organisation reports."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.models.recommendations import Recommendation
from sutura.coordination.querysets.recommendations import EvidenceQuerySet, OfRecommendationQuerySet
from sutura.security.privacy import INTERNAL


def evidence_path(_evidence: models.Model, _name: str) -> str:
    """A random name: the one given by the sender may say who she is."""
    return str(PurePath("evidence", uuid.uuid4().hex))


class ReportLink(models.Model):
    """A link by which an organisation without an account reports once on one recommendation."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="links", verbose_name=_("recommendation")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed out by")
    )
    made_at = models.DateTimeField(_("handed out"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("opens until"))
    revoked_at = models.DateTimeField(_("closed unused"), null=True, blank=True)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = OfRecommendationQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("link for one report")
        verbose_name_plural = _("links for one report")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(revoked_at=None, used_at=None),
                name="report_link_one_at_a_time",
            ),
        ]

    class Privacy:
        id = public_id = recommendation = made_by = made_at = expires_at = revoked_at = used_at = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)


class ProgressReport(models.Model):
    """What was reported of a recommendation on a day: by an account, or by the organisation through a link."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="reports", verbose_name=_("recommendation")
    )
    reported_at = models.DateTimeField(_("reported"), default=timezone.now, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("reported by"),
    )  # fmt: skip
    link = models.ForeignKey(
        ReportLink, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("link")
    )
    progress = models.PositiveSmallIntegerField(_("progress, in percent"))
    words = models.CharField(_("what was done"), max_length=2000)
    done = models.BooleanField(_("declared done"), default=False)

    objects = OfRecommendationQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("report on a recommendation")
        verbose_name_plural = _("reports on recommendations")
        ordering = ["reported_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, link=None) | Q(account=None, link__isnull=False),
                name="progress_report_by_one",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_report_percent"),
        ]

    class Privacy:
        id = public_id = recommendation = reported_at = account = link = progress = words = done = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)


class Evidence(models.Model):
    """What proves that something was done: a line, and a file where there is one; never of a child."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="evidence", verbose_name=_("recommendation")
    )
    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="evidence", verbose_name=_("report")
    )
    words = models.CharField(_("what proves it"), max_length=500)
    file = models.FileField(_("file"), upload_to=evidence_path, blank=True)
    content_type = models.CharField(_("type of the file"), max_length=100, blank=True)
    ending = models.CharField(_("ending of the file"), max_length=5, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    voided_reason = models.CharField(_("why it was taken back"), max_length=500, blank=True)

    objects = EvidenceQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256="")),
                name="evidence_file_has_fingerprint",
            ),
        ]

    class Privacy:
        id = public_id = recommendation = report = words = file = content_type = size = sha256 = INTERNAL
        ending = voided_reason = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def file_name(self) -> str:
        """Under which name its file is handed out: codes alone."""
        return f"{self.recommendation.ref}-{self.public_id.hex[:8]}.{self.ending}"
