"""What a child needs, what is said of a service that was given, and which dockets are of one child."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.codes import CodeField, asked
from sutura.places.models import Unit
from sutura.response.choices import AskedBy, Ended, Given, Need, Opinion
from sutura.response.models.dockets import Docket
from sutura.response.models.referrals import Referral
from sutura.response.querysets import FlaggedNeedQuerySet, OfDocketQuerySet
from sutura.security.privacy import INTERNAL, PERSONAL


class FlaggedNeed(models.Model):
    """A child needs something; each need is flagged once, until it has ended."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="needs", verbose_name=_("docket"))
    need = CodeField(_("need"), max_length=14, choices=Need.choices)
    place = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("where the child is")
    )
    ended = CodeField(_("why it is no longer flagged"), max_length=8, choices=Ended.choices, blank=True)
    flagged_at = models.DateTimeField(_("flagged"), default=timezone.now, editable=False)
    flagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("flagged by")
    )

    objects = FlaggedNeedQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("need of a child")
        verbose_name_plural = _("needs of children")
        ordering = ["docket_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["docket", "need"], condition=Q(ended=""), name="response_need_flagged_once"
            )
        ]

    class Privacy:
        id = public_id = docket = flagged_at = flagged_by = INTERNAL
        need = place = ended = PERSONAL

    def __str__(self) -> str:
        return str(self.public_id)


class Feedback(models.Model):
    """What the child or a carer says of the service, by code; who asked, and when."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="+", verbose_name=_("docket"))
    referral = models.OneToOneField(
        Referral, models.PROTECT, related_name="feedback", verbose_name=_("referral")
    )
    said = CodeField(_("what they say of the service"), max_length=14, choices=Opinion.choices)
    still_needed = asked(_("still needed"))
    said_by = CodeField(_("who says it"), max_length=6, choices=Given.choices)
    asked_by = CodeField(_("who asked"), max_length=8, choices=AskedBy.choices)
    said_on = models.DateField(_("said on"))
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("noted by; nobody: through the link"),
    )  # fmt: skip

    objects = OfDocketQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("feedback on a service")
        verbose_name_plural = _("feedback on services")

    class Privacy:
        id = docket = referral = noted_at = noted_by = INTERNAL
        said = still_needed = said_by = asked_by = said_on = PERSONAL

    def __str__(self) -> str:
        return str(self.referral_id)


class Double(models.Model):
    """Two dockets are of the same child: the child is counted once, under the one that is kept on."""

    docket = models.OneToOneField(Docket, models.PROTECT, related_name="double", verbose_name=_("docket"))
    into = models.ForeignKey(
        Docket, models.PROTECT, related_name="doubles", verbose_name=_("docket that is kept on")
    )
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )

    objects = OfDocketQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("second docket of a child")
        verbose_name_plural = _("second dockets of children")
        constraints = [
            models.CheckConstraint(condition=~Q(docket=F("into")), name="response_not_its_own_double")
        ]

    class Privacy:
        id = docket = into = noted_at = noted_by = INTERNAL

    def __str__(self) -> str:
        return f"{self.docket_id} {self.into_id}"
