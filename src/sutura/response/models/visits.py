"""Visits to places where children are held or cared for: asked for, let in or not, children seen, things to do."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.codes import CodeField
from sutura.partners.models import Organisation
from sutura.response.choices import (
    Answer,
    Crowding,
    Ending,
    Enough,
    Health,
    Later,
    Mixed,
    NoEntry,
    Office,
    Standing,
    Task,
)
from sutura.response.models.dockets import Docket, Step
from sutura.response.models.sites import Site
from sutura.response.querysets import OfDocketQuerySet, OfVisitQuerySet, SiteVisitQuerySet
from sutura.response.rules.reach import Asked
from sutura.security.privacy import INTERNAL, PERSONAL

ASKED_FOR = [Standing.ASKED, Standing.AUTHORISED, Standing.UNANSWERED]


class Visit(models.Model):
    """One visit to one place; `wait` and `wait_from` are kept for the worklist.

    What was found in the place stands here by code; what is known of a child stands in its docket.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("code of the visit"), max_length=12, unique=True, editable=False)
    site = models.ForeignKey(
        Site, models.PROTECT, related_name="visits", verbose_name=_("place of detention or centre")
    )
    region = models.CharField(_("region"), max_length=8, db_index=True)
    standing = CodeField(_("where it stands"), max_length=10, choices=Standing.choices, editable=False)
    planned_on = models.DateField(_("planned on"))
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation that leads")
    )
    asked_on = models.DateField(_("asked for on"), null=True, blank=True)
    asked_of = CodeField(_("asked of"), max_length=12, choices=Office.choices, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = CodeField(_("answered by"), max_length=12, choices=Office.choices, blank=True)
    no_entry = CodeField(_("why it was refused"), max_length=10, choices=NoEntry.choices, blank=True)
    later = CodeField(_("why it was put off or given up"), max_length=10, choices=Later.choices, blank=True)
    put_off = models.PositiveSmallIntegerField(_("times put off"), default=0, editable=False)
    made_on = models.DateField(_("made on"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places for children"), null=True, blank=True)
    children = models.PositiveSmallIntegerField(_("children counted there"), null=True, blank=True)
    crowding = CodeField(_("room"), max_length=6, choices=Crowding.choices, blank=True)
    mixed = CodeField(_("children and adults"), max_length=6, choices=Mixed.choices, blank=True)
    food = CodeField(_("food and water"), max_length=6, choices=Enough.choices, blank=True)
    care = CodeField(_("health care"), max_length=6, choices=Enough.choices, blank=True)
    books = CodeField(_("register of children kept"), max_length=8, choices=Answer.choices, blank=True)
    alone = CodeField(_("children heard without a guard"), max_length=8, choices=Answer.choices, blank=True)
    wait = CodeField(_("waits for"), max_length=8, blank=True, editable=False)
    wait_from = models.DateField(_("late from"), null=True, blank=True, editable=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("planned by")
    )

    objects = SiteVisitQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("visit to a place")
        verbose_name_plural = _("visits to places")
        ordering = ["-planned_on", "-id"]
        indexes = [models.Index(fields=["region", "wait_from"], name="response_visit_waits")]
        constraints = [
            models.CheckConstraint(condition=~Q(region=""), name="response_visit_somewhere"),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values), name="response_visit_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(asked_on=None, asked_of="") | Q(asked_on__isnull=False) & ~Q(asked_of=""),
                name="response_visit_asked_of_whom",
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=ASKED_FOR) | Q(asked_on__isnull=False),
                name="response_visit_asked_before",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.REFUSED, answered_on__isnull=False)
                & ~Q(no_entry="")
                & ~Q(answered_by="")
                | ~Q(standing=Standing.REFUSED) & Q(no_entry=""),
                name="response_visit_refusal_says_why",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.DONE, made_on__isnull=False)
                | ~Q(standing=Standing.DONE) & Q(made_on=None),
                name="response_visit_made_has_a_day",
            ),
        ]

    class Privacy:
        id = public_id = ref = site = region = standing = planned_on = lead = asked_on = asked_of = INTERNAL
        answered_on = answered_by = no_entry = later = put_off = made_on = places = children = INTERNAL
        crowding = mixed = food = care = books = alone = wait = wait_from = planned_by = INTERNAL

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("response:visit", args=[self.public_id])

    @property
    def asked(self) -> Asked:
        """What the rules judge."""
        return Asked(self.standing, self.planned_on, self.asked_on)


class Companion(models.Model):
    """A further organisation of a visit; never who went."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="companions", verbose_name=_("visit"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )

    objects = OfVisitQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("organisation of a visit")
        verbose_name_plural = _("organisations of visits")
        constraints = [
            models.UniqueConstraint(fields=["visit", "organisation"], name="response_companion_once")
        ]

    class Privacy:
        id = visit = organisation = INTERNAL

    def __str__(self) -> str:
        return f"{self.visit_id} {self.organisation_id}"


class SeenChild(models.Model):
    """A child of whom a visit tells: its line in the docket, and what no line of a docket says; it only grows."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="seen", verbose_name=_("visit"))
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="seen", verbose_name=_("docket"))
    line = models.OneToOneField(
        Step, models.PROTECT, related_name="seen", verbose_name=_("line of the docket")
    )
    health = CodeField(_("how the child seems"), max_length=8, choices=Health.choices, blank=True)
    age_disputed = CodeField(_("is the age disputed"), max_length=8, choices=Answer.choices, blank=True)
    family = CodeField(_("contact with the family"), max_length=8, choices=Answer.choices, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )

    objects = OfDocketQuerySet.as_manager()

    class Meta:
        verbose_name = _("child of a visit")
        verbose_name_plural = _("children of visits")
        ordering = ["id"]

    class Privacy:
        id = public_id = visit = docket = line = noted_at = noted_by = INTERNAL
        health = age_disputed = family = PERSONAL

    def __str__(self) -> str:
        return str(self.public_id)


class ToDo(models.Model):
    """What a visit leaves to do: for which office, until when, what became of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="to_dos", verbose_name=_("visit"))
    task = CodeField(_("what is to be done"), max_length=10, choices=Task.choices)
    office = CodeField(_("for which office"), max_length=12, choices=Office.choices, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation that sees to it")
    )
    due_on = models.DateField(_("due on"))
    ending = CodeField(_("how it ended"), max_length=10, choices=Ending.choices, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = OfVisitQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("thing to do after a visit")
        verbose_name_plural = _("things to do after visits")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ending="", ended_on=None) | ~Q(ending="") & Q(ended_on__isnull=False),
                name="response_to_do_ending_has_a_day",
            ),
        ]

    class Privacy:
        id = public_id = visit = task = office = organisation = due_on = ending = ended_on = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)
