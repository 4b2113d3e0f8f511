"""Details of attacks on schools and hospitals, and of their military use."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import (
    AgeBand,
    AttackKind,
    AttackMeans,
    Extent,
    FacilityKind,
    GroupSex,
    HealthKind,
    Impact,
    MilitaryPurpose,
    SchoolKind,
    Weapon,
)
from sutura.incidents.codes import CodeField, CodesField, asked, flag, line, picked, sealed_text, tally, text
from sutura.incidents.querysets import DetailQuerySet
from sutura.incidents.sealing import OF_DETAIL
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL


class AttackDetail(models.Model):
    """An attack on a school or a health facility.

    One record per facility attacked; a raid on several that cannot be told apart keeps their number, so that
    reports can show both (mrm.md 2.5).  Children killed or hurt are counted by their own violations: the
    tallies here are never added to them.
    """

    violation = models.OneToOneField(
        "incidents.Violation",
        models.PROTECT,
        primary_key=True,
        related_name="attack_detail",
        verbose_name=_("violation"),
    )
    attack_kind = CodeField(
        _("kind of attack"), max_length=20, choices=AttackKind.choices, default=AttackKind.FACILITY
    )
    also = CodesField(_("also in the same attack"), choices=AttackKind.choices)
    facility = models.ForeignKey(
        "places.Facility",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("facility of the register"),
    )
    facility_name = line(_("name of the facility"))
    number_of_facilities = models.PositiveIntegerField(_("number of facilities"), default=1)
    school_kinds = CodesField(_("kind of school"), choices=SchoolKind.choices)
    school_kind_other = line(_("other kind of school"))
    school_ages = CodesField(_("ages of the pupils"), choices=AgeBand.choices)
    school_sex = picked(_("sex of the pupils"), GroupSex)
    health_kinds = CodesField(_("kind of health facility"), choices=HealthKind.choices)
    health_kind_other = line(_("other kind of health facility"))
    facility_details = sealed_text(_("about the facility"))
    means = picked(_("means of attack"), AttackMeans)
    means_other = line(_("other means"))
    weapon = picked(_("weapon"), Weapon)
    weapon_other = line(_("other weapon"))
    recurrent = asked(_("attacked before"))
    operational_before = picked(_("working before"), Extent)
    personnel_targeted = asked(_("staff, pupils or patients targeted"))
    objective = text(_("apparent aim of the attack"))
    killed_boys = tally(_("boys killed"))
    killed_girls = tally(_("girls killed"))
    killed_unknown = tally(_("children of unknown sex killed"))
    injured_boys = tally(_("boys injured"))
    injured_girls = tally(_("girls injured"))
    injured_unknown = tally(_("children of unknown sex injured"))
    staff_killed_men = tally(_("staff killed, men"))
    staff_killed_women = tally(_("staff killed, women"))
    staff_killed_unknown = tally(_("staff killed, sex unknown"))
    staff_injured_men = tally(_("staff injured, men"))
    staff_injured_women = tally(_("staff injured, women"))
    staff_injured_unknown = tally(_("staff injured, sex unknown"))
    deprived_boys = tally(_("boys without the service"))
    deprived_girls = tally(_("girls without the service"))
    deprived_unknown = tally(_("children of unknown sex without the service"))
    deprived_estimated = flag(_("number without the service is estimated"))
    impact = picked(_("damage"), Impact)
    closed = picked(_("closed afterwards"), Extent)
    closed_days = models.PositiveIntegerField(_("days closed"), null=True, blank=True)
    notes = sealed_text(_("notes"))

    objects = DetailQuerySet.as_manager()
    history = kept()
    sealing = OF_DETAIL

    class Meta:
        verbose_name = _("details of an attack on a school or hospital")
        verbose_name_plural = _("details of attacks on schools and hospitals")
        constraints = [
            models.CheckConstraint(condition=Q(attack_kind__in=AttackKind.values), name="attack_kind_known"),
            models.CheckConstraint(condition=Q(number_of_facilities__gte=1), name="attack_one_facility"),
        ]

    class Privacy:
        violation = INTERNAL
        attack_kind = INTERNAL
        also = INTERNAL
        facility = PERSONAL
        facility_name = PERSONAL
        number_of_facilities = INTERNAL
        school_kinds = INTERNAL
        school_kind_other = INTERNAL
        school_ages = INTERNAL
        school_sex = INTERNAL
        health_kinds = INTERNAL
        health_kind_other = INTERNAL
        facility_details = IDENTIFYING
        means = INTERNAL
        means_other = INTERNAL
        weapon = INTERNAL
        weapon_other = INTERNAL
        recurrent = INTERNAL
        operational_before = INTERNAL
        personnel_targeted = INTERNAL
        objective = PERSONAL
        killed_boys = INTERNAL
        killed_girls = INTERNAL
        killed_unknown = INTERNAL
        injured_boys = INTERNAL
        injured_girls = INTERNAL
        injured_unknown = INTERNAL
        staff_killed_men = INTERNAL
        staff_killed_women = INTERNAL
        staff_killed_unknown = INTERNAL
        staff_injured_men = INTERNAL
        staff_injured_women = INTERNAL
        staff_injured_unknown = INTERNAL
        deprived_boys = INTERNAL
        deprived_girls = INTERNAL
        deprived_unknown = INTERNAL
        deprived_estimated = INTERNAL
        impact = INTERNAL
        closed = INTERNAL
        closed_days = INTERNAL
        notes = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.violation_id}"


class MilitaryUseDetail(models.Model):
    """A school or health facility used by a party; reported apart, never in the total of grave violations."""

    violation = models.OneToOneField(
        "incidents.Violation",
        models.PROTECT,
        primary_key=True,
        related_name="military_use_detail",
        verbose_name=_("violation"),
    )
    facility_kind = picked(_("school or hospital"), FacilityKind)
    facility = models.ForeignKey(
        "places.Facility",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("facility of the register"),
    )
    facility_name = line(_("name of the facility"))
    number_of_facilities = models.PositiveIntegerField(_("number of facilities"), default=1)
    school_kinds = CodesField(_("kind of school"), choices=SchoolKind.choices)
    school_kind_other = line(_("other kind of school"))
    school_ages = CodesField(_("ages of the pupils"), choices=AgeBand.choices)
    school_sex = picked(_("sex of the pupils"), GroupSex)
    health_kinds = CodesField(_("kind of health facility"), choices=HealthKind.choices)
    health_kind_other = line(_("other kind of health facility"))
    facility_details = sealed_text(_("about the facility"))
    operational_before = picked(_("working before"), Extent)
    from_date = models.DateField(_("used from"), null=True, blank=True)
    to_date = models.DateField(_("used until"), null=True, blank=True)
    dates_estimated = flag(_("dates are estimated"))
    vacated = picked(_("vacated"), Extent)
    purposes = CodesField(_("purposes"), choices=MilitaryPurpose.choices)
    purposes_other = line(_("other purpose"))
    deprived_boys = tally(_("boys without the service"))
    deprived_girls = tally(_("girls without the service"))
    deprived_unknown = tally(_("children of unknown sex without the service"))
    deprived_estimated = flag(_("number without the service is estimated"))
    impact = picked(_("damage"), Impact)
    closed = picked(_("closed afterwards"), Extent)
    closed_days = models.PositiveIntegerField(_("days closed"), null=True, blank=True)
    notes = sealed_text(_("notes"))

    objects = DetailQuerySet.as_manager()
    history = kept()
    sealing = OF_DETAIL

    class Meta:
        verbose_name = _("details of a military use")
        verbose_name_plural = _("details of military uses")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(from_date=None) | Q(to_date__gte=F("from_date")),
                name="military_use_range_order",
            ),
            models.CheckConstraint(
                condition=Q(number_of_facilities__gte=1), name="military_use_one_facility"
            ),
        ]

    class Privacy:
        violation = INTERNAL
        facility_kind = INTERNAL
        facility = PERSONAL
        facility_name = PERSONAL
        number_of_facilities = INTERNAL
        school_kinds = INTERNAL
        school_kind_other = INTERNAL
        school_ages = INTERNAL
        school_sex = INTERNAL
        health_kinds = INTERNAL
        health_kind_other = INTERNAL
        facility_details = IDENTIFYING
        operational_before = INTERNAL
        from_date = INTERNAL
        to_date = INTERNAL
        dates_estimated = INTERNAL
        vacated = INTERNAL
        purposes = INTERNAL
        purposes_other = INTERNAL
        deprived_boys = INTERNAL
        deprived_girls = INTERNAL
        deprived_unknown = INTERNAL
        deprived_estimated = INTERNAL
        impact = INTERNAL
        closed = INTERNAL
        closed_days = INTERNAL
        notes = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.violation_id}"
