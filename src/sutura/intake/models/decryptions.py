"""What a record held that was encrypted on the phone: sealed like any other once the holder of its key opened it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.intake.models.questionnaires import Questionnaire
from sutura.intake.models.submissions import Submission, random_path
from sutura.intake.querysets import OfDecryptionQuerySet, SentQuerySet
from sutura.intake.sealing import SentSealing
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL
from sutura.security.sealed import SealedTextField
from sutura.vault.rules import TOLD


class Decryption(models.Model):
    """The record in clear, to the byte: only now it is known where it tells of, and how secret it is. Never changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="decryption", verbose_name=_("record from a phone")
    )
    region = models.CharField(_("region"), max_length=8, blank=True)
    apart = models.BooleanField(_("tells of sexual violence"), default=False)
    deprecated_id = models.CharField(_("number of the record it replaces"), max_length=249, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    xml = SealedTextField(_("record in clear"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = SentQuerySet.as_manager()
    sealing = SentSealing(TOLD, owner="by_id")

    class Meta:
        verbose_name = _("decrypted record")
        verbose_name_plural = _("decrypted records")
        ordering = ["id"]

    class Privacy:
        id = public_id = submission = region = apart = sha256 = at = INTERNAL
        deprecated_id = by = PERSONAL
        xml = IDENTIFYING

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def questionnaire(self) -> Questionnaire:
        """The form of the record, which says who may open it."""
        form: Questionnaire = self.submission.questionnaire
        return form


class DecryptedFile(models.Model):
    """A file of a decrypted record: sealed with it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decryption = models.ForeignKey(
        Decryption, models.PROTECT, related_name="files", verbose_name=_("decrypted record")
    )
    file = models.FileField(_("file"), upload_to=random_path)
    original_name = SealedTextField(_("name of the file as received"), max_length=255)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    objects = OfDecryptionQuerySet.as_manager()
    sealing = SentSealing(TOLD, whole="decryption", owner="by_id")

    class Meta:
        verbose_name = _("file of a decrypted record")
        verbose_name_plural = _("files of decrypted records")
        ordering = ["id"]

    class Privacy:
        id = public_id = decryption = sha256 = size = INTERNAL
        file = original_name = IDENTIFYING

    def __str__(self) -> str:
        return str(self.public_id)
