"""Organisations; every version is kept. What is said of people here is professional: a mailbox, never a person."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.partners.choices import Level, OrganisationKind, Sector
from sutura.partners.querysets import OrganisationQuerySet, PlaceInConsortiumQuerySet
from sutura.security.privacy import INTERNAL, OPEN


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
        codes = self.sectors.split()
        return [str(sector.label) for sector in Sector if sector in codes]


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
