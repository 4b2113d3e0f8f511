"""The programme of release and reintegration: places in centres, packages of partners, what they cost, prevention."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.codes import CodeField
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.response.choices.programme import (
    ActivityKind,
    CostItem,
    LeftPackage,
    PackageKind,
    PreventionTheme,
)
from sutura.response.models.dockets import Docket, Step
from sutura.response.models.sites import Site
from sutura.response.querysets import OfDocketQuerySet, OfOfferQuerySet, OfSiteQuerySet, ProgrammeQuerySet
from sutura.security.privacy import INTERNAL, PERSONAL

COUNTS = ("girls_small", "boys_small", "girls", "boys", "women", "men")
"""Who took part in an activity: under 12, 12 to 17, 18 and more; numbers alone."""


class Beds(models.Model):
    """How many places a centre has from a day on; the next version follows it."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="beds", verbose_name=_("centre"))
    valid_from = models.DateField(_("from"))
    boys = models.PositiveSmallIntegerField(_("places for boys"))
    girls = models.PositiveSmallIntegerField(_("places for girls"))

    objects = OfSiteQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("places of a centre")
        verbose_name_plural = _("places of centres")
        ordering = ["site_id", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["site", "valid_from"], name="response_beds_once")]

    class Privacy:
        id = site = valid_from = boys = girls = INTERNAL

    def __str__(self) -> str:
        return f"{self.site_id} {self.valid_from}"


class Offer(models.Model):
    """A package of reintegration that a partner gives somewhere."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    kind = CodeField(_("what it gives"), max_length=12, choices=PackageKind.choices)
    region = models.CharField(_("region"), max_length=8, db_index=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("place"))
    is_active = models.BooleanField(_("still given"), default=True)

    objects = ProgrammeQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("package offered")
        verbose_name_plural = _("packages offered")
        ordering = ["region", "kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "place"], name="response_offer_once"),
            models.CheckConstraint(condition=~Q(region=""), name="response_offer_somewhere"),
            models.CheckConstraint(
                condition=Q(kind__in=PackageKind.values), name="response_offer_kind_known"
            ),
        ]

    class Privacy:
        id = public_id = organisation = kind = region = place = is_active = INTERNAL

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.organisation.short}, {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("response:package", args=[self.public_id])


class Terms(models.Model):
    """How many places a package has, and what one costs, from a day on."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="terms", verbose_name=_("package offered"))
    valid_from = models.DateField(_("from"))
    places = models.PositiveSmallIntegerField(_("number of places"))
    unit_cost = models.PositiveIntegerField(_("cost of one place, in FCFA"))

    objects = OfOfferQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("terms of a package")
        verbose_name_plural = _("terms of packages")
        ordering = ["offer_id", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["offer", "valid_from"], name="response_terms_once")]

    class Privacy:
        id = offer = valid_from = places = unit_cost = INTERNAL

    def __str__(self) -> str:
        return f"{self.offer_id} {self.valid_from}"


class Enrolment(models.Model):
    """A child in a package. When it began and ended stands in the lines of the docket, and is typed there alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="enrolments", verbose_name=_("docket"))
    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="enrolments", verbose_name=_("package offered")
    )
    begun = models.OneToOneField(
        Step, models.PROTECT, related_name="begins", verbose_name=_("line of its beginning")
    )
    ended = models.OneToOneField(
        Step, models.PROTECT, null=True, blank=True, related_name="ends", verbose_name=_("line of its end")
    )
    left_for = CodeField(_("why the child left"), max_length=14, choices=LeftPackage.choices, blank=True)

    objects = OfDocketQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("child in a package")
        verbose_name_plural = _("children in packages")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_for="") | Q(ended__isnull=False), name="response_left_when_ended"
            ),
        ]

    class Privacy:
        id = public_id = docket = begun = ended = INTERNAL
        offer = left_for = PERSONAL

    def __str__(self) -> str:
        return str(self.public_id)


class Cost(models.Model):
    """What a partner planned and spent in a region in a year, for one item; the last figure holds."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    region = models.CharField(_("region"), max_length=8, db_index=True)
    year = models.PositiveSmallIntegerField(_("year"))
    item = CodeField(_("for what"), max_length=12, choices=CostItem.choices)
    planned = models.PositiveBigIntegerField(_("planned, in FCFA"))
    spent = models.PositiveBigIntegerField(_("spent so far, in FCFA"), null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        ordering = ["-year", "organisation_id", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "region", "year", "item"], name="response_cost_once"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2012, year__lte=2100) & ~Q(region=""), name="response_cost_placed"
            ),
        ]

    class Privacy:
        id = organisation = region = year = item = planned = spent = INTERNAL

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.item}"


class Activity(models.Model):
    """Prevention in a community: what, about what, where, when, with whom; participants are numbers, never names."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = CodeField(_("how"), max_length=12, choices=ActivityKind.choices)
    theme = CodeField(_("about what"), max_length=12, choices=PreventionTheme.choices)
    region = models.CharField(_("region"), max_length=8, db_index=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("place"))
    held_on = models.DateField(_("day"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    girls_small = models.PositiveIntegerField(_("girls under 12"), default=0)
    boys_small = models.PositiveIntegerField(_("boys under 12"), default=0)
    girls = models.PositiveIntegerField(_("girls from 12 to 17"), default=0)
    boys = models.PositiveIntegerField(_("boys from 12 to 17"), default=0)
    women = models.PositiveIntegerField(_("women"), default=0)
    men = models.PositiveIntegerField(_("men"), default=0)

    objects = ProgrammeQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("prevention activity")
        verbose_name_plural = _("prevention activities")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(region=""), name="response_activity_somewhere"),
        ]

    class Privacy:
        id = public_id = kind = theme = region = place = held_on = organisation = INTERNAL
        girls_small = boys_small = girls = boys = women = men = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def participants(self) -> int:
        """All who took part."""
        return sum(getattr(self, name) for name in COUNTS)
