"""Parties with their spellings, listings and action plans; every version is kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.parties.choices import Language, PartyType, Precision, Trigger
from sutura.parties.querysets import OpenQuerySet, PartyQuerySet
from sutura.parties.rules import CODE
from sutura.security.privacy import INTERNAL, OPEN


class Party(models.Model):
    """A party to the conflict; its code never changes, its names may."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True, validators=[RegexValidator(CODE)])
    type = models.CharField(_("type"), max_length=12, choices=PartyType.choices)
    name_fr = models.CharField(_("name in French"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    active_from = models.DateField(_("active from"), null=True, blank=True)
    active_to = models.DateField(_("active until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    notes = models.CharField(_("notes"), max_length=500, blank=True)

    objects = PartyQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("party to the conflict")
        verbose_name_plural = _("parties to the conflict")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_from=None) | Q(active_to=None) | Q(active_to__gte=F("active_from")),
                name="parties_party_dates",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="parties_party_not_own_parent"
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        code = OPEN
        type = OPEN
        name_fr = OPEN
        name_en = OPEN
        parent = OPEN
        active_from = OPEN
        active_to = OPEN
        source = OPEN
        notes = INTERNAL

    def __str__(self) -> str:
        return self.name_in(get_language() or settings.LANGUAGE_CODE)

    def get_absolute_url(self) -> str:
        return reverse("parties:detail", args=[self.public_id])

    def name_in(self, language: str) -> str:
        """The party's name in English or, for any other language, in French."""
        return self.name_en if language.startswith("en") else self.name_fr


class PartyName(models.Model):
    """One spelling of a party's name; a spelling belongs to one party only."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="names", verbose_name=_("party"))
    text = models.CharField(_("name"), max_length=150)
    folded = models.CharField(_("name for searching"), max_length=150, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, blank=True)

    objects = OpenQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("name of a party")
        verbose_name_plural = _("names of parties")
        ordering = ["party_id", "text"]

    class Privacy:
        id = INTERNAL
        party = OPEN
        text = OPEN
        folded = OPEN
        language = OPEN

    def __str__(self) -> str:
        return self.text


class Triggers(models.Model):
    """The violations for which a party is listed, or to which a plan commits it."""

    recruitment_use = models.BooleanField(Trigger.RECRUITMENT_USE.label, default=False)
    killing_maiming = models.BooleanField(Trigger.KILLING_MAIMING.label, default=False)
    sexual_violence = models.BooleanField(Trigger.SEXUAL_VIOLENCE.label, default=False)
    attacks = models.BooleanField(Trigger.ATTACKS.label, default=False)
    abduction = models.BooleanField(Trigger.ABDUCTION.label, default=False)

    class Meta:
        abstract = True

    @property
    def violations(self) -> list[Trigger]:
        """The violations that are ticked, in the order of the field."""
        return [trigger for trigger in Trigger if getattr(self, trigger.value)]


class Listing(Triggers):
    """A party in the annexes of one year's report of the Secretary-General."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="listings", verbose_name=_("party"))
    year = models.PositiveSmallIntegerField(_("year of the list"))
    source = models.CharField(_("source"), max_length=200)

    objects = OpenQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ["-year", "party_id"]
        constraints = [
            models.UniqueConstraint(fields=["party", "year"], name="parties_listing_once"),
            models.CheckConstraint(condition=~Q(source=""), name="parties_listing_source"),
            models.CheckConstraint(condition=Q(year__gte=2002, year__lte=2100), name="parties_listing_year"),
            models.CheckConstraint(
                condition=Q(recruitment_use=True)
                | Q(killing_maiming=True)
                | Q(sexual_violence=True)
                | Q(attacks=True)
                | Q(abduction=True),
                name="parties_listing_for_something",
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        party = OPEN
        year = OPEN
        source = OPEN
        recruitment_use = OPEN
        killing_maiming = OPEN
        sexual_violence = OPEN
        attacks = OPEN
        abduction = OPEN

    def __str__(self) -> str:
        return f"{self.party} {self.year}"


class ActionPlan(Triggers):
    """A plan which a party signed with the United Nations to end and prevent violations."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="action_plans", verbose_name=_("party"))
    signatory = models.CharField(_("who signed"), max_length=150)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    precision = models.CharField(
        _("what is known of the date"), max_length=5, choices=Precision.choices, blank=True
    )
    source = models.CharField(_("source"), max_length=200)
    notes = models.CharField(_("notes"), max_length=500, blank=True)

    objects = OpenQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ["party_id", "signed_on", "signatory"]
        constraints = [
            models.UniqueConstraint(fields=["party", "signatory", "signed_on"], name="parties_plan_once"),
            models.CheckConstraint(condition=~Q(source=""), name="parties_plan_source"),
            models.CheckConstraint(
                condition=Q(signed_on=None, precision="") | (Q(signed_on__isnull=False) & ~Q(precision="")),
                name="parties_plan_date",
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        party = OPEN
        signatory = OPEN
        signed_on = OPEN
        precision = OPEN
        source = OPEN
        notes = INTERNAL
        recruitment_use = OPEN
        killing_maiming = OPEN
        sexual_violence = OPEN
        attacks = OPEN
        abduction = OPEN

    def __str__(self) -> str:
        return f"{self.party} {self.signatory}"
