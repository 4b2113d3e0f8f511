"""Servers of Kobo whose records come in, and which record is which there."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.intake.models.phones import Phone
from sutura.intake.models.submissions import Submission
from sutura.intake.querysets import KoboQuerySet, OfSubmissionQuerySet
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL


class Kobo(models.Model):
    """One form on one server. Its `phone` says whose it is, in which region, and whether it still may send."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    phone = models.OneToOneField(Phone, models.PROTECT, related_name="kobo", verbose_name=_("phone"))
    server = models.CharField(_("address of the server"), max_length=200)
    asset = models.CharField(_("identifier of the form there"), max_length=64)
    form_id = models.CharField(_("form of Sutura that it fills"), max_length=100, blank=True)
    renames = models.TextField(_("fields named otherwise there"), blank=True)
    token = models.BinaryField(_("token, encrypted"), editable=False)
    digest = models.CharField(_("fingerprint of the address"), max_length=64, unique=True, editable=False)
    words = models.TextField(_("words of the form there"), blank=True)
    made_at = models.DateTimeField(_("in use since"), default=timezone.now, editable=False)

    objects = KoboQuerySet.as_manager()
    history = kept(excluded_fields=["token", "digest"])

    class Meta:
        verbose_name = _("form on a Kobo server")
        verbose_name_plural = _("forms on Kobo servers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(server="") & ~Q(asset=""), name="intake_kobo_is_somewhere")
        ]

    class Privacy:
        id = public_id = phone = server = asset = form_id = renames = words = made_at = INTERNAL
        token = digest = IDENTIFYING

    def __str__(self) -> str:
        return str(self.phone)

    @property
    def renamed(self) -> dict[str, str]:
        """Name of a field there → name here."""
        return dict(line.split(" = ", 1) for line in self.renames.splitlines() if " = " in line)


class KoboRecord(models.Model):
    """One version of a record there, and what is kept of it here; a correction has the same root, another number."""

    kobo = models.ForeignKey(
        Kobo, models.PROTECT, related_name="records", verbose_name=_("form on a Kobo server")
    )
    root = models.CharField(_("number that stays"), max_length=249, db_index=True)
    number = models.CharField(_("number of this version"), max_length=249)
    server_id = models.BigIntegerField(_("number on the server"), default=0)
    files = models.PositiveSmallIntegerField(_("files it names"), default=0)
    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="kobo", verbose_name=_("record from a phone")
    )

    objects = OfSubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of Kobo")
        verbose_name_plural = _("records of Kobo")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["kobo", "number"], name="intake_kobo_record_once")]

    class Privacy:
        id = kobo = server_id = files = submission = INTERNAL
        root = number = PERSONAL

    def __str__(self) -> str:
        return f"{self.server_id} · {self.pk}"
