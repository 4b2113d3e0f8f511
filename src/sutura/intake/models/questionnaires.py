"""Forms that phones fill in. A version is written once and accepted for ever."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.intake.querysets import QuestionnaireQuerySet
from sutura.security.privacy import INTERNAL, PERSONAL


class Questionnaire(models.Model):
    """A form, whatever its versions; closed, it leaves the lists of phones and takes no record."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_id = models.CharField(_("identifier"), max_length=100, unique=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = QuestionnaireQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("form of phones")
        verbose_name_plural = _("forms of phones")
        ordering = ["form_id"]

    class Privacy:
        id = public_id = form_id = closed_at = INTERNAL

    def __str__(self) -> str:
        return self.form_id


class Version(models.Model):
    """One version of a form: the sheet that was given, and the very bytes that phones download."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="versions", verbose_name=_("form of phones")
    )
    version = models.CharField(_("version"), max_length=100)
    title = models.CharField(_("title"), max_length=200)
    source = models.BinaryField(_("sheet as given"))
    source_sha256 = models.CharField(_("fingerprint of the sheet"), max_length=64)
    xform = models.BinaryField(_("form as phones read it"))
    md5 = models.CharField(_("mark by which phones know the form"), max_length=32)
    warnings = models.TextField(_("remarks at publication"), blank=True, default="")
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "version"], name="intake_version_once"),
        ]

    class Privacy:
        id = questionnaire = version = title = source = source_sha256 = xform = md5 = warnings = INTERNAL
        published_at = INTERNAL
        published_by = PERSONAL

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Media(models.Model):
    """A file that a version asks for: a list of communes."""

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="media", verbose_name=_("version of a form")
    )
    name = models.CharField(_("name"), max_length=100)
    content = models.BinaryField(_("content"))
    md5 = models.CharField(_("mark by which phones know the file"), max_length=32)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a form")
        verbose_name_plural = _("files of forms")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="intake_media_once")]

    class Privacy:
        id = version = name = content = md5 = INTERNAL

    def __str__(self) -> str:
        return self.name
