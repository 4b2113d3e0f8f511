"""Details of recruitment and use, of abduction and of deprivation of liberty."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import (
    AbductionPurpose,
    CombatRole,
    DetainingAuthority,
    DetentionLength,
    DetentionPlace,
    DetentionReason,
    FreedomRegained,
    IllTreatment,
    RecruitmentFactor,
    Role,
    SupportRole,
    WayOut,
)
from sutura.incidents.codes import (
    CodesField,
    SealedCodesField,
    asked,
    flag,
    line,
    picked,
    sealed_text,
    tally,
    text,
)
from sutura.incidents.querysets import DetailQuerySet
from sutura.incidents.sealing import OF_DETAIL
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL


class RecruitmentDetail(models.Model):
    """Why and for what children were recruited or used, and how many left."""

    violation = models.OneToOneField(
        "incidents.Violation",
        models.PROTECT,
        primary_key=True,
        related_name="recruitment_detail",
        verbose_name=_("violation"),
    )
    factors = CodesField(_("factors"), choices=RecruitmentFactor.choices)
    factors_other = line(_("other factor"))
    campaign = asked(_("part of a recruitment campaign"))
    campaign_details = text(_("about the campaign"))
    re_recruitment = asked(_("recruited before"))
    re_recruitment_details = sealed_text(_("about the earlier recruitment"))
    role = picked(_("role"), Role)
    combat_roles = CodesField(_("combat roles"), choices=CombatRole.choices)
    combat_roles_other = line(_("other combat role"))
    support_roles = CodesField(_("support roles"), choices=SupportRole.choices)
    support_roles_other = line(_("other support role"))
    had_weapon = asked(_("carried a weapon"))
    had_training = asked(_("had military training"))
    saw_children = asked(_("saw other children recruited"))
    saw_children_number = models.PositiveIntegerField(_("how many other children"), null=True, blank=True)
    under_15 = models.PositiveIntegerField(_("children under 15 when recruited"), null=True, blank=True)
    released = asked(_("released or left"))
    released_number = models.PositiveIntegerField(_("how many were released or left"), null=True, blank=True)
    released_estimated = flag(_("number released is estimated"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    left_on_estimated = flag(_("date of leaving is estimated"))
    way_out = picked(_("how they left"), WayOut)
    association_detained = asked(_("deprived of liberty for association"))
    notes = sealed_text(_("notes"))

    objects = DetailQuerySet.as_manager()
    history = kept()
    sealing = OF_DETAIL

    class Meta:
        verbose_name = _("details of recruitment and use")
        verbose_name_plural = _("details of recruitment and use")

    class Privacy:
        violation = INTERNAL
        factors = PERSONAL
        factors_other = PERSONAL
        campaign = INTERNAL
        campaign_details = PERSONAL
        re_recruitment = PERSONAL
        re_recruitment_details = IDENTIFYING
        role = INTERNAL
        combat_roles = PERSONAL
        combat_roles_other = PERSONAL
        support_roles = PERSONAL
        support_roles_other = PERSONAL
        had_weapon = PERSONAL
        had_training = PERSONAL
        saw_children = INTERNAL
        saw_children_number = INTERNAL
        under_15 = INTERNAL
        released = INTERNAL
        released_number = INTERNAL
        released_estimated = INTERNAL
        left_on = PERSONAL
        left_on_estimated = INTERNAL
        way_out = INTERNAL
        association_detained = PERSONAL
        notes = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.violation_id}"


class AbductionDetail(models.Model):
    """What children were taken for and where to; what became of each child is on its own link."""

    violation = models.OneToOneField(
        "incidents.Violation",
        models.PROTECT,
        primary_key=True,
        related_name="abduction_detail",
        verbose_name=_("violation"),
    )
    purpose = picked(_("main purpose"), AbductionPurpose)
    purposes = CodesField(_("other purposes"), choices=AbductionPurpose.choices)
    purpose_other = line(_("purpose in words"))
    held_country = line(_("country where held"), 80)
    held_at = sealed_text(_("where held"))
    freed = asked(_("regained freedom"))
    freed_how = CodesField(_("how freedom was regained"), choices=FreedomRegained.choices)
    freed_how_other = line(_("other way"))
    freed_number = models.PositiveIntegerField(_("how many regained freedom"), null=True, blank=True)
    freed_on = models.DateField(_("freed on"), null=True, blank=True)
    notes = sealed_text(_("notes"))

    objects = DetailQuerySet.as_manager()
    history = kept()
    sealing = OF_DETAIL

    class Meta:
        verbose_name = _("details of an abduction")
        verbose_name_plural = _("details of abductions")

    class Privacy:
        violation = INTERNAL
        purpose = INTERNAL
        purposes = PERSONAL
        purpose_other = PERSONAL
        held_country = INTERNAL
        held_at = IDENTIFYING
        freed = INTERNAL
        freed_how = PERSONAL
        freed_how_other = PERSONAL
        freed_number = INTERNAL
        freed_on = PERSONAL
        notes = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.violation_id}"


class DetentionDetail(models.Model):
    """Why, where, by whom and how long children were deprived of liberty (mrm.md 2.7)."""

    violation = models.OneToOneField(
        "incidents.Violation",
        models.PROTECT,
        primary_key=True,
        related_name="detention_detail",
        verbose_name=_("violation"),
    )
    reasons = CodesField(_("grounds"), choices=DetentionReason.choices)
    reasons_details = sealed_text(_("about the grounds"))
    authorities = CodesField(_("held by"), choices=DetainingAuthority.choices)
    authority_name = line(_("service or group which holds them"))
    places = CodesField(_("kinds of place"), choices=DetentionPlace.choices)
    place_other = line(_("other kind of place of detention"))
    place_details = sealed_text(_("name and place of detention"))
    from_date = models.DateField(_("held from"), null=True, blank=True)
    to_date = models.DateField(_("held until"), null=True, blank=True)
    ongoing = asked(_("still held"))
    length = picked(_("length"), DetentionLength)
    number_released = models.PositiveIntegerField(_("how many were released"), null=True, blank=True)
    ill_treatment = asked(_("ill-treatment reported"))
    ill_treatment_kinds = SealedCodesField(_("kinds of ill-treatment"), choices=IllTreatment.choices)
    ill_treatment_other = sealed_text(_("other ill-treatment"))
    lawyer_seen = asked(_("saw a lawyer"))
    apart_from_adults = asked(_("kept apart from adults"))
    adults_held = tally(_("adults held with them"))
    notes = sealed_text(_("notes"))

    objects = DetailQuerySet.as_manager()
    history = kept()
    sealing = OF_DETAIL

    class Meta:
        verbose_name = _("details of a deprivation of liberty")
        verbose_name_plural = _("details of deprivations of liberty")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(from_date=None) | Q(to_date__gte=F("from_date")),
                name="detention_range_order",
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | ~Q(ongoing="yes"), name="detention_ended_or_ongoing"
            ),
        ]

    class Privacy:
        violation = INTERNAL
        reasons = PERSONAL
        reasons_details = IDENTIFYING
        authorities = INTERNAL
        authority_name = PERSONAL
        places = INTERNAL
        place_other = PERSONAL
        place_details = IDENTIFYING
        from_date = PERSONAL
        to_date = PERSONAL
        ongoing = INTERNAL
        length = INTERNAL
        number_released = INTERNAL
        ill_treatment = PERSONAL
        ill_treatment_kinds = IDENTIFYING
        ill_treatment_other = IDENTIFYING
        lawyer_seen = PERSONAL
        apart_from_adults = PERSONAL
        adults_held = INTERNAL
        notes = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.violation_id}"
