"""Alerts and leads, and notes on access to each cercle."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.alerts import choices, rules
from sutura.alerts.querysets import AccessNoteQuerySet, AlertQuerySet
from sutura.alerts.sealing import OF_ALERT
from sutura.audit.history import kept
from sutura.parties.models import Party
from sutura.places.choices import How
from sutura.places.models import Unit
from sutura.security.privacy import IDENTIFYING, INTERNAL, OPEN, PERSONAL
from sutura.security.sealed import SealedTextField

NOBODY_KNOWN = choices.PartyType.UNIDENTIFIED


class Alert(models.Model):
    """What someone told us, before anybody documented it: minimum facts of mrm.md 3.2, by a person or by a list.

    The ten suspicions are columns, so that each version of an alert says in one row what was suspected. Words of people
    are sealed; those of a public list lie open, in columns which only a lead fills.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    origin = models.CharField(_("origin"), max_length=10, choices=choices.Origin.choices)
    title = models.CharField(_("title"), max_length=200, blank=True)

    killing = models.BooleanField(_("killing"), default=False)
    maiming = models.BooleanField(_("maiming"), default=False)
    recruitment_use = models.BooleanField(_("recruitment or use"), default=False)
    sexual_violence = models.BooleanField(_("sexual violence"), default=False)
    abduction = models.BooleanField(_("abduction"), default=False)
    attack_school = models.BooleanField(_("attack on a school"), default=False)
    attack_hospital = models.BooleanField(_("attack on a hospital"), default=False)
    denial_humanitarian_access = models.BooleanField(_("denial of humanitarian access"), default=False)
    military_use = models.BooleanField(_("military use"), default=False)
    deprivation_liberty = models.BooleanField(_("deprivation of liberty"), default=False)

    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    happened_to = models.DateField(_("until"), null=True, blank=True)
    date_estimated = models.BooleanField(_("date estimated"), default=False)

    place = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    region = models.CharField(_("region"), max_length=8, blank=True)
    cercle = models.CharField(_("cercle"), max_length=8, blank=True)
    locality = models.CharField(_("village or place"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    place_how = models.CharField(_("placed by"), max_length=10, choices=How.choices, blank=True)
    place_km = models.FloatField(_("km from the unit's point"), null=True, blank=True)

    boys = models.PositiveIntegerField(_("boys"), default=0)
    girls = models.PositiveIntegerField(_("girls"), default=0)
    unknown = models.PositiveIntegerField(_("sex unknown"), default=0)
    children_unknown = models.BooleanField(_("number of children not known"), default=False)

    party_type = models.CharField(
        _("who is said to have done it"), max_length=20, choices=choices.PartyType.choices
    )
    party_text = models.CharField(_("name given to the party"), max_length=200, blank=True)
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("suggested party")
    )
    source_category = models.CharField(
        _("who told it"), max_length=20, choices=choices.SourceCategory.choices
    )
    organisation = models.CharField(_("organisation"), max_length=150, blank=True)
    access = models.CharField(_("access"), max_length=10, choices=choices.Access.choices)
    needs_medical = models.BooleanField(_("medical care"), default=False)
    needs_safety = models.BooleanField(_("safety, a child in danger"), default=False)
    needs_family = models.BooleanField(_("a child alone or separated"), default=False)
    needs_support = models.BooleanField(_("psychosocial support"), default=False)
    consent_known = models.CharField(
        _("agrees to be contacted"), max_length=10, choices=choices.YesNoUnknown.choices, default="unknown"
    )
    told = SealedTextField(_("what was told"), blank=True, default="")

    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("received from"),
        editable=False,
    )

    state = models.CharField(
        _("state"), max_length=10, choices=choices.State.choices, default=choices.State.NEW
    )
    state_reason = SealedTextField(_("reason"), blank=True, default="")
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("duplicate of"),
    )
    incident_ref = models.CharField(_("incident"), max_length=40, blank=True)
    asked_for = models.CharField(_("information asked"), max_length=200, blank=True, default="")
    asked = SealedTextField(_("question to the sender"), blank=True, default="")
    triaged_at = models.DateTimeField(_("triaged"), null=True, blank=True)
    triaged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("triaged by"),
    )
    protection_done = SealedTextField(_("protection first: what was done"), blank=True, default="")
    protected_at = models.DateTimeField(_("protected"), null=True, blank=True)
    protected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("protected by"),
    )

    source = models.CharField(_("list"), max_length=30, choices=choices.LeadSource.choices, blank=True)
    source_event_id = models.CharField(_("event number in the list"), max_length=60, blank=True)
    told_by_list = models.TextField(_("what the list tells"), blank=True, default="")
    datasets = models.CharField(_("datasets"), max_length=200, blank=True)
    place_precision = models.PositiveSmallIntegerField(_("precision of the place"), null=True, blank=True)
    date_precision = models.PositiveSmallIntegerField(_("precision of the date"), null=True, blank=True)
    event_clarity = models.PositiveSmallIntegerField(_("clarity of the event"), null=True, blank=True)
    deaths_best = models.PositiveIntegerField(_("deaths of any age, best estimate"), null=True, blank=True)
    deaths_low = models.PositiveIntegerField(_("deaths of any age, low"), null=True, blank=True)
    deaths_high = models.PositiveIntegerField(_("deaths of any age, high"), null=True, blank=True)

    objects = AlertQuerySet.as_manager()
    history = kept()
    sealing = OF_ALERT

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["origin", "received_at", "id"], name="alerts_inbox"),
            models.Index(fields=["origin", "region", "received_at", "id"], name="alerts_region_inbox"),
            models.Index(fields=["origin", "happened_on", "id"], name="alerts_leads"),
            models.Index(fields=["region", "happened_on"], name="alerts_when"),
            models.Index(fields=["received_by", "received_at"], name="alerts_own"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_event_id"], condition=Q(origin="lead"), name="alerts_lead_once"
            ),
            models.CheckConstraint(
                condition=(Q(origin="lead") & ~Q(source="") & ~Q(source_event_id=""))
                | Q(origin="report", source="", source_event_id=""),
                name="alerts_lead_has_source",
            ),
            models.CheckConstraint(
                condition=Q(origin="lead", told="")
                | Q(origin="report", title="", party_text="", told_by_list="", latitude=None, longitude=None),
                name="alerts_open_words_of_lists",
            ),
            models.CheckConstraint(
                condition=Q(happened_to=None) | Q(happened_to__gt=F("happened_on")),
                name="alerts_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state="duplicate", duplicate_of__isnull=False)
                | (~Q(state="duplicate") & Q(duplicate_of=None)),
                name="alerts_duplicate_of_one",
            ),
            models.CheckConstraint(
                condition=(Q(state="incident") & ~Q(incident_ref=""))
                | (~Q(state="incident") & Q(incident_ref="")),
                name="alerts_incident_named",
            ),
            models.CheckConstraint(
                condition=Q(triaged_at=None, triaged_by=None, state="new")
                | Q(triaged_at__isnull=False, triaged_by__isnull=False),
                name="alerts_triaged_who_when",
            ),
            models.CheckConstraint(
                condition=Q(protected_at=None, protected_by=None, protection_done="")
                | (Q(protected_at__isnull=False, protected_by__isnull=False) & ~Q(protection_done="")),
                name="alerts_protected_who_when",
            ),
        ]

    class Privacy:
        id = public_id = ref = origin = INTERNAL
        title = OPEN
        killing = maiming = recruitment_use = sexual_violence = abduction = INTERNAL
        attack_school = attack_hospital = denial_humanitarian_access = military_use = INTERNAL
        deprivation_liberty = happened_on = happened_to = date_estimated = INTERNAL
        place = region = cercle = INTERNAL
        locality = PERSONAL
        latitude = longitude = OPEN
        place_how = place_km = INTERNAL
        boys = girls = unknown = children_unknown = INTERNAL
        party_type = party = INTERNAL
        party_text = OPEN
        source_category = organisation = access = INTERNAL
        needs_medical = needs_safety = needs_family = needs_support = PERSONAL
        consent_known = INTERNAL
        told = IDENTIFYING
        asked_for = INTERNAL
        received_at = received_by = state = INTERNAL
        state_reason = asked = protection_done = IDENTIFYING
        duplicate_of = incident_ref = triaged_at = triaged_by = INTERNAL
        protected_at = protected_by = INTERNAL
        source = source_event_id = datasets = told_by_list = OPEN
        place_precision = date_precision = event_clarity = OPEN
        deaths_best = deaths_low = deaths_high = OPEN

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("alerts:detail", args=[self.public_id])

    @property
    def is_lead(self) -> bool:
        return self.origin == choices.Origin.LEAD

    @property
    def is_open(self) -> bool:
        return self.state in choices.OPEN_STATES

    @property
    def types(self) -> tuple[str, ...]:
        """The suspected violation types, in the usual order."""
        return tuple(kind for kind in rules.VIOLATION_TYPES if getattr(self, kind))

    @property
    def what_was_asked(self) -> str:
        """What the teller is asked for, in words."""
        return choices.what_was_asked(self.asked_for)

    @property
    def children(self) -> int | None:
        """How many children were told of; None when nobody knows."""
        total = self.boys + self.girls + self.unknown
        return None if self.children_unknown and not total else total

    @property
    def urgent(self) -> bool:
        """Whether the teller said that a child needs care or safety now."""
        return self.needs_medical or self.needs_safety or self.needs_family or self.needs_support

    @property
    def as_told(self) -> rules.Told:
        """What is compared with other alerts."""
        place = self.place
        commune = place.code if place is not None and place.level == 3 else ""
        point = None
        if self.latitude is not None and self.longitude is not None:
            point = (self.latitude, self.longitude)
        elif (
            place is not None
            and place.level >= 2
            and place.latitude is not None
            and place.longitude is not None
        ):
            point = (place.latitude, place.longitude)
        return rules.Told(
            self.happened_on, self.happened_to, self.cercle, commune, point, frozenset(self.types),
            self.boys, self.girls, self.unknown,
            frozenset([self.party.code] if self.party else []), frozenset([self.party_type]) - {NOBODY_KNOWN},
        )  # fmt: skip


class AccessNote(models.Model):
    """Whether people could go to a cercle on a day, and whether somebody went (mrm.md 8, coverage tracker)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("cercle"))
    region = models.CharField(_("region"), max_length=8)
    level = models.CharField(_("access"), max_length=10, choices=choices.Access.choices)
    observed_on = models.DateField(_("observed on"))
    visited = models.BooleanField(_("somebody of ours went there"), default=False)
    source = models.CharField(_("who says so"), max_length=150)
    note = models.CharField(_("note"), max_length=400, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"), editable=False
    )
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)

    objects = AccessNoteQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("access note")
        verbose_name_plural = _("access notes")
        ordering = ["-observed_on", "-id"]
        indexes = [models.Index(fields=["unit", "observed_on"], name="alerts_access_latest")]

    class Privacy:
        id = public_id = unit = region = level = observed_on = visited = INTERNAL
        source = note = noted_by = noted_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.unit} · {self.observed_on:%Y-%m-%d} · {self.get_level_display()}"
