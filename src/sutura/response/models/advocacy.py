"""Approaches to authorities and parties: what was asked of which office, what was answered, what comes next."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.models import Recommendation
from sutura.incidents.codes import CodeField
from sutura.incidents.models import Violation
from sutura.parties.models import Party
from sutura.partners.models import Organisation
from sutura.response.choices import SUBJECTS, Approaching, Channel, Correction, Next, Office, Reach, Reaction
from sutura.response.models.dockets import Docket, Step
from sutura.response.models.sites import Site
from sutura.response.models.visits import Visit
from sutura.response.querysets import ApproachQuerySet, OfApproachQuerySet
from sutura.response.rules.reach import Told
from sutura.security.privacy import IDENTIFYING, INTERNAL
from sutura.security.sealed import SealedTextField, Sealing
from sutura.vault.rules import FOLLOWED

ONE_MATTER = (
    Q(docket__isnull=False, step__isnull=False, violation=None, recommendation=None)
    | Q(docket=None, step=None, violation__isnull=False, recommendation=None)
    | Q(docket=None, step=None, violation=None, recommendation__isnull=False)
)


class Approach(models.Model):
    """Something asked of an office; the last answer and what comes next are kept for the list.

    The words of the message are sealed: they may tell more than a code, and leave by no door.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("code of the approach"), max_length=12, unique=True, editable=False)
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    about = CodeField(_("about"), max_length=12, choices=Approaching.choices)
    subject = CodeField(_("what is asked"), max_length=12, choices=SUBJECTS)
    office = CodeField(_("office"), max_length=12, choices=Office.choices)
    reach = CodeField(_("level"), max_length=10, choices=Reach.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("party to the conflict"),
    )
    channel = CodeField(_("way"), max_length=10, choices=Channel.choices)
    made_on = models.DateField(_("day"))
    made_for = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation that asks")
    )
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("place of detention or centre"),
    )  # fmt: skip
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="approaches", verbose_name=_("visit")
    )
    message = SealedTextField(_("message"), max_length=1000, blank=True)
    reaction = CodeField(_("answer"), max_length=10, choices=Reaction.choices, default=Reaction.NONE)
    next_step = CodeField(_("next step"), max_length=10, choices=Next.choices, blank=True)
    next_on = models.DateField(_("next step on"), null=True, blank=True)
    voided = CodeField(_("why it was taken back"), max_length=6, choices=Correction.choices, blank=True)
    wait = CodeField(_("waits for"), max_length=8, blank=True, editable=False)
    wait_from = models.DateField(_("late from"), null=True, blank=True, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )

    objects = ApproachQuerySet.as_manager()
    history = kept()
    sealing = Sealing(FOLLOWED, owner="noted_by_id")

    class Meta:
        verbose_name = _("approach")
        verbose_name_plural = _("approaches")
        ordering = ["-made_on", "-id"]
        indexes = [models.Index(fields=["region", "wait_from"], name="response_approach_waits")]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(party=None), name="response_approach_of_one"
            ),
            models.CheckConstraint(
                condition=Q(office=Office.PARTY, party__isnull=False)
                | ~Q(office=Office.PARTY) & Q(party=None),
                name="response_approach_names_its_party",
            ),
            models.CheckConstraint(
                condition=Q(reaction__in=Reaction.values), name="response_approach_reaction_known"
            ),
            models.CheckConstraint(
                condition=Q(next_step__in=["", Next.END], next_on=None)
                | ~Q(next_step__in=["", Next.END]) & Q(next_on__isnull=False),
                name="response_approach_next_has_a_day",
            ),
        ]

    class Privacy:
        id = public_id = ref = region = about = subject = office = reach = organisation = party = INTERNAL
        channel = made_on = made_for = site = visit = reaction = next_step = next_on = INTERNAL
        voided = wait = wait_from = noted_by = INTERNAL
        message = IDENTIFYING

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("response:approach", args=[self.public_id])

    @property
    def told(self) -> Told:
        """What the rules judge."""
        return Told(self.made_on, self.reaction, self.next_step, self.next_on, bool(self.voided))

    @property
    def addressee(self) -> Any:
        """The institution or the party; none where the office alone is known."""
        return self.party or self.organisation


class Reply(models.Model):
    """What was answered to an approach, one row each time; the table only grows."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    approach = models.ForeignKey(Approach, models.PROTECT, related_name="replies", verbose_name=_("approach"))
    reaction = CodeField(_("answer"), max_length=10, choices=Reaction.choices)
    told_on = models.DateField(_("day"))
    office = CodeField(_("office"), max_length=12, choices=Office.choices)
    words = SealedTextField(_("words of the answer"), max_length=1000, blank=True)
    next_step = CodeField(_("next step"), max_length=10, choices=Next.choices, blank=True)
    next_on = models.DateField(_("next step on"), null=True, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )

    objects = OfApproachQuerySet.as_manager()
    sealing = Sealing(FOLLOWED, whole="approach", owner="noted_by_id")

    class Meta:
        verbose_name = _("answer to an approach")
        verbose_name_plural = _("answers to approaches")
        ordering = ["id"]

    class Privacy:
        id = public_id = approach = reaction = told_on = office = next_step = next_on = INTERNAL
        noted_at = noted_by = INTERNAL
        words = IDENTIFYING

    def __str__(self) -> str:
        return str(self.public_id)


class Matter(models.Model):
    """What an approach speaks of: a docket with its line, a violation, or a recommendation; it only grows.

    Never a docket beside a violation: the approach would tell which incident a child is of (ADR 0029).
    """

    approach = models.ForeignKey(Approach, models.PROTECT, related_name="matters", verbose_name=_("approach"))
    docket = models.ForeignKey(
        Docket, models.PROTECT, null=True, blank=True, related_name="matters", verbose_name=_("docket")
    )
    step = models.OneToOneField(
        Step, models.PROTECT, null=True, blank=True, related_name="matter", verbose_name=_("line of a docket")
    )
    violation = models.ForeignKey(
        Violation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("violation")
    )
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("recommendation"),
    )  # fmt: skip

    objects = OfApproachQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter of an approach")
        verbose_name_plural = _("matters of approaches")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=ONE_MATTER, name="response_matter_is_one"),
            models.UniqueConstraint(fields=["approach", "docket"], name="response_matter_docket_once"),
            models.UniqueConstraint(fields=["approach", "violation"], name="response_matter_violation_once"),
            models.UniqueConstraint(
                fields=["approach", "recommendation"], name="response_matter_recommendation_once"
            ),
        ]

    class Privacy:
        id = approach = docket = step = violation = recommendation = INTERNAL

    def __str__(self) -> str:
        return f"{self.approach_id}"
