"""A request for coded data, the sealed file made for it, and the key to which a person's files are encrypted."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.disclosure.choices.exports import Kind, State
from sutura.disclosure.querysets.exports import ExportQuerySet
from sutura.disclosure.rules.requests import state_of
from sutura.reporting.choices import Geography, Product
from sutura.security.privacy import INTERNAL, PERSONAL


class Export(models.Model):
    """What somebody asks to take out, why, for whom; who else agreed; until when the file waits."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("reference"), max_length=20, unique=True)
    kind = models.CharField(_("what"), max_length=12, choices=Kind.choices)
    product = models.CharField(_("product"), max_length=10, choices=Product.choices, blank=True)
    period = models.CharField(_("period"), max_length=24, blank=True)
    geography = models.CharField(_("edition of the regions"), max_length=4, choices=Geography.choices)
    as_at = models.DateTimeField(_("as known on"))
    edition = models.ForeignKey(
        "reporting.Edition", models.PROTECT, null=True, related_name="+", verbose_name=_("edition")
    )
    sitting = models.ForeignKey(
        "verification.Sitting", models.PROTECT, null=True, related_name="+", verbose_name=_("sitting")
    )
    regions = models.CharField(_("regions"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), max_length=1000)
    receiver = models.CharField(_("receiver"), max_length=150)
    key = models.CharField(_("public key of the receiver"), max_length=100)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    refusal = models.TextField(_("why it was refused"), max_length=1000, blank=True)
    ends_at = models.DateTimeField(_("until"))
    taken_at = models.DateTimeField(_("first taken at"), null=True)
    sha256 = models.CharField(_("fingerprint of the encrypted file"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True)

    objects = ExportQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="export_state_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.MINUTES, sitting__isnull=False, product="", period="")
                | (~Q(kind=Kind.MINUTES) & Q(sitting=None) & ~Q(product="") & ~Q(period="")),
                name="export_of_a_sitting_or_a_period",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="export_decided_who_when",
            ),
            models.CheckConstraint(condition=~Q(decided_by=models.F("asked_by")), name="export_two_people"),
            models.CheckConstraint(
                condition=~Q(state__in=(State.APPROVED, State.REFUSED)) | Q(decided_by__isnull=False),
                name="export_decided_by_somebody",
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        ref = INTERNAL
        kind = INTERNAL
        product = INTERNAL
        period = INTERNAL
        geography = INTERNAL
        as_at = INTERNAL
        edition = INTERNAL
        sitting = INTERNAL
        regions = INTERNAL
        reason = INTERNAL
        receiver = PERSONAL
        key = INTERNAL
        state = INTERNAL
        asked_by = PERSONAL
        asked_at = INTERNAL
        decided_by = PERSONAL
        decided_at = INTERNAL
        refusal = INTERNAL
        ends_at = INTERNAL
        taken_at = INTERNAL
        sha256 = INTERNAL
        size = INTERNAL

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("disclosure:export", args=[self.public_id])

    @property
    def region_codes(self) -> list[str]:
        """Level-1 P-codes which it covers; none: the whole country."""
        return self.regions.split()

    def state_at(self, now: datetime) -> str:
        """The state that a person is told at a moment."""
        return state_of(self.state, self.ends_at, now)


class Parcel(models.Model):
    """The encrypted file of an approved request, until its time is over: then the row goes."""

    export = models.OneToOneField(Export, models.PROTECT, related_name="parcel", verbose_name=_("export"))
    content = models.BinaryField(_("encrypted content"))

    class Meta:
        verbose_name = _("encrypted file")
        verbose_name_plural = _("encrypted files")

    class Privacy:
        id = INTERNAL
        export = INTERNAL
        content = PERSONAL

    def __str__(self) -> str:
        return str(self.export_id)


class ReceiverKey(models.Model):
    """The public key to which files for this person are encrypted; the secret half never comes here."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="receiver_key", verbose_name=_("account")
    )
    key = models.CharField(_("public key"), max_length=100)

    history = kept()

    class Meta:
        verbose_name = _("public key of a person")
        verbose_name_plural = _("public keys of people")

    class Privacy:
        id = INTERNAL
        account = PERSONAL
        key = INTERNAL

    def __str__(self) -> str:
        return self.key
