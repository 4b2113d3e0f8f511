"""What was written without a network, as a browser sealed it; and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.intake.choices import Became, Paper
from sutura.intake.querysets import EnvelopeQuerySet, OfEnvelopeQuerySet
from sutura.intake.sealing import EnvelopeSealing
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL
from sutura.security.sealed import SealedTextField
from sutura.vault.rules import TOLD


class Envelope(models.Model):
    """One record, sealed on the device that wrote it and numbered there: sent twice it is here once. Never changed."""

    public_id = models.UUIDField(unique=True, editable=False)
    form = models.CharField(_("form"), max_length=10, choices=Paper.choices)
    region = models.CharField(_("region"), max_length=8)
    apart = models.BooleanField(_("tells of sexual violence"), default=False)
    content = SealedTextField(_("what was written"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    written_at = models.DateTimeField(_("written, by the clock of the device"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by")
    )

    objects = EnvelopeQuerySet.as_manager()
    sealing = EnvelopeSealing(TOLD, owner="sent_by_id")

    class Meta:
        verbose_name = _("record written without a network")
        verbose_name_plural = _("records written without a network")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(region=""), name="intake_envelope_somewhere")]

    class Privacy:
        id = public_id = form = region = apart = sha256 = written_at = received_at = INTERNAL
        sent_by = PERSONAL
        content = IDENTIFYING

    def __str__(self) -> str:
        return str(self.public_id)


class Unpacking(models.Model):
    """What became of an envelope: one line for each attempt, the last one holds. `made` names the record it became."""

    envelope = models.ForeignKey(
        Envelope,
        models.PROTECT,
        related_name="unpackings",
        verbose_name=_("record written without a network"),
    )
    became = models.CharField(_("what became of it"), max_length=10, choices=Became.choices)
    made = models.CharField(_("reference"), max_length=60, blank=True)
    fields = models.CharField(_("fields that do not pass"), max_length=200, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = OfEnvelopeQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of a record written without a network")
        verbose_name_plural = _("openings of records written without a network")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["envelope"],
                condition=Q(became__in=[Became.MADE, Became.ASIDE]),
                name="intake_envelope_made_once",
            ),
            models.CheckConstraint(
                condition=Q(became=Became.MADE) & ~Q(made="") | ~Q(became=Became.MADE) & Q(made=""),
                name="intake_unpacked_is_named",
            ),
        ]

    class Privacy:
        id = envelope = became = made = fields = reason = at = INTERNAL
        by = PERSONAL

    def __str__(self) -> str:
        return f"{self.envelope_id} · {self.get_became_display()}"
