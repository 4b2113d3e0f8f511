"""Action plans: what a version plans of each activity, what became of the activity since, and what may pay for it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.audit.history import kept
from sutura.coordination.choices.plans import ActivityKind, ActivityState, FundingStage, PlanStage
from sutura.coordination.models.bodies import Body
from sutura.coordination.querysets.plans import (
    AxisQuerySet,
    FundingLeadQuerySet,
    HelperQuerySet,
    OfPlanQuerySet,
    PlanLineQuerySet,
    PlanQuerySet,
)
from sutura.coordination.rules.plans import WITH_REASON, Standing
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


class Axis(models.Model):
    """A strategic axis of a reference document, as the document words it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="axes", verbose_name=_("reference document")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)

    objects = AxisQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("strategic axis")
        verbose_name_plural = _("strategic axes")
        ordering = ["document_id", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="axis_number_once")]

    class Privacy:
        id = public_id = document = number = title = INTERNAL

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Plan(models.Model):
    """The action plan of a body, whatever its versions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="plans", verbose_name=_("body"))
    title = models.CharField(_("title"), max_length=150)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="plans",
        verbose_name=_("reference document"),
    )  # fmt: skip

    objects = PlanQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ["body__acronym", "-id"]
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="plan_title_once")]

    class Privacy:
        id = public_id = body = title = document = INTERNAL

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("coordination:plan", args=[self.public_id])


class PlanVersion(models.Model):
    """One version of a plan: a draft, the one in force, or one that another replaced."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", verbose_name=_("action plan"))
    number = models.PositiveSmallIntegerField(_("version"))
    stage = models.CharField(_("stage"), max_length=9, choices=PlanStage.choices, default=PlanStage.DRAFT)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    validated_on = models.DateField(_("validated on"), null=True, blank=True)
    authority = models.CharField(_("authority"), max_length=150, blank=True)

    objects = OfPlanQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = pgettext_lazy("plan", "version")
        verbose_name_plural = pgettext_lazy("plan", "versions")
        ordering = ["plan_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(stage="validated"), name="plan_one_version_in_force"
            ),
            models.UniqueConstraint(fields=["plan"], condition=Q(stage="draft"), name="plan_one_draft"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plan_version_days"),
            models.CheckConstraint(
                condition=Q(stage="draft", validated_on=None, authority="")
                | (Q(stage__in=("validated", "replaced"), validated_on__isnull=False) & ~Q(authority="")),
                name="plan_version_who_when",
            ),
        ]

    class Privacy:
        id = public_id = plan = number = stage = starts_on = ends_on = validated_on = authority = INTERNAL

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("coordination:plan_version", args=[self.public_id])

    @property
    def is_draft(self) -> bool:
        """Whether what it plans may still change."""
        return self.stage == PlanStage.DRAFT

    @property
    def is_in_force(self) -> bool:
        """Whether its activities are reported on."""
        return self.stage == PlanStage.VALIDATED


class Activity(models.Model):
    """An activity of a plan across its versions: its number, and what became of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="activities", verbose_name=_("action plan"))
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=9, choices=ActivityState.choices, default=ActivityState.PLANNED
    )
    progress = models.PositiveSmallIntegerField(_("progress, in percent"), default=0)
    funded = models.PositiveBigIntegerField(_("funded, in CFA francs"), default=0)
    words = models.CharField(_("last news"), max_length=500, blank=True)

    objects = OfPlanQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["plan_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="activity_number_once"),
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="activity_state_known"),
            models.CheckConstraint(
                condition=Q(state="planned", progress=0)
                | Q(state="done", progress=100)
                | Q(state__in=("under_way", "suspended", "dropped"), progress__lte=99),
                name="activity_progress_as_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(WITH_REASON)) | ~Q(words=""), name="activity_stopped_why"
            ),
        ]

    class Privacy:
        id = public_id = plan = number = state = progress = funded = words = INTERNAL

    def __str__(self) -> str:
        return str(self.number)

    def get_absolute_url(self) -> str:
        return reverse("coordination:activity", args=[self.public_id])


class PlanLine(models.Model):
    """What one version plans of an activity."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="lines", verbose_name=pgettext_lazy("plan", "version")
    )
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="lines", verbose_name=_("activity"))
    axis = models.ForeignKey(
        Axis, models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=_("strategic axis")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ActivityKind.choices)
    title = models.CharField(_("activity"), max_length=250)
    result = models.CharField(_("expected result"), max_length=250, blank=True)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_activities", verbose_name=_("lead organisation")
    )
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    budget = models.PositiveBigIntegerField(_("budget, in CFA francs"), null=True, blank=True)

    objects = PlanLineQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("planned activity")
        verbose_name_plural = _("planned activities")
        ordering = ["version_id", "axis__number", "starts_on", "activity__number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "activity"], name="plan_line_once"),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="plan_line_kind_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plan_line_days"),
        ]

    class Privacy:
        id = public_id = version = activity = axis = kind = title = result = lead = region = INTERNAL
        starts_on = ends_on = budget = INTERNAL

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> Standing:
        """What it counts for."""
        return Standing(self.activity.state, self.ends_on, self.budget, self.activity.funded)


class Helper(models.Model):
    """A partner organisation of a planned activity."""

    line = models.ForeignKey(
        PlanLine, models.PROTECT, related_name="helpers", verbose_name=_("planned activity")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )

    objects = HelperQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("partner of an activity")
        verbose_name_plural = _("partners of activities")
        ordering = ["organisation__name"]
        constraints = [models.UniqueConstraint(fields=["line", "organisation"], name="plan_helper_once")]

    class Privacy:
        id = line = organisation = INTERNAL

    def __str__(self) -> str:
        return f"{self.line_id} {self.organisation_id}"


class FundingLead(models.Model):
    """Somebody who might pay for a plan, or for one activity of it: how far that has come."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="leads", verbose_name=_("action plan"))
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("activity")
    )
    donor = models.CharField(_("donor"), max_length=150)
    call = models.CharField(_("call for projects"), max_length=200, blank=True)
    amount = models.PositiveBigIntegerField(_("amount, in CFA francs"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=9, choices=FundingStage.choices)
    closes_on = models.DateField(_("closing day"), null=True, blank=True)
    words = models.CharField(_("notes"), max_length=500, blank=True)

    objects = FundingLeadQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("funding lead")
        verbose_name_plural = _("funding leads")
        ordering = ["closes_on", "donor", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=FundingStage.values), name="funding_stage_known"),
            models.CheckConstraint(
                condition=~Q(stage="granted") | Q(amount__isnull=False), name="funding_granted_how_much"
            ),
        ]

    class Privacy:
        id = public_id = plan = activity = donor = call = amount = stage = closes_on = words = INTERNAL

    def __str__(self) -> str:
        return self.donor

    def get_absolute_url(self) -> str:
        return reverse("coordination:funding_change", args=[self.public_id])
