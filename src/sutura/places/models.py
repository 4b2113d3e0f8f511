"""Administrative units with their many names and codes, facilities, and boundaries once somebody loads them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.places.choices import Confidence, Edition, FacilityKind, How, Level, NameKind, Scheme
from sutura.places.querysets import FacilityQuerySet, OpenQuerySet, UnitQuerySet
from sutura.security.privacy import INTERNAL, OPEN


class Unit(models.Model):
    """A region, cercle or commune of one edition of the geography, with its place in the other edition."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.CharField(_("edition"), max_length=20, choices=Edition.choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    code = models.CharField(_("code"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("lies in")
    )
    # P-code prefixes follow the tree today; the 2023 reform already breaks them, so the path is a column
    path = models.CharField(_("path of codes"), max_length=60, blank=True, db_index=True)
    region = models.CharField(_("region of 2021"), max_length=8, blank=True)
    region_2023 = models.CharField(_("region of 2023"), max_length=8, blank=True, db_index=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    confidence = models.CharField(
        _("confidence in the 2023 region"), max_length=8, choices=Confidence.choices, default=Confidence.SURE
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = UnitQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=0, parent=None) | Q(level__gt=0, parent__isnull=False),
                name="places_unit_parent",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="places_unit_point",
            ),
            models.CheckConstraint(
                condition=Q(level=0) | (~Q(region="") & ~Q(region_2023="")), name="places_unit_two_regions"
            ),
        ]

    class Privacy:
        id = OPEN
        public_id = OPEN
        edition = OPEN
        level = OPEN
        code = OPEN
        name = OPEN
        parent = OPEN
        path = OPEN
        region = OPEN
        region_2023 = OPEN
        latitude = OPEN
        longitude = OPEN
        valid_from = OPEN
        valid_to = OPEN
        confidence = OPEN
        note = OPEN

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("places:detail", args=[self.code])

    @property
    def is_region(self) -> bool:
        """Whether it is a region of the edition by which everything is kept apart."""
        return self.level == Level.REGION and self.edition == Edition.COD_2021

    @property
    def cercle(self) -> str:
        """Code of the cercle a unit is or lies in; empty above the cercle."""
        return self.path.split("/")[1] if self.level >= Level.CERCLE else ""


class Name(models.Model):
    """One spelling of a unit's name; two spellings that fold alike are one."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names", verbose_name=_("unit"))
    text = models.CharField(_("name"), max_length=120)
    folded = models.CharField(_("name for searching"), max_length=120, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind.choices)

    objects = OpenQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("name of a unit")
        verbose_name_plural = _("names of units")
        ordering = ["unit_id", "-kind", "text"]
        constraints = [models.UniqueConstraint(fields=["unit", "folded"], name="places_name_once")]

    class Privacy:
        id = OPEN
        unit = OPEN
        text = OPEN
        folded = OPEN
        kind = OPEN

    def __str__(self) -> str:
        return self.text


class Code(models.Model):
    """A code which some authority gave to a unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes", verbose_name=_("unit"))
    scheme = models.CharField(_("scheme"), max_length=16, choices=Scheme.choices)
    code = models.CharField(_("code"), max_length=16)

    objects = OpenQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("code of a unit")
        verbose_name_plural = _("codes of units")
        ordering = ["unit_id", "scheme"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="places_code_once")]

    class Privacy:
        id = OPEN
        unit = OPEN
        scheme = OPEN
        code = OPEN

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class RegisterChange(models.Model):
    """A moment at which the register of places changed: processes drop what they remember of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    what = models.CharField(_("what changed"), max_length=200)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the register of places")
        verbose_name_plural = _("changes of the register of places")
        ordering = ["-id"]

    class Privacy:
        id = OPEN
        public_id = OPEN
        at = OPEN
        what = OPEN

    def __str__(self) -> str:
        return self.what


class Boundary(models.Model):
    """The official boundary of a unit, once somebody loads it; until then maps use the schematic outline."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="boundary", verbose_name=_("unit"))
    rings = models.TextField(_("rings, as lists of longitude and latitude"))
    source = models.CharField(_("source"), max_length=200)

    objects = OpenQuerySet.as_manager()
    history = kept(excluded_fields=["rings"])

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")

    class Privacy:
        id = OPEN
        unit = OPEN
        rings = OPEN
        source = OPEN

    def __str__(self) -> str:
        return str(self.unit)


class Facility(models.Model):
    """A school or a health facility, where a list says it stands."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=FacilityKind.choices)
    subtype = models.CharField(_("type in the source"), max_length=120, blank=True)
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(_("name for searching"), max_length=200, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="facilities", verbose_name=_("place"))
    region = models.CharField(_("region of 2021"), max_length=8, blank=True, db_index=True)
    region_2023 = models.CharField(_("region of 2023"), max_length=8, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    placed = models.CharField(_("how it was placed"), max_length=8, choices=How.choices)
    source = models.CharField(_("source"), max_length=200)
    source_ref = models.CharField(_("reference in the source"), max_length=80, blank=True)
    # the source's own reference, else name and point: what makes two rows the same facility
    same_as = models.CharField(_("key of the row"), max_length=260)
    voided_reason = models.CharField(_("why it was taken out"), max_length=500, blank=True)

    objects = FacilityQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["folded", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "same_as"], name="places_facility_once"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="places_facility_point",
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        kind = OPEN
        subtype = OPEN
        name = INTERNAL
        folded = INTERNAL
        unit = OPEN
        region = OPEN
        region_2023 = OPEN
        latitude = INTERNAL
        longitude = INTERNAL
        placed = INTERNAL
        source = OPEN
        source_ref = INTERNAL
        same_as = INTERNAL
        voided_reason = INTERNAL

    def __str__(self) -> str:
        return self.name
