"""Mapping rounds of a region: who was invited, who answered, and the links by which an organisation confirms."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.mhpss.choices import Answer, Method
from sutura.mhpss.querysets import CampaignQuerySet, InvitationQuerySet, LinkQuerySet
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL

OPEN_FOR = timedelta(days=30)


def _end() -> object:
    return timezone.now() + OPEN_FOR


class Campaign(models.Model):
    """A mapping round: a region, its cercles or all of them, from a day to a day, how it asks."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    region = models.CharField(_("region"), max_length=8, db_index=True)
    cercles = models.CharField(_("cercles asked about"), max_length=300, blank=True)  # codes; none: all
    method = models.CharField(_("how it asks"), max_length=10, choices=Method.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = CampaignQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("mapping round")
        verbose_name_plural = _("mapping rounds")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="mhpss_round_dates"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="mhpss_round_method_known"),
        ]

    class Privacy:
        id = public_id = title = region = cercles = method = starts_on = ends_on = INTERNAL

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mhpss:campaign", args=[self.public_id])


class Invitation(models.Model):
    """An organisation invited to a round, and how far its answer is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="invitations", verbose_name=_("mapping round")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, default=Answer.INVITED)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("invitation to a mapping round")
        verbose_name_plural = _("invitations to mapping rounds")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "organisation"], name="mhpss_invited_once"),
            models.CheckConstraint(
                condition=Q(answer=Answer.INVITED, answered_on=None)
                | ~Q(answer=Answer.INVITED) & Q(answered_on__isnull=False),
                name="mhpss_answered_on_a_day",
            ),
        ]

    class Privacy:
        id = public_id = campaign = organisation = answer = answered_on = INTERNAL

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.organisation_id}"


class ConfirmLink(models.Model):
    """A link by which an organisation without an account says that its services still are as the map tells."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invitation = models.ForeignKey(
        Invitation, models.PROTECT, related_name="links", verbose_name=_("invitation")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed out by")
    )
    expires_at = models.DateTimeField(_("open until"), default=_end)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("link to confirm services")
        verbose_name_plural = _("links to confirm services")
        ordering = ["-id"]

    class Privacy:
        id = public_id = invitation = made_by = expires_at = used_at = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)
