"""Practice groups: whether they meet and on what, in numbers and codes. What is said there has no place here."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.capacity.choices import Cancelled, GroupNeed, GroupTheme, Mode
from sutura.capacity.models.people import Professional
from sutura.capacity.models.training import Cohort
from sutura.capacity.querysets import NationalQuerySet, OfGroupQuerySet, OfSittingQuerySet, PlacedQuerySet
from sutura.capacity.rules import NOTE_LENGTH, Measure, Standing
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL, OPEN, PERSONAL


class Group(models.Model):
    """A practice group: who hosts and who facilitates it, its charter, how often it is to meet."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    region = models.CharField(_("region"), max_length=8, db_index=True)
    host = models.ForeignKey(
        Organisation, models.PROTECT, related_name="practice_groups", verbose_name=_("hosted by")
    )
    facilitator = models.ForeignKey(
        Professional, models.PROTECT, null=True, blank=True, related_name="facilitated",
        verbose_name=_("facilitator"),
    )  # fmt: skip
    second = models.ForeignKey(
        Professional, models.PROTECT, null=True, blank=True, related_name="co_facilitated",
        verbose_name=_("second facilitator"),
    )  # fmt: skip
    charter_on = models.DateField(_("charter accepted on"), null=True, blank=True)
    days_between = models.PositiveSmallIntegerField(_("days planned between two sittings"), default=30)
    opened_on = models.DateField(_("opened on"))
    suspended_on = models.DateField(_("suspended on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = PlacedQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("practice group")
        verbose_name_plural = _("practice groups")
        ordering = ["region", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(region=""), name="capacity_group_somewhere"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="capacity_group_dates"
            ),
            models.CheckConstraint(condition=Q(days_between__gte=1), name="capacity_group_rhythm"),
        ]

    class Privacy:
        id = public_id = code = name = region = host = charter_on = days_between = opened_on = INTERNAL
        suspended_on = closed_on = INTERNAL
        facilitator = second = PERSONAL

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("capacity:group", args=[self.public_id])

    @property
    def standing(self) -> Standing:
        """What the rule judges."""
        held = [(each.held_on, each.present) for each in self.sittings.all() if not each.cancelled]
        return Standing(
            self.facilitator_id is not None, self.charter_on is not None, self.opened_on, self.suspended_on,
            self.closed_on, held,
        )  # fmt: skip


class Sitting(models.Model):
    """A group met: how many came, how many situations, which themes. No story, and no field for one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="sittings", verbose_name=_("practice group")
    )
    held_on = models.DateField(_("held on"))
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)
    women = models.PositiveSmallIntegerField(_("women present"), default=0)
    men = models.PositiveSmallIntegerField(_("men present"), default=0)
    situations = models.PositiveSmallIntegerField(_("situations analysed"), default=0)
    themes = models.CharField(_("themes"), max_length=120, blank=True)  # codes, one space between
    note = models.CharField(_("neutral note"), max_length=NOTE_LENGTH, blank=True)
    cancelled = models.CharField(
        _("not held because of"), max_length=10, choices=Cancelled.choices, blank=True
    )

    objects = OfGroupQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("sitting of a practice group")
        verbose_name_plural = _("sittings of practice groups")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "held_on"], name="capacity_sitting_once_a_day"),
            models.CheckConstraint(
                condition=Q(cancelled="", women__gt=0) | Q(cancelled="", men__gt=0)
                | ~Q(cancelled="") & Q(women=0, men=0, situations=0),
                name="capacity_sitting_held_by_somebody",
            ),
        ]  # fmt: skip

    class Privacy:
        id = public_id = group = held_on = mode = minutes = women = men = situations = themes = note = (
            INTERNAL
        )
        cancelled = INTERNAL

    def __str__(self) -> str:
        return f"{self.group_id} {self.held_on}"

    def get_absolute_url(self) -> str:
        return self.group.get_absolute_url()

    @property
    def present(self) -> int:
        """How many came."""
        return self.women + self.men

    @property
    def theme_words(self) -> list[str]:
        """Its themes in words, in the order of the list."""
        codes = self.themes.split()
        return [str(theme.label) for theme in GroupTheme if theme in codes]


class NeedRaised(models.Model):
    """What a group asked for; a training that answers it is named once it is planned."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(
        Sitting, models.PROTECT, related_name="needs", verbose_name=_("sitting of the group")
    )
    kind = models.CharField(_("need"), max_length=12, choices=GroupNeed.choices)
    planned_in = models.ForeignKey(
        Cohort, models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("planned in")
    )

    objects = OfSittingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("need raised by a group")
        verbose_name_plural = _("needs raised by groups")
        ordering = ["-sitting__held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "kind"], name="capacity_need_once"),
            models.CheckConstraint(
                condition=Q(planned_in=None) | Q(kind=GroupNeed.TRAINING),
                name="capacity_training_answers_training",
            ),
        ]

    class Privacy:
        id = public_id = sitting = kind = planned_in = INTERNAL

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.kind}"


class GroupRule(models.Model):
    """One version of what “functional” means; it is never changed, the next one follows it."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    window_days = models.PositiveSmallIntegerField(_("days looked back"))
    sittings = models.PositiveSmallIntegerField(_("sittings at least"))
    attendance = models.PositiveSmallIntegerField(_("median attendance at least"))
    valid_from = models.DateField(_("valid from"))

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("rule of functional groups")
        verbose_name_plural = _("rules of functional groups")
        ordering = ["version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(window_days__gte=1, sittings__gte=1, attendance__gte=1), name="capacity_rule_asks"
            ),
        ]

    class Privacy:
        id = INTERNAL
        version = window_days = sittings = attendance = valid_from = OPEN

    def __str__(self) -> str:
        return f"{self.version}"

    @property
    def measure(self) -> Measure:
        """What the rule asks."""
        return Measure(self.window_days, self.sittings, self.attendance)


class GroupReading(models.Model):
    """The figure of functional groups as it was kept for a bulletin, with the rule it was read by."""

    read_on = models.DateField(_("read on"))
    rule = models.ForeignKey(GroupRule, models.PROTECT, related_name="readings", verbose_name=_("rule"))
    functional = models.PositiveIntegerField(_("functional groups"))
    groups = models.PositiveIntegerField(_("groups open"))

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("figure of functional groups")
        verbose_name_plural = _("figures of functional groups")
        ordering = ["-read_on", "-id"]

    class Privacy:
        id = INTERNAL
        read_on = rule = functional = groups = INTERNAL

    def __str__(self) -> str:
        return f"{self.read_on} {self.functional}"
