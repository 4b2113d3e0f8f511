"""A round of reports: what is asked, who owes it by when, and what was sent; nothing counts before it is accepted."""

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
from sutura.coordination.models import Body
from sutura.indicators.choices import Category, State
from sutura.indicators.models.definitions import Definition
from sutura.indicators.querysets import NationalQuerySet, OfReportQuerySet, ReportQuerySet, RoundQuerySet
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL

OPEN_FOR = timedelta(days=30)


def link_end() -> object:
    """Until when a link opens, unless it is used before."""
    return timezone.now() + OPEN_FOR


class Round(models.Model):
    """A body asks for the values of a period, by a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    body = models.ForeignKey(Body, models.PROTECT, related_name="rounds", verbose_name=_("asked by"))
    first = models.DateField(_("values from"))
    last = models.DateField(_("values until"))
    due_on = models.DateField(_("to be sent by"))

    objects = RoundQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("round of reports")
        verbose_name_plural = _("rounds of reports")
        ordering = ["-last", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first"), due_on__gte=F("last")), name="indicator_round_dates"
            ),
        ]

    class Privacy:
        id = public_id = title = body = first = last = due_on = INTERNAL

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("indicators:round", args=[self.public_id])


class RoundItem(models.Model):
    """An indicator asked for in a round, in the version of its definition that day."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="items", verbose_name=_("round"))
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="+", verbose_name=_("definition"))

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("indicator of a round")
        verbose_name_plural = _("indicators of rounds")
        ordering = ["definition__indicator__position", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "definition"], name="indicator_asked_once")]

    class Privacy:
        id = round = definition = INTERNAL

    def __str__(self) -> str:
        return f"{self.round_id} {self.definition_id}"


class Report(models.Model):
    """What one organisation owes for one place (none: the whole country), and how far it is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="reports", verbose_name=_("round"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.DUE, db_index=True
    )
    sent_on = models.DateField(_("first sent on"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("sent through a link of"),
    )  # fmt: skip
    words = models.CharField(_("remark"), max_length=300, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("judged by"),
    )  # fmt: skip
    reason = models.CharField(_("why it was sent back"), max_length=300, blank=True)

    objects = ReportQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("report of an organisation")
        verbose_name_plural = _("reports of organisations")
        ordering = ["organisation__name", "region"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation", "region"], name="indicator_owed_once"),
            models.CheckConstraint(
                condition=Q(state=State.DUE) | Q(sent_on__isnull=False), name="indicator_sent_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.ACCEPTED, State.RETURNED)) | Q(judged_by__isnull=False),
                name="indicator_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ACCEPTED)
                | (~Q(judged_by=F("sent_by")) | Q(sent_by=None))
                & (~Q(judged_by=F("handed_by")) | Q(handed_by=None)),
                name="indicator_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | ~Q(reason=""), name="indicator_returned_says_why"
            ),
        ]

    class Privacy:
        id = public_id = round = organisation = region = state = sent_on = sent_by = handed_by = INTERNAL
        words = judged_by = reason = INTERNAL

    def __str__(self) -> str:
        return f"{self.organisation.short} – {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:report", args=[self.public_id])


class Value(models.Model):
    """One number of a report; a part of it (women, men…) has its category."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="values", verbose_name=_("report"))
    definition = models.ForeignKey(
        Definition, models.PROTECT, related_name="values", verbose_name=_("definition")
    )
    category = models.CharField(_("part"), max_length=8, choices=Category.choices, blank=True)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=1)
    whole = models.DecimalField(_("of the whole"), max_digits=12, decimal_places=1, null=True, blank=True)

    objects = OfReportQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("reported value")
        verbose_name_plural = _("reported values")
        ordering = ["definition__indicator__position", "category"]
        constraints = [
            models.UniqueConstraint(fields=["report", "definition", "category"], name="indicator_value_once"),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(whole=None) | Q(whole__gte=0)),
                name="indicator_value_not_negative",
            ),
        ]

    class Privacy:
        id = report = definition = category = value = whole = INTERNAL

    def __str__(self) -> str:
        return f"{self.report_id} {self.definition_id} {self.category}"


class ReportLink(models.Model):
    """A link by which an organisation without an account sends one report; one report, and it is spent."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="links", verbose_name=_("report"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed out by")
    )
    expires_at = models.DateTimeField(_("open until"), default=link_end)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = OfReportQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("link for one report")
        verbose_name_plural = _("links for one report")
        ordering = ["-id"]

    class Privacy:
        id = public_id = report = made_by = expires_at = used_at = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)
