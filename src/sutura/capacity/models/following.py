"""What follows a training: supervision, peer support, quality visits. Numbers and codes, never what was confided."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.capacity.choices import PeerKind, PeerPurpose, QualityItem, QualityMark, SupervisionKind
from sutura.capacity.models.groups import Group
from sutura.capacity.models.people import Professional
from sutura.capacity.models.training import Cohort
from sutura.capacity.querysets import (
    OfQualityVisitQuerySet,
    OfSchemeQuerySet,
    OfSupervisionQuerySet,
    PlacedQuerySet,
    SupervisionQuerySet,
)
from sutura.capacity.rules import NOTE_LENGTH, score
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL, PERSONAL


class Supervision(models.Model):
    """Somebody is supervised by somebody, at a rhythm."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    professional = models.ForeignKey(
        Professional, models.PROTECT, related_name="supervisions", verbose_name=_("supervised")
    )
    supervisor = models.ForeignKey(
        Professional, models.PROTECT, related_name="supervises", verbose_name=_("supervisor")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=SupervisionKind.choices)
    every_days = models.PositiveSmallIntegerField(_("days planned between two meetings"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = SupervisionQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")
        ordering = ["professional__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(professional=F("supervisor")), name="capacity_supervised_by_another"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="capacity_supervision_dates"
            ),
            models.CheckConstraint(condition=Q(every_days__gte=1), name="capacity_supervision_rhythm"),
        ]

    class Privacy:
        id = public_id = kind = every_days = starts_on = ends_on = INTERNAL
        professional = supervisor = PERSONAL

    def __str__(self) -> str:
        return f"{self.professional_id} {self.supervisor_id}"

    def get_absolute_url(self) -> str:
        return reverse("capacity:supervision", args=[self.public_id])


class SupervisionMeeting(models.Model):
    """They met, on a day, for so long."""

    supervision = models.ForeignKey(
        Supervision, models.PROTECT, related_name="meetings", verbose_name=_("supervision")
    )
    held_on = models.DateField(_("met on"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))

    objects = OfSupervisionQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("supervision meeting")
        verbose_name_plural = _("supervision meetings")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["supervision", "held_on"], name="capacity_supervised_once_a_day")
        ]

    class Privacy:
        id = held_on = minutes = INTERNAL
        supervision = PERSONAL

    def __str__(self) -> str:
        return f"{self.supervision_id} {self.held_on}"


class PeerScheme(models.Model):
    """People who support one another, or others: how many they are, never who, and never of what they suffered."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=14, choices=PeerKind.choices)
    name = models.CharField(_("name"), max_length=120)
    region = models.CharField(_("region"), max_length=8, db_index=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="peer_schemes", verbose_name=_("organisation")
    )
    charter_on = models.DateField(_("charter accepted on"), null=True, blank=True)
    opened_on = models.DateField(_("opened on"))
    supporters = models.PositiveSmallIntegerField(_("people who support"))
    supervised = models.PositiveSmallIntegerField(_("of whom supervised"))

    objects = PlacedQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("scheme of peer support")
        verbose_name_plural = _("schemes of peer support")
        ordering = ["region", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(region=""), name="capacity_scheme_somewhere"),
            models.CheckConstraint(condition=Q(kind__in=PeerKind.values), name="capacity_scheme_kind_known"),
            models.CheckConstraint(
                condition=Q(supervised__lte=F("supporters")), name="capacity_supervised_of_supporters"
            ),
        ]

    class Privacy:
        id = public_id = kind = name = region = organisation = charter_on = opened_on = supporters = INTERNAL
        supervised = INTERNAL

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("capacity:scheme", args=[self.public_id])


class PeerContact(models.Model):
    """A contact of peer support: when, how many, what for, and whether somebody had to be alerted."""

    scheme = models.ForeignKey(
        PeerScheme, models.PROTECT, related_name="contacts", verbose_name=_("peer scheme")
    )
    met_on = models.DateField(_("met on"))
    people = models.PositiveSmallIntegerField(_("people met"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    purpose = models.CharField(_("what for"), max_length=14, choices=PeerPurpose.choices)
    alerted = models.BooleanField(_("an alert was raised"), default=False)

    objects = OfSchemeQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("contact of peer support")
        verbose_name_plural = _("contacts of peer support")
        ordering = ["-met_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="capacity_contact_with_somebody")
        ]

    class Privacy:
        id = scheme = met_on = people = minutes = purpose = alerted = INTERNAL

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.met_on}"


class QualityVisit(models.Model):
    """A visit to a cohort or a practice group, with a checklist."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(
        Cohort, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("cohort")
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("practice group")
    )
    region = models.CharField(_("region"), max_length=8, db_index=True)
    visited_on = models.DateField(_("visited on"))
    visitors = models.CharField(_("who visited"), max_length=120)
    strengths = models.CharField(_("what is good"), max_length=NOTE_LENGTH, blank=True)
    improvements = models.CharField(_("what is to be improved"), max_length=NOTE_LENGTH, blank=True)

    objects = PlacedQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("quality visit")
        verbose_name_plural = _("quality visits")
        ordering = ["-visited_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cohort=None, group__isnull=False) | Q(cohort__isnull=False, group=None),
                name="capacity_visit_to_one",
            ),
        ]

    class Privacy:
        id = public_id = cohort = group = region = visited_on = visitors = strengths = improvements = INTERNAL

    def __str__(self) -> str:
        return f"{self.subject} {self.visited_on}"

    def get_absolute_url(self) -> str:
        return reverse("capacity:quality_visit", args=[self.public_id])

    @property
    def subject(self) -> Cohort | Group:
        """What was visited."""
        found = self.cohort or self.group
        assert found is not None
        return found

    @property
    def score(self) -> int | None:
        """In percent of what could be marked."""
        return score(each.mark for each in self.marks.all())


class VisitMark(models.Model):
    """One item of the checklist; no mark where it does not apply."""

    visit = models.ForeignKey(
        QualityVisit, models.PROTECT, related_name="marks", verbose_name=_("quality visit")
    )
    item = models.CharField(_("item"), max_length=10, choices=QualityItem.choices)
    mark = models.PositiveSmallIntegerField(_("mark"), choices=QualityMark.choices, null=True, blank=True)

    objects = OfQualityVisitQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("mark of a quality visit")
        verbose_name_plural = _("marks of quality visits")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "item"], name="capacity_item_once"),
            models.CheckConstraint(
                condition=Q(mark=None) | Q(mark__in=QualityMark.values), name="capacity_mark_in_scale"
            ),
        ]

    class Privacy:
        id = visit = item = mark = INTERNAL

    def __str__(self) -> str:
        return f"{self.visit_id} {self.item}"
