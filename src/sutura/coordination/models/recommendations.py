"""Recommendations, who contributes to them, what is reported of them, and the links by which it is reported."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.recommendations import Blockage, Origin, Priority, State
from sutura.coordination.models.bodies import Body
from sutura.coordination.querysets.recommendations import (
    OfRecommendationQuerySet,
    RecommendationQuerySet,
)
from sutura.coordination.rules import recommendations as rules
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


class ReferenceCount(models.Model):
    """The last number given under a body and month: a number is given once, also where two people act at once."""

    series = models.CharField(_("series"), max_length=30, unique=True)
    last = models.PositiveIntegerField(_("last number"))

    class Meta:
        verbose_name = _("counter of references")
        verbose_name_plural = _("counters of references")

    class Privacy:
        id = series = last = INTERNAL

    def __str__(self) -> str:
        return self.series


class Recommendation(models.Model):
    """What a body asked an organisation to do; the organisation needs no account, and its person is an office."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("reference"), max_length=30, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="recommendations", verbose_name=_("body"))
    origin = models.CharField(_("born in"), max_length=12, choices=Origin.choices)
    source = models.CharField(_("meeting, document or paragraph"), max_length=200, blank=True)
    party_code = models.CharField(_("code of the party"), max_length=20, blank=True)
    paragraph = models.ForeignKey(
        "coordination.Paragraph", models.PROTECT, null=True, blank=True, related_name="recommendations",
        verbose_name=_("paragraph or article"),
    )  # fmt: skip
    need = models.ForeignKey(
        "coordination.Need", models.PROTECT, null=True, blank=True, related_name="recommendations",
        verbose_name=_("need it answers"),
    )  # fmt: skip
    event = models.ForeignKey(
        "coordination.Event", models.PROTECT, null=True, blank=True, related_name="recommendations",
        verbose_name=_("workshop or mission where it was born"),
    )  # fmt: skip
    text = models.TextField(_("recommendation"))
    axis = models.ForeignKey(
        "coordination.Axis", models.PROTECT, null=True, blank=True, related_name="recommendations",
        verbose_name=_("strategic axis"),
    )  # fmt: skip
    axis_words = models.CharField(_("strategic axis, in words"), max_length=120, blank=True)  # of before
    theme = models.ForeignKey(
        "coordination.Theme", models.PROTECT, null=True, blank=True, related_name="recommendations",
        verbose_name=_("theme"),
    )  # fmt: skip
    priority = models.CharField(
        _("priority"), max_length=6, choices=Priority.choices, default=Priority.NORMAL
    )
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, related_name="recommendations", verbose_name=_("responsible organisation")
    )  # fmt: skip
    person = models.CharField(_("in charge there"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    budget_need = models.PositiveBigIntegerField(_("budget needed, in CFA francs"), null=True, blank=True)
    raised_on = models.DateField(_("raised on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    deferrals = models.PositiveSmallIntegerField(_("deferrals"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress, in percent"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    blockage = models.CharField(_("what blocks it"), max_length=13, choices=Blockage.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("successor")
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("verified by"),
    )  # fmt: skip
    verifier = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verifier")
    )
    closing = models.CharField(_("words of the verifier"), max_length=1000, blank=True)
    changed_at = models.DateTimeField(_("last news"), default=timezone.now, editable=False)

    objects = RecommendationQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["due_on", "ref"]
        indexes = [
            models.Index(fields=["body", "state", "due_on"], name="recommendation_board"),
            models.Index(fields=["responsible", "state"], name="recommendation_owner"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="recommendation_state_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="recommendation_percent"),
            models.CheckConstraint(
                condition=Q(adopted_on=None, state__in=("proposed", "lapsed", "replaced"))
                | (Q(adopted_on__isnull=False, due_on__isnull=False) & ~Q(state="proposed")),
                name="recommendation_adopted_has_days",
            ),
            models.CheckConstraint(
                condition=Q(state="verified", verified_on__isnull=False, verified_by__isnull=False)
                & Q(verifier__isnull=False)
                & ~Q(verifier=F("responsible"))
                | (~Q(state="verified") & Q(verified_on=None, verified_by=None, verifier=None)),
                name="recommendation_verified_by_another",
            ),
            models.CheckConstraint(
                condition=(Q(state="blocked") & ~Q(blockage="")) | (~Q(state="blocked") & Q(blockage="")),
                name="recommendation_blocked_why",
            ),
            models.CheckConstraint(
                condition=Q(state="replaced", successor__isnull=False)
                | (~Q(state="replaced") & Q(successor=None)),
                name="recommendation_replaced_by_one",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("blocked", "deferred", "lapsed", "replaced")) | ~Q(reason=""),
                name="recommendation_side_state_why",
            ),
        ]

    class Privacy:
        id = public_id = ref = body = origin = source = party_code = paragraph = need = event = INTERNAL
        text = axis = axis_words = theme = priority = responsible = person = region = budget_need = INTERNAL
        raised_on = due_on = deferrals = progress = state = blockage = reason = successor = INTERNAL
        adopted_on = verified_on = verified_by = verifier = closing = changed_at = INTERNAL

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("coordination:recommendation", args=[self.public_id])

    def days_late(self, today: date) -> int:
        """Days since its day, while it is owed."""
        return rules.days_late(state=self.state, due_on=self.due_on, today=today)

    @property
    def is_closed(self) -> bool:
        """Verified, lapsed or replaced."""
        return self.state in rules.CLOSED


class Contribution(models.Model):
    """An organisation which helps the responsible one."""

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="contributions", verbose_name=_("recommendation")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )

    objects = OfRecommendationQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "organisation"], name="contribution_once")
        ]

    class Privacy:
        id = recommendation = organisation = INTERNAL

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.organisation_id}"
