"""Postings, lines, and the roll-up which is kept in the same transaction."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sutura.ledger.choices import Axis, UnitKind
from sutura.ledger.querysets import LineQuerySet, PostingQuerySet, ScopedQuerySet
from sutura.security.privacy import INTERNAL, PERSONAL


class Posting(models.Model):
    """One act that changed what counts: who, when, why. Append-only; moments strictly increase."""

    moment = models.DateTimeField(_("moment"), unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(_("name at that time"), max_length=150)
    act = models.CharField(_("act"), max_length=80)
    why = models.CharField(_("reason"), max_length=500, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["id"]

    class Privacy:
        id = INTERNAL
        moment = INTERNAL
        by = INTERNAL
        by_name = PERSONAL
        act = INTERNAL
        why = INTERNAL

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M} {self.by_name} {self.act}"


class Line(models.Model):
    """One countable fact of one violation, from the moment it was known to the moment it was replaced.

    No foreign key to a record: every dimension is copied in. The database refuses any change but one:
    `superseded_at` and `superseded_by` set together, once.
    """

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines", verbose_name=_("posting"))
    recorded_at = models.DateTimeField(_("counted since"))
    superseded_at = models.DateTimeField(_("counted until"), null=True)
    superseded_by = models.ForeignKey(
        Posting,
        models.PROTECT,
        null=True,
        related_name="superseded_lines",
        db_index=False,
        verbose_name=_("replaced by"),
    )
    violation_ref = models.UUIDField(_("violation"))
    incident_ref = models.UUIDField(_("incident"))
    type = models.CharField(_("type"), max_length=30)
    status = models.CharField(_("status"), max_length=20)
    occurred_on = models.DateField(_("occurred on"))
    occurred_to = models.DateField(_("occurred until"), null=True)
    open_ended = models.BooleanField(_("still going on"))
    decided_on = models.DateField(_("decided on"), null=True)
    region = models.CharField(_("region"), max_length=8, blank=True)
    region_2023 = models.CharField(_("region of the 2023 reform"), max_length=8, blank=True)
    cercle = models.CharField(_("cercle"), max_length=10, blank=True)
    party_label = models.CharField(_("attributed to"), max_length=200)
    unit_kind = models.CharField(_("unit"), max_length=12, choices=UnitKind.choices)
    sex = models.CharField(_("sex"), max_length=8, blank=True)
    age_band = models.CharField(_("age band"), max_length=8, blank=True)
    count = models.PositiveIntegerField(_("count"))
    child_key = models.CharField(_("child, by code"), max_length=120, blank=True)
    known_sex = models.CharField(_("sex known elsewhere"), max_length=8, blank=True)
    # Follow from the dates; written beside them so that SQL of two databases can group by quarter.
    decided_quarter = models.PositiveIntegerField(_("quarter of the decision"))
    event_quarter = models.PositiveIntegerField(_("quarter of the event"))
    late = models.BooleanField(_("late for its quarter"))

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="line_counts_something"),
            models.CheckConstraint(
                condition=Q(superseded_at=None, superseded_by=None)
                | Q(superseded_at__isnull=False, superseded_by__isnull=False),
                name="line_superseded_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(unit_kind="event", sex="", child_key="")
                | (Q(sex__in=["boy", "girl", "unknown"]) & ~Q(unit_kind="event")),
                name="line_unit_and_sex",
            ),
        ]
        indexes = [
            models.Index(
                fields=["violation_ref"], condition=Q(superseded_at=None), name="line_open_violation"
            ),
            models.Index(fields=["child_key"], condition=Q(superseded_at=None), name="line_open_child"),
            models.Index(fields=["decided_on"], condition=Q(decided_on__isnull=False), name="line_decided"),
            models.Index(fields=["occurred_on"], name="line_occurred"),
            models.Index(
                fields=["superseded_by"], condition=Q(superseded_by__isnull=False), name="line_superseded"
            ),
        ]

    class Privacy:
        id = INTERNAL
        posting = INTERNAL
        recorded_at = INTERNAL
        superseded_at = INTERNAL
        superseded_by = INTERNAL
        violation_ref = INTERNAL
        incident_ref = INTERNAL
        type = INTERNAL
        status = INTERNAL
        occurred_on = INTERNAL
        occurred_to = INTERNAL
        open_ended = INTERNAL
        decided_on = INTERNAL
        region = INTERNAL
        region_2023 = INTERNAL
        cercle = INTERNAL
        party_label = INTERNAL
        unit_kind = INTERNAL
        sex = PERSONAL
        age_band = PERSONAL
        count = INTERNAL
        child_key = PERSONAL
        known_sex = PERSONAL
        decided_quarter = INTERNAL
        event_quarter = INTERNAL
        late = INTERNAL

    def __str__(self) -> str:
        return f"{self.type} {self.count} {self.sex}".strip()


class Cell(models.Model):
    """Roll-up of the open lines for the notes: counts by quarter, type, party, place, sex.

    A quarter is a number like 20261 (first quarter of 2026); 0 means no decision.
    """

    pk = models.CompositePrimaryKey(
        "decided_quarter",
        "status",
        "late",
        "type",
        "party_label",
        "region",
        "region_2023",
        "sex",
        "event_quarter",
    )
    decided_quarter = models.PositiveIntegerField(_("quarter of the decision"))
    event_quarter = models.PositiveIntegerField(_("quarter of the event"))
    late = models.BooleanField(_("late for its quarter"))
    type = models.CharField(_("type"), max_length=30)
    status = models.CharField(_("status"), max_length=20)
    party_label = models.CharField(_("attributed to"), max_length=200)
    region = models.CharField(_("region"), max_length=8, blank=True)
    region_2023 = models.CharField(_("region of the 2023 reform"), max_length=8, blank=True)
    sex = models.CharField(_("sex"), max_length=8, blank=True)
    count = models.IntegerField(_("count"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("roll-up cell")
        verbose_name_plural = _("roll-up cells")
        indexes = [models.Index(fields=["event_quarter", "status"], name="cell_event")]

    class Privacy:
        decided_quarter = INTERNAL
        event_quarter = INTERNAL
        late = INTERNAL
        type = INTERNAL
        status = INTERNAL
        party_label = INTERNAL
        region = INTERNAL
        region_2023 = INTERNAL
        sex = INTERNAL
        count = INTERNAL

    def __str__(self) -> str:
        return f"{self.decided_quarter} {self.type} {self.count}"


class Margin(models.Model):
    """Roll-up of the open lines for trends and maps: counts along one axis."""

    pk = models.CompositePrimaryKey("axis", "status", "region", "type", "event_quarter", "value")
    axis = models.CharField(_("axis"), max_length=12, choices=Axis.choices)
    status = models.CharField(_("status"), max_length=20)
    region = models.CharField(_("region"), max_length=8, blank=True)
    type = models.CharField(_("type"), max_length=30)
    event_quarter = models.PositiveIntegerField(_("quarter of the event"))
    value = models.CharField(_("value on the axis"), max_length=200, blank=True)
    count = models.IntegerField(_("count"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("trend margin")
        verbose_name_plural = _("trend margins")

    class Privacy:
        axis = INTERNAL
        status = INTERNAL
        region = INTERNAL
        type = INTERNAL
        event_quarter = INTERNAL
        value = INTERNAL
        count = INTERNAL

    def __str__(self) -> str:
        return f"{self.axis}={self.value} {self.type} {self.count}"


class Repeat(models.Model):
    """Copy of each open line of a child, or group, who is in two or more violations (or of another known sex).

    A block's children are its person counts less what these few lines count twice; so the distinct count
    needs no pass over all the lines.
    """

    line = models.OneToOneField(
        Line, models.PROTECT, primary_key=True, related_name="+", verbose_name=_("line")
    )
    child_key = models.CharField(_("child, by code"), max_length=120, db_index=True)
    violation_ref = models.UUIDField(_("violation"))
    decided_quarter = models.PositiveIntegerField(_("quarter of the decision"))
    event_quarter = models.PositiveIntegerField(_("quarter of the event"))
    late = models.BooleanField(_("late for its quarter"))
    type = models.CharField(_("type"), max_length=30)
    status = models.CharField(_("status"), max_length=20)
    region = models.CharField(_("region"), max_length=8, blank=True)
    sex = models.CharField(_("sex"), max_length=8)
    known_sex = models.CharField(_("sex known elsewhere"), max_length=8, blank=True)
    count = models.PositiveIntegerField(_("count"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("repeated child")
        verbose_name_plural = _("repeated children")
        indexes = [
            models.Index(fields=["decided_quarter", "status"], name="repeat_decided"),
            models.Index(fields=["event_quarter", "status"], name="repeat_event"),
        ]

    class Privacy:
        line = INTERNAL
        child_key = PERSONAL
        violation_ref = INTERNAL
        decided_quarter = INTERNAL
        event_quarter = INTERNAL
        late = INTERNAL
        type = INTERNAL
        status = INTERNAL
        region = INTERNAL
        sex = PERSONAL
        known_sex = PERSONAL
        count = INTERNAL

    def __str__(self) -> str:
        return f"{self.child_key} {self.type}"
