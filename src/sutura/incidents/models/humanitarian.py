"""Details of a denial of humanitarian access."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import AidKind, AidOrganisation, DenialMethod
from sutura.incidents.codes import CodesField, flag, line, sealed_text, tally, text
from sutura.incidents.querysets import DetailQuerySet
from sutura.incidents.sealing import OF_DETAIL
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL


class DenialDetail(models.Model):
    """How aid was kept from children; the children affected are a note, never victims (mrm.md 2.6)."""

    violation = models.OneToOneField(
        "incidents.Violation",
        models.PROTECT,
        primary_key=True,
        related_name="denial_detail",
        verbose_name=_("violation"),
    )
    methods = CodesField(_("methods"), choices=DenialMethod.choices)
    methods_other = line(_("other method"))
    organisations = CodesField(_("organisations affected"), choices=AidOrganisation.choices)
    organisations_other = line(_("other organisation"))
    staff_killed_men = tally(_("aid workers killed, men"))
    staff_killed_women = tally(_("aid workers killed, women"))
    staff_killed_unknown = tally(_("aid workers killed, sex unknown"))
    staff_injured_men = tally(_("aid workers injured, men"))
    staff_injured_women = tally(_("aid workers injured, women"))
    staff_injured_unknown = tally(_("aid workers injured, sex unknown"))
    staff_abducted_men = tally(_("aid workers abducted, men"))
    staff_abducted_women = tally(_("aid workers abducted, women"))
    staff_abducted_unknown = tally(_("aid workers abducted, sex unknown"))
    staff_threatened_men = tally(_("aid workers threatened, men"))
    staff_threatened_women = tally(_("aid workers threatened, women"))
    staff_threatened_unknown = tally(_("aid workers threatened, sex unknown"))
    staff_estimated = flag(_("numbers of aid workers are estimated"))
    vehicles = tally(_("vehicles taken"))
    vehicles_estimated = flag(_("number of vehicles is estimated"))
    property_value = line(_("value of the goods"), 120)
    adults_affected = tally(_("adults affected"))
    adults_estimated = flag(_("number of adults is estimated"))
    population_affected = text(_("population affected"))
    aid_kinds = CodesField(_("aid denied"), choices=AidKind.choices)
    aid_other = line(_("other aid"))
    notes = sealed_text(_("notes"))

    objects = DetailQuerySet.as_manager()
    history = kept()
    sealing = OF_DETAIL

    class Meta:
        verbose_name = _("details of a denial of access")
        verbose_name_plural = _("details of denials of access")

    class Privacy:
        violation = INTERNAL
        methods = INTERNAL
        methods_other = INTERNAL
        organisations = INTERNAL
        organisations_other = INTERNAL
        staff_killed_men = INTERNAL
        staff_killed_women = INTERNAL
        staff_killed_unknown = INTERNAL
        staff_injured_men = INTERNAL
        staff_injured_women = INTERNAL
        staff_injured_unknown = INTERNAL
        staff_abducted_men = INTERNAL
        staff_abducted_women = INTERNAL
        staff_abducted_unknown = INTERNAL
        staff_threatened_men = INTERNAL
        staff_threatened_women = INTERNAL
        staff_threatened_unknown = INTERNAL
        staff_estimated = INTERNAL
        vehicles = INTERNAL
        vehicles_estimated = INTERNAL
        property_value = INTERNAL
        adults_affected = INTERNAL
        adults_estimated = INTERNAL
        population_affected = PERSONAL
        aid_kinds = INTERNAL
        aid_other = INTERNAL
        notes = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.violation_id}"
