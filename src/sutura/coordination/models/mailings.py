"""What was mailed to the members of a body: to which address, when, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.mailings import Notice, Outcome
from sutura.coordination.models.meetings import Meeting
from sutura.coordination.querysets.meetings import MailingQuerySet
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


class Mailing(models.Model):
    """The message to one organisation that it is invited on a day, or that the minutes of that day are there."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="mailings", verbose_name=_("meeting"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    notice = models.CharField(_("what it tells of"), max_length=9, choices=Notice.choices)
    day = models.DateField(_("day of the meeting"))
    address = models.EmailField(
        _("address for convening"), blank=True
    )  # as it was when the message was asked for
    outcome = models.CharField(_("what became of it"), max_length=10, choices=Outcome.choices)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"), editable=False
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    tried_at = models.DateTimeField(_("last tried"), null=True, blank=True)

    objects = MailingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("message to a member")
        verbose_name_plural = _("messages to members")
        ordering = ["meeting_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation", "notice", "day"], name="mailing_once_of_a_day"
            ),
            models.CheckConstraint(condition=Q(notice__in=Notice.values), name="mailing_notice_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="mailing_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="no_address", address="") | (~Q(outcome="no_address") & ~Q(address="")),
                name="mailing_goes_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("waiting", "no_address")) | Q(tried_at__isnull=False),
                name="mailing_tried_says_when",
            ),
        ]

    class Privacy:
        id = meeting = organisation = notice = day = address = outcome = asked_by = INTERNAL
        asked_at = tried_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.organisation_id} {self.notice}"
