"""Organisations, their projects and the visits to them; every version is kept. A mailbox, never a person."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.partners.choices import Level, OrganisationKind, ProjectState, Sector
from sutura.partners.querysets import (
    OrganisationQuerySet,
    PartQuerySet,
    PlaceInConsortiumQuerySet,
    ProjectQuerySet,
    VisitQuerySet,
)
from sutura.security.privacy import INTERNAL, OPEN


def sector_words(codes: str) -> list[str]:
    """Sectors in words, in the order of the field."""
    chosen = codes.split()
    return [str(sector.label) for sector in Sector if sector in chosen]


class Organisation(models.Model):
    """An organisation that sits in bodies, carries recommendations, runs services; it needs no account."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    folded = models.CharField(_("name for searching"), max_length=150, unique=True, editable=False)
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    sectors = models.CharField(_("sectors"), max_length=200, blank=True)  # codes, one space between
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.NATIONAL)
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="services", verbose_name=_("stands under")
    )
    contact_email = models.EmailField(_("address for convening"), blank=True)
    is_active = models.BooleanField(_("still exists"), default=True)

    objects = OrganisationQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="partners_organisation_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="partners_organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(level=Level.NATIONAL, region="") | (~Q(level=Level.NATIONAL) & ~Q(region="")),
                name="partners_organisation_region_below_national",
            ),
        ]

    class Privacy:
        id = public_id = folded = INTERNAL
        name = acronym = kind = sectors = level = region = parent = is_active = OPEN
        contact_email = INTERNAL

    def __str__(self) -> str:
        return f"{self.acronym} – {self.name}" if self.acronym else self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:detail", args=[self.public_id])

    @property
    def short(self) -> str:
        """As it is called in a meeting."""
        return self.acronym or self.name

    @property
    def is_state_service(self) -> bool:
        """Whether it is a service of the State: the share it leads is counted."""
        return self.kind == OrganisationKind.STATE

    @property
    def sector_words(self) -> list[str]:
        """What it works on, in the order of the field."""
        return sector_words(self.sectors)


class PlaceInConsortium(models.Model):
    """One organisation of a consortium."""

    consortium = models.ForeignKey(
        Organisation, models.PROTECT, related_name="places", verbose_name=_("consortium")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="consortia", verbose_name=_("organisation")
    )

    objects = PlaceInConsortiumQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("place in a consortium")
        verbose_name_plural = _("places in consortia")
        ordering = ["consortium_id", "organisation_id"]
        constraints = [
            models.UniqueConstraint(fields=["consortium", "organisation"], name="partners_place_once"),
            models.CheckConstraint(
                condition=~Q(consortium=F("organisation")), name="partners_place_in_another"
            ),
        ]

    class Privacy:
        id = INTERNAL
        consortium = organisation = OPEN

    def __str__(self) -> str:
        return f"{self.consortium_id} {self.organisation_id}"


class Project(models.Model):
    """What partners carry out: who leads it, who takes part, who pays, where and until when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_projects", verbose_name=_("led by")
    )
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="funded_projects",
        verbose_name=_("funded by"),
    )  # fmt: skip
    sectors = models.CharField(_("sectors"), max_length=200, blank=True)  # codes, one space between
    regions = models.CharField(_("regions"), max_length=200, blank=True)  # the same; none: the whole country
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    budget = models.PositiveBigIntegerField(_("budget in FCFA"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ProjectState.choices)

    objects = ProjectQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-starts_on", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="partners_project_dates"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProjectState.values), name="partners_project_state_known"
            ),
        ]

    class Privacy:
        id = public_id = title = lead = funder = sectors = regions = starts_on = ends_on = INTERNAL
        budget = state = INTERNAL

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:project", args=[self.public_id])

    @property
    def sector_words(self) -> list[str]:
        """What it works on, in the order of the field."""
        return sector_words(self.sectors)


class Part(models.Model):
    """An organisation takes part in a project that another one leads."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="parts", verbose_name=_("project"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="parts", verbose_name=_("organisation")
    )

    objects = PartQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("part in a project")
        verbose_name_plural = _("parts in projects")
        ordering = ["organisation__name"]
        constraints = [models.UniqueConstraint(fields=["project", "organisation"], name="partners_part_once")]

    class Privacy:
        id = project = organisation = INTERNAL

    def __str__(self) -> str:
        return f"{self.project_id} {self.organisation_id}"


class Visit(models.Model):
    """A visit of technical support to an organisation: what was found, and what follows it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="visits", verbose_name=_("organisation visited")
    )
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    visited_on = models.DateField(_("visited on"))
    visitors = models.CharField(_("who visited"), max_length=200)
    findings = models.TextField(_("what was found"))
    follow_up_on = models.DateField(_("follow-up due on"), null=True, blank=True)
    followed_up_on = models.DateField(_("followed up on"), null=True, blank=True)
    outcome = models.CharField(_("what was done"), max_length=500, blank=True)

    objects = VisitQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("support visit")
        verbose_name_plural = _("support visits")
        ordering = ["-visited_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up_on=None) | Q(follow_up_on__gte=F("visited_on")),
                name="partners_follow_up_after_visit",
            ),
            models.CheckConstraint(
                condition=Q(followed_up_on=None, outcome="")
                | Q(follow_up_on__isnull=False, followed_up_on__gte=F("visited_on")) & ~Q(outcome=""),
                name="partners_follow_up_with_outcome",
            ),
        ]

    class Privacy:
        id = public_id = organisation = region = visited_on = visitors = findings = INTERNAL
        follow_up_on = followed_up_on = outcome = INTERNAL

    def __str__(self) -> str:
        return f"{self.organisation} {self.visited_on}"

    def get_absolute_url(self) -> str:
        return reverse("partners:visit", args=[self.public_id])
