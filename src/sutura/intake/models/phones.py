"""Phones that send records, each under an address of its own."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.intake.querysets import PhoneQuerySet
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL


class Phone(models.Model):
    """A phone and who answers for it; its address is kept as a fingerprint alone: whoever reads this table has none."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(_("label"), max_length=80)
    region = models.CharField(_("region"), max_length=8, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="phones", verbose_name=_("answers for it")
    )
    digest = models.CharField(_("fingerprint of the address"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("in use since"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    revoked_at = models.DateTimeField(_("revoked since"), null=True, blank=True)

    objects = PhoneQuerySet.as_manager()
    history = kept(excluded_fields=["digest"])

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(label=""), name="intake_phone_has_label")]

    class Privacy:
        id = public_id = label = region = made_at = revoked_at = INTERNAL
        account = made_by = PERSONAL
        digest = IDENTIFYING

    def __str__(self) -> str:
        return self.label


class Sighting(models.Model):
    """When a phone was last here; noted every few minutes at most."""

    phone = models.OneToOneField(
        Phone, models.PROTECT, related_name="sighting", primary_key=True, verbose_name=_("phone")
    )
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    objects = PhoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("last visit of a phone")
        verbose_name_plural = _("last visits of phones")

    class Privacy:
        phone = seen_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.phone_id} · {self.seen_at:%Y-%m-%d %H:%M}"
