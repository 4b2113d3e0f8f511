"""What phones sent, as it came: sealed, never changed; and what became of it."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.intake.choices import Became
from sutura.intake.models.phones import Phone
from sutura.intake.models.questionnaires import Questionnaire, Version
from sutura.intake.querysets import OfSubmissionQuerySet, SubmissionQuerySet
from sutura.intake.sealing import SentSealing
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL
from sutura.security.sealed import SealedTextField
from sutura.vault.rules import TOLD


class Submission(models.Model):
    """A record as a phone sent it. `conflicts_with`: another text under a number that was taken; kept for a person."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="submissions", verbose_name=_("form of phones")
    )
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, related_name="submissions", verbose_name=_("version of a form")
    )
    instance_id = models.CharField(_("number given by the phone"), max_length=249)
    deprecated_id = models.CharField(_("number of the record it replaces"), max_length=249, blank=True)
    conflicts_with = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="conflicts", verbose_name=_("conflicts with")
    )
    phone = models.ForeignKey(
        Phone, models.PROTECT, related_name="submissions", verbose_name=_("phone"), db_index=True
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("answers for it")
    )
    region = models.CharField(_("region"), max_length=8, blank=True)
    apart = models.BooleanField(_("tells of sexual violence"), default=False)
    encrypted = models.BooleanField(_("encrypted on the phone"), default=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    xml = SealedTextField(_("record as sent"))
    received_at = models.DateTimeField(_("received on"), default=timezone.now)

    objects = SubmissionQuerySet.as_manager()
    sealing = SentSealing(TOLD, owner="account_id")

    class Meta:
        verbose_name = _("record from a phone")
        verbose_name_plural = _("records from phones")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "instance_id"],
                condition=Q(conflicts_with=None),
                name="intake_submission_once",
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "deprecated_id"],
                condition=Q(conflicts_with=None) & ~Q(deprecated_id=""),
                name="intake_replaced_once",
            ),
            models.UniqueConstraint(
                fields=["conflicts_with", "sha256"],
                condition=Q(conflicts_with__isnull=False),
                name="intake_conflict_once",
            ),
            models.CheckConstraint(condition=~Q(instance_id=""), name="intake_submission_numbered"),
        ]

    class Privacy:
        id = public_id = questionnaire = version = conflicts_with = phone = region = apart = INTERNAL
        encrypted = sha256 = received_at = INTERNAL
        instance_id = deprecated_id = account = PERSONAL
        xml = IDENTIFYING

    def __str__(self) -> str:
        return str(self.public_id)


def random_path(_file: models.Model, _name: str) -> str:
    """A random name: the phone's own may tell something."""
    return str(PurePath("submissions", uuid.uuid4().hex))


class SubmittedFile(models.Model):
    """A file that a record names: sealed with it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="files", verbose_name=_("record from a phone")
    )
    file = models.FileField(_("file"), upload_to=random_path)
    original_name = SealedTextField(_("name of the file as received"), max_length=255)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    received_at = models.DateTimeField(_("received on"), default=timezone.now)

    objects = OfSubmissionQuerySet.as_manager()
    sealing = SentSealing(TOLD, whole="submission", owner="account_id")

    class Meta:
        verbose_name = _("file of a record")
        verbose_name_plural = _("files of records")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "sha256"], name="intake_submitted_file_once")
        ]

    class Privacy:
        id = public_id = submission = sha256 = size = received_at = INTERNAL
        file = original_name = IDENTIFYING

    def __str__(self) -> str:
        return str(self.public_id)


class Outcome(models.Model):
    """What became of a record: one line for each attempt, the last one holds. `made` names the record it became."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="outcomes", verbose_name=_("record from a phone")
    )
    became = models.CharField(_("what became of it"), max_length=10, choices=Became.choices)
    kind = models.CharField(_("kind of record"), max_length=60, blank=True)
    made = models.CharField(_("reference"), max_length=60, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    field = models.CharField(_("field"), max_length=60, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = OfSubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome of a record")
        verbose_name_plural = _("outcomes of records")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(became__in=["made", "aside"]), name="intake_settled_once"
            ),
            models.CheckConstraint(
                condition=Q(became="made") & ~Q(made="") | ~Q(became="made") & Q(made=""),
                name="intake_made_is_named",
            ),
        ]

    class Privacy:
        id = submission = became = kind = made = reason = field = at = INTERNAL
        by = PERSONAL

    def __str__(self) -> str:
        return f"{self.submission_id} · {self.get_became_display()}"
