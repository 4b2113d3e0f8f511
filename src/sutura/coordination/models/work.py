"""Workshops, conferences and field missions: who led them, who came by sex, what came out of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.work import EventKind, EventState
from sutura.coordination.models.bodies import Body
from sutura.coordination.querysets.work import EventQuerySet, OfEventQuerySet
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


class Event(models.Model):
    """A workshop, a conference or a field mission of a body; what is asked there becomes a recommendation."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("reference"), max_length=30, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="events", verbose_name=_("body"))
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind.choices)
    title = models.CharField(_("title"), max_length=200)
    aims = models.TextField(_("aims"), blank=True)
    theme = models.ForeignKey(
        "coordination.Theme", models.PROTECT, null=True, blank=True, related_name="events",
        verbose_name=_("theme"),
    )  # fmt: skip
    host = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("received by")
    )
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    venue = models.CharField(_("venue"), max_length=150, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    cost = models.PositiveBigIntegerField(_("cost in FCFA"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=EventState.choices, default=EventState.PLANNED)
    report = models.TextField(_("report"), blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = EventQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("workshop or mission")
        verbose_name_plural = _("workshops and missions")
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["body", "kind", "starts_on"], name="event_of_body")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="event_dates"),
            models.CheckConstraint(
                condition=~Q(kind__in=("regional", "mission")) | ~Q(region=""), name="event_region_named"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="event_cancelled_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(report=""), name="event_held_has_a_report"
            ),
        ]

    class Privacy:
        id = public_id = ref = body = kind = title = aims = theme = host = region = venue = INTERNAL
        starts_on = ends_on = cost = state = report = reason = INTERNAL

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("coordination:event", args=[self.public_id])


class Facilitator(models.Model):
    """Who leads a workshop or goes on a mission, in a professional office, and for what."""

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="facilitators", verbose_name=_("workshop or mission")
    )
    name = models.CharField(_("person"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    expertise = models.CharField(_("for what"), max_length=150, blank=True)

    objects = OfEventQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("facilitator")
        verbose_name_plural = _("facilitators")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name", "organisation"], name="facilitator_once")
        ]

    class Privacy:
        id = event = name = organisation = expertise = INTERNAL

    def __str__(self) -> str:
        return self.name


class Turnout(models.Model):
    """How many persons of an organisation took part, and how many of them were women; never a name."""

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="turnout", verbose_name=_("workshop or mission")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    participants = models.PositiveSmallIntegerField(_("participants"))
    women = models.PositiveSmallIntegerField(_("of whom women"))

    objects = OfEventQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("participants of an organisation")
        verbose_name_plural = _("participants by organisation")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["event", "organisation"], name="turnout_once"),
            models.CheckConstraint(
                condition=Q(women__lte=F("participants")), name="turnout_women_among_them"
            ),
        ]

    class Privacy:
        id = event = organisation = participants = women = INTERNAL

    def __str__(self) -> str:
        return f"{self.event_id} {self.organisation_id}"

    @property
    def men(self) -> int:
        """Those who are not women."""
        return self.participants - self.women


class Output(models.Model):
    """What came out: a module, a plan, a list; tied to its document once the library holds it."""

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="outputs", verbose_name=_("workshop or mission")
    )
    title = models.CharField(_("what came out"), max_length=200)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("document of the library"),
    )  # fmt: skip

    objects = OfEventQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("output of a workshop")
        verbose_name_plural = _("outputs of workshops")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "title"], name="output_once")]

    class Privacy:
        id = event = title = document = INTERNAL

    def __str__(self) -> str:
        return self.title
