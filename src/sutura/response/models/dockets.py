"""A child by code, and what happened, line by line. No column could hold a name: all is codes, dates and references."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.codes import CodeField
from sutura.parties.models import Party
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.response.choices import (
    ANSWERS,
    Actor,
    AgeBasis,
    Association,
    Correction,
    Due,
    Kind,
    LateReason,
    Precision,
    Sex,
    Stage,
    Zone,
)
from sutura.response.models.sites import Site
from sutura.response.querysets import DocketQuerySet, OfDocketQuerySet
from sutura.response.rules.clocks import Fact, Span, span_of
from sutura.security.privacy import INTERNAL, PERSONAL


class Docket(models.Model):
    """One child, by a code made by chance; `stage` and what is due next are kept for the worklist."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("code of the docket"), max_length=12, unique=True, editable=False)
    region = models.CharField(_("region"), max_length=8, db_index=True)
    sex = CodeField(_("sex"), max_length=8, choices=Sex.choices)
    age = models.PositiveSmallIntegerField(_("age at the encounter"), null=True, blank=True)
    age_basis = CodeField(_("how the age is known"), max_length=12, choices=AgeBasis.choices, blank=True)
    association = CodeField(_("association"), max_length=12, choices=Association.choices)
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("party of association")
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    stage = CodeField(_("stage"), max_length=12, choices=Stage.choices, editable=False)
    next_due = CodeField(_("due next"), max_length=14, choices=Due.choices, blank=True, editable=False)
    next_due_at = models.DateTimeField(_("due at the latest"), null=True, blank=True, editable=False)

    objects = DocketQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("docket")
        verbose_name_plural = _("dockets")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_due_at", "id"], name="response_due"),
            models.Index(fields=["region", "stage"], name="response_stage"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(region=""), name="response_docket_somewhere"),
            models.CheckConstraint(condition=Q(age=None) | Q(age__lt=18), name="response_docket_under_18"),
            models.CheckConstraint(
                condition=Q(age=None, age_basis="") | Q(age__isnull=False) & ~Q(age_basis=""),
                name="response_age_says_how",
            ),
            models.CheckConstraint(
                condition=Q(party=None) | Q(association__in=[Association.ASSOCIATED, Association.ALLEGED]),
                name="response_party_of_association",
            ),
            models.CheckConstraint(
                condition=Q(next_due="", next_due_at=None) | ~Q(next_due="") & Q(next_due_at__isnull=False),
                name="response_due_has_a_moment",
            ),
        ]

    class Privacy:
        id = public_id = ref = region = opened_at = opened_by = stage = next_due = next_due_at = INTERNAL
        sex = age = age_basis = association = party = PERSONAL

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("response:docket", args=[self.public_id])


class Step(models.Model):
    """One line of a docket; the table only grows, and a correction is a further line which says what it corrects.

    `episode` counts the encounters of a child: one detained twice has two, and a line says itself to which it belongs.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="steps", verbose_name=_("docket"))
    episode = models.PositiveSmallIntegerField(_("which encounter"))
    kind = CodeField(_("what happened"), max_length=14, choices=Kind.choices, blank=True)
    answer = models.CharField(_("how"), max_length=14, blank=True)
    actor = CodeField(_("who, by office"), max_length=14, choices=Actor.choices, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    precision = CodeField(_("how exactly it is known"), max_length=8, choices=Precision.choices)
    day = models.DateField(_("day"), null=True, blank=True)
    moment = models.DateTimeField(_("moment"), null=True, blank=True)
    zone = CodeField(_("on whose clock"), max_length=20, choices=Zone.choices, default=Zone.BAMAKO)
    place = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place of detention or centre"),
    )
    signed = models.BooleanField(_("record signed"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("month of follow-up"), null=True, blank=True)
    late_reason = CodeField(_("why after the limit"), max_length=10, choices=LateReason.choices, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected", verbose_name=_("corrects")
    )
    why = CodeField(_("why it is corrected"), max_length=6, choices=Correction.choices, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )

    objects = OfDocketQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a docket")
        verbose_name_plural = _("lines of dockets")
        ordering = ["docket_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=Kind.values), name="response_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="") | Q(corrects__isnull=False), name="response_taken_back"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, why="") | Q(corrects__isnull=False) & ~Q(why=""),
                name="response_correction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(precision=Precision.TIME, moment__isnull=False, day__isnull=False)
                | Q(precision__in=[Precision.DAY, Precision.MONTH], moment=None, day__isnull=False)
                | Q(precision=Precision.UNKNOWN, moment=None, day=None),
                name="response_date_as_known",
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(kind=Kind.FOLLOW_UP), name="response_month_of_follow_up"
            ),
            models.CheckConstraint(condition=~Q(corrects=F("id")), name="response_not_its_own_correction"),
        ]

    class Privacy:
        id = public_id = docket = episode = corrects = why = noted_at = noted_by = INTERNAL
        kind = answer = actor = organisation = precision = day = moment = zone = place = site = PERSONAL
        signed = month = late_reason = PERSONAL

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def span(self) -> Span:
        """When, as far as it is known."""
        return span_of(self.precision, day=self.day, moment=self.moment, zone=self.zone)

    @property
    def fact(self) -> Fact:
        """What the rules judge."""
        return Fact(self.kind, self.span, self.answer, self.month, self.late_reason, self.pk, self.noted_at)

    @property
    def answer_words(self) -> str:
        """What its code says."""
        codes = ANSWERS.get(self.kind)
        return str(codes(self.answer).label) if codes and self.answer else ""


def standing(steps: Sequence[Step]) -> list[Step]:
    """The lines that hold: those which no later line corrects, and not the taking back itself."""
    corrected = {step.corrects_id for step in steps}
    return [step for step in steps if step.kind and step.pk not in corrected]
