"""A consent, and the referrals that rest on it: who is told what leaves, how far it has come, never a name."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.codes import CodeField
from sutura.mhpss.models import Service
from sutura.partners.models import Organisation
from sutura.response.choices import Declined, Given, Need, State, Urgency
from sutura.response.models.dockets import Docket
from sutura.response.querysets import OfDocketQuerySet, ReferralQuerySet
from sutura.response.rules.referrals import Agreed
from sutura.security.privacy import INTERNAL, PERSONAL


class Consent(models.Model):
    """The child or a carer agrees that one organisation is told what it needs; it ends, and it can be withdrawn."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="consents", verbose_name=_("docket"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation that is told")
    )
    given_by = CodeField(_("given by"), max_length=6, choices=Given.choices)
    association = models.BooleanField(_("also that the child was with a force or group"), default=False)
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("holds until"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = OfDocketQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("consent to a referral")
        verbose_name_plural = _("consents to referrals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("given_on")), name="response_consent_ends_after"
            )
        ]

    class Privacy:
        id = public_id = docket = given_on = expires_on = withdrawn_at = INTERNAL
        organisation = given_by = association = PERSONAL

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def agreed(self) -> Agreed:
        """What the rules judge."""
        return Agreed(
            self.organisation_id,
            self.association,
            self.given_on,
            self.expires_on,
            self.withdrawn_at is not None,
        )


class Referral(models.Model):
    """A child is sent to a service, for one need."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("code of the referral"), max_length=12, unique=True, editable=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="referrals", verbose_name=_("docket"))
    # The docket's, again: behind the second wall a list would else look at every docket for every referral.
    region = models.CharField(_("region"), max_length=8, editable=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="referrals", verbose_name=_("consent"))
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("service"))
    need = CodeField(_("need"), max_length=14, choices=Need.choices)
    urgency = CodeField(_("urgency"), max_length=4, choices=Urgency.choices)
    state = CodeField(_("state"), max_length=10, choices=State.choices, default=State.SENT, editable=False)
    declined = CodeField(_("why it was declined"), max_length=10, choices=Declined.choices, blank=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    due_at = models.DateTimeField(_("answer needed until"), editable=False)
    answered_at = models.DateTimeField(_("last answer"), null=True, blank=True, editable=False)

    objects = ReferralQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["due_at", "id"], name="response_answer_due"),
            models.Index(fields=["-answered_at", "-id"], name="response_answered"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.DECLINED) & ~Q(declined="")
                | ~Q(state=State.DECLINED) & Q(declined=""),
                name="response_declined_says_why",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="response_referral_state_known"),
            models.CheckConstraint(condition=~Q(region=""), name="response_referral_somewhere"),
        ]

    class Privacy:
        id = public_id = ref = docket = region = consent = state = sent_at = sent_by = due_at = (
            answered_at
        ) = INTERNAL
        service = need = urgency = declined = PERSONAL

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("response:referral", args=[self.public_id])
