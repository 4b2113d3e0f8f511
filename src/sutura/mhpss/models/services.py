"""A service as it stands on the map: of whom, where, for whom, how to reach it, with how many people, until when."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.mhpss.choices import Basis, Cost, Entry, Precision, Sex, SiteKind, State, Working
from sutura.mhpss.querysets import ServiceQuerySet, StaffQuerySet
from sutura.mhpss.rules import freshness
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.security.privacy import INTERNAL

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that a hand confuses on a paper sheet


def new_reference() -> str:
    """A reference that fits on a sheet to correct by hand."""
    return "SM-" + "".join(secrets.choice(LETTERS) for _each in range(7))


class Service(models.Model):
    """One service. Its lists of codes hold one space between; each is of a `CodeList`, checked when kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("reference"), max_length=12, default=new_reference, unique=True, editable=False)
    same_as = models.CharField(_("key of the row"), max_length=64, unique=True, editable=False)
    folded = models.TextField(_("words for searching"), editable=False)

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation that runs it")
    )
    partners = models.CharField(_("other organisations"), max_length=300, blank=True)
    focal_name = models.CharField(_("focal point"), max_length=120, blank=True)
    focal_phone = models.CharField(_("telephone of the focal point"), max_length=40, blank=True)
    focal_email = models.EmailField(_("address of the focal point"), blank=True)

    region = models.CharField(_("region"), max_length=8, db_index=True, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("place"))
    coverage = models.CharField(_("also works in"), max_length=400, blank=True)  # P-codes
    site = models.CharField(_("site"), max_length=150, blank=True)
    site_kind = models.CharField(_("kind of site"), max_length=10, choices=SiteKind.choices, blank=True)
    is_sensitive = models.BooleanField(_("sensitive site"), default=False)
    precision = models.CharField(
        _("place as the public may know it"), max_length=8, choices=Precision.choices, default=Precision.SITE
    )

    description = models.CharField(_("description in one sentence"), max_length=220)
    codes = models.CharField(_("activity codes"), max_length=120, blank=True)
    specified = models.CharField(_("what “other” is"), max_length=150, blank=True)
    recoded_on = models.DateField(_("code looked at on"), null=True, blank=True)
    layers = models.CharField(_("layers declared"), max_length=20, blank=True, db_index=True)
    packages = models.CharField(_("codes of the service package"), max_length=120, blank=True)
    distress = models.CharField(_("levels of distress"), max_length=40, blank=True)
    themes = models.CharField(_("themes"), max_length=120, blank=True)

    groups = models.CharField(_("groups served"), max_length=150, blank=True)
    min_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    sex = models.CharField(_("whom it receives"), max_length=8, choices=Sex.choices, default=Sex.ALL)
    languages = models.CharField(_("languages spoken"), max_length=60, blank=True)
    access = models.CharField(_("access for people with disabilities"), max_length=150, blank=True)
    cost = models.CharField(_("cost for users"), max_length=8, choices=Cost.choices, blank=True)

    hours = models.CharField(_("days and hours"), max_length=120, blank=True)
    entry = models.CharField(_("how one comes in"), max_length=12, choices=Entry.choices, blank=True)
    phone = models.CharField(_("telephone for users"), max_length=40, blank=True)
    modalities = models.CharField(_("where it is delivered"), max_length=80, blank=True)

    trained_in = models.CharField(_("trained in, and for how long"), max_length=250, blank=True)
    supervised = models.BooleanField(_("staff are supervised"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("people received in a month, at most"), null=True, blank=True)
    waiting_days = models.PositiveSmallIntegerField(_("waiting time in days"), null=True, blank=True)
    reached = models.PositiveIntegerField(_("people supported in the last 30 days"), null=True, blank=True)
    basis = models.CharField(_("what this number counts"), max_length=8, choices=Basis.choices, blank=True)

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.RUNNING)
    working = models.CharField(
        _("whether it works"), max_length=10, choices=Working.choices, default=Working.YES
    )
    starts_on = models.DateField(_("began on"), null=True, blank=True)
    funded_until = models.DateField(_("funded until"), null=True, blank=True)
    updated_on = models.DateField(_("information of"))
    is_public = models.BooleanField(_("the organisation agrees to its publication"), default=False)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.CharField(_("verified by"), max_length=150, blank=True)

    objects = ServiceQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["region", "organisation__name", "description", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(funded_until=None) | Q(funded_until__gte=F("starts_on")),
                name="mhpss_service_dates",
            ),
            models.CheckConstraint(
                condition=Q(min_age=None) | Q(max_age=None) | Q(max_age__gte=F("min_age")),
                name="mhpss_service_ages",
            ),
            models.CheckConstraint(
                condition=Q(verified_on=None, verified_by="")
                | Q(verified_on__isnull=False) & ~Q(verified_by=""),
                name="mhpss_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_sensitive=False) | ~Q(precision=Precision.SITE),
                name="mhpss_sensitive_is_blurred",
            ),
        ]

    class Privacy:
        id = public_id = ref = same_as = folded = organisation = partners = INTERNAL
        focal_name = focal_phone = focal_email = INTERNAL
        region = place = coverage = site = site_kind = is_sensitive = precision = INTERNAL
        description = codes = specified = recoded_on = layers = packages = distress = themes = INTERNAL
        groups = min_age = max_age = sex = languages = access = cost = INTERNAL
        hours = entry = phone = modalities = INTERNAL
        trained_in = supervised = capacity = waiting_days = reached = basis = INTERNAL
        state = working = starts_on = funded_until = updated_on = is_public = verified_on = verified_by = (
            INTERNAL
        )

    def __str__(self) -> str:
        return self.description

    def get_absolute_url(self) -> str:
        return reverse("mhpss:service", args=[self.public_id])

    @property
    def freshness(self) -> str:
        """How old its verification is: fresh, amber or red."""
        return freshness.level(
            self.verified_on, today=timezone.localdate(), fresh=settings.SUTURA_SERVICE_FRESH_DAYS,
            stale=settings.SUTURA_SERVICE_STALE_DAYS,
        )  # fmt: skip


class Staff(models.Model):
    """How many women and men of a cadre work there: numbers, never names."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="staff", verbose_name=_("service"))
    cadre = models.CharField(_("cadre"), max_length=20)
    women = models.PositiveSmallIntegerField(_("women"), default=0)
    men = models.PositiveSmallIntegerField(_("men"), default=0)

    objects = StaffQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("staff of a service")
        verbose_name_plural = _("staff of services")
        ordering = ["service_id", "cadre"]
        constraints = [
            models.UniqueConstraint(fields=["service", "cadre"], name="mhpss_cadre_once"),
            models.CheckConstraint(condition=Q(women__gt=0) | Q(men__gt=0), name="mhpss_staff_somebody"),
        ]

    class Privacy:
        id = service = cadre = women = men = INTERNAL

    def __str__(self) -> str:
        return f"{self.cadre} {self.women}+{self.men}"
