"""How somebody is reminded, and the address under which a calendar program reads her days."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.reminders import Rhythm
from sutura.coordination.querysets.reminders import FeedQuerySet, OwnQuerySet
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL


class Reminder(models.Model):
    """How often, and at which professional address, somebody is told what waits for her."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminder", verbose_name=_("account")
    )
    rhythm = models.CharField(_("how often"), max_length=6, choices=Rhythm.choices, default=Rhythm.OFF)
    email = models.EmailField(_("professional e-mail address"), blank=True)
    sent_on = models.DateField(_("last sent on"), null=True, blank=True)

    objects = OwnQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="reminder_rhythm_known"),
            models.CheckConstraint(condition=Q(rhythm="off") | ~Q(email=""), name="reminder_goes_somewhere"),
        ]

    class Privacy:
        id = rhythm = sent_on = INTERNAL
        account = email = PERSONAL

    def __str__(self) -> str:
        return f"{self.account_id} {self.rhythm}"


class Feed(models.Model):
    """The address of somebody's calendar, kept as a fingerprint alone: whoever reads this table opens none."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds", verbose_name=_("account")
    )
    digest = models.CharField(_("fingerprint of the address"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = FeedQuerySet.as_manager()
    history = kept(excluded_fields=["digest"])

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(revoked_at=None), name="feed_one_at_a_time"
            )
        ]

    class Privacy:
        id = made_at = revoked_at = INTERNAL
        account = PERSONAL
        digest = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.account_id}"
