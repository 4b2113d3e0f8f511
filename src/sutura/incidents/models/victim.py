"""The children of an incident: described one by one, or as a group; and what each suffered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import (
    AgeBand,
    Disability,
    GroupSex,
    Outcome,
    Sex,
    SharingWith,
    VictimKind,
    Vulnerability,
)
from sutura.incidents.codes import (
    CodeField,
    CodesField,
    asked,
    flag,
    line,
    picked,
    sealed_line,
    sealed_text,
    tally,
)
from sutura.incidents.querysets import ChildQuerySet, LinkQuerySet, PartQuerySet
from sutura.incidents.sealing import OF_PART
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL
from sutura.security.sealed import SealedDateField


class Child(models.Model):
    """A child known by a pseudonymous key only, so that it is counted once across incidents (mrm.md 4.5)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(_("key of the child"), max_length=80, unique=True)

    objects = ChildQuerySet.as_manager()
    history = kept()
    fresh = False  # written in this very act, so that nothing else can tell of this child yet

    class Meta:
        verbose_name = _("child by key")
        verbose_name_plural = _("children by key")

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        key = PERSONAL

    def __str__(self) -> str:
        return self.key


class Victim(models.Model):
    """A child, or a group of children, harmed in one incident (codebook B4); there is no field for a name."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(
        "incidents.Incident", models.PROTECT, related_name="victims", verbose_name=_("incident")
    )
    ref = models.CharField(_("reference"), max_length=28, unique=True)
    import_ref = models.CharField(
        _("reference in the imported file"), max_length=80, unique=True, null=True, blank=True
    )
    kind = CodeField(_("one child or a group"), max_length=12, choices=VictimKind.choices)
    child = models.ForeignKey(
        Child,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="victims",
        verbose_name=_("key of the child"),
    )
    sex = CodeField(_("sex"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(_("age when it happened"), null=True, blank=True)
    age_estimated = flag(_("age is estimated"))
    date_of_birth = SealedDateField(_("date of birth"), null=True, blank=True)
    under_18_reason = line(_("how it is known that the child is under 18"), 300)
    boys = tally(_("boys"))
    girls = tally(_("girls"))
    unknown = tally(_("children of unknown sex"))
    size_estimated = flag(_("size of the group is estimated"))
    age_bands = CodesField(_("age bands"), choices=AgeBand.choices)
    adults = tally(_("adults harmed with them"))
    adults_estimated = flag(_("number of adults is estimated"))
    adults_sex = picked(_("sex of the adults"), GroupSex)
    description = sealed_text(_("description"))
    # Sensitive and never needed for a figure: asked only where protection calls for it.
    nationality = sealed_line(_("nationality"), 80)
    ethnicity = sealed_line(_("ethnicity"), 80)
    religion = sealed_line(_("religion"), 80)
    vulnerabilities = CodesField(_("vulnerabilities"), choices=Vulnerability.choices)
    disability = picked(_("disability"), Disability)
    consent_reporting = asked(_("agrees that facts without names are reported"))
    consent_sharing = asked(_("agrees that name and details are shared for a referral"))
    consent_sharing_with = CodesField(_("shared with"), choices=SharingWith.choices)
    consent_sharing_other = line(_("shared with someone else"))
    consent_contact = asked(_("agrees to be contacted again"))
    needs_services = asked(_("needs services"))
    notes = sealed_text(_("notes"))
    voided_reason = line(_("reason for voiding"), 500)

    objects = PartQuerySet.as_manager()
    history = kept()
    sealing = OF_PART

    class Meta:
        verbose_name = _("victim")
        verbose_name_plural = _("victims")
        ordering = ["incident_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="victim_sex_known"),
            models.CheckConstraint(condition=Q(age=None) | Q(age__lt=18), name="victim_under_18"),
            models.CheckConstraint(
                condition=Q(kind=VictimKind.INDIVIDUAL, boys=0, girls=0, unknown=0)
                | Q(kind=VictimKind.GROUP, child=None, age=None, date_of_birth=None, sex=Sex.UNKNOWN),
                name="victim_one_child_or_group",
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        incident = INTERNAL
        ref = INTERNAL
        import_ref = PERSONAL
        kind = INTERNAL
        child = PERSONAL
        sex = PERSONAL
        age = PERSONAL
        age_estimated = INTERNAL
        date_of_birth = IDENTIFYING
        under_18_reason = PERSONAL
        boys = INTERNAL
        girls = INTERNAL
        unknown = INTERNAL
        size_estimated = INTERNAL
        age_bands = INTERNAL
        adults = INTERNAL
        adults_estimated = INTERNAL
        adults_sex = INTERNAL
        description = IDENTIFYING
        nationality = IDENTIFYING
        ethnicity = IDENTIFYING
        religion = IDENTIFYING
        vulnerabilities = PERSONAL
        disability = PERSONAL
        consent_reporting = PERSONAL
        consent_sharing = PERSONAL
        consent_sharing_with = PERSONAL
        consent_sharing_other = PERSONAL
        consent_contact = PERSONAL
        needs_services = PERSONAL
        notes = IDENTIFYING
        voided_reason = INTERNAL

    def __str__(self) -> str:
        return self.ref

    @property
    def size(self) -> int:
        """Children meant: one, or the members of the group."""
        return 1 if self.kind == VictimKind.INDIVIDUAL else self.boys + self.girls + self.unknown


class VictimLink(models.Model):
    """What one victim suffered in one violation; answers about the child's fate belong here, not to the violation."""

    victim = models.ForeignKey(Victim, models.PROTECT, related_name="links", verbose_name=_("victim"))
    violation = models.ForeignKey(
        "incidents.Violation", models.PROTECT, related_name="victim_links", verbose_name=_("violation")
    )
    outcome = picked(_("what became of the child"), Outcome)
    began_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    age_at_end = models.PositiveSmallIntegerField(_("age at the end"), null=True, blank=True)
    ill_treated = asked(_("ill-treated"))

    objects = LinkQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("victim of a violation")
        verbose_name_plural = _("victims of violations")
        constraints = [
            models.UniqueConstraint(fields=["violation", "victim"], name="victim_once_a_violation"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(began_on=None) | Q(ended_on__gte=F("began_on")),
                name="victim_link_range_order",
            ),
        ]

    class Privacy:
        id = INTERNAL
        victim = INTERNAL
        violation = INTERNAL
        outcome = PERSONAL
        began_on = PERSONAL
        ended_on = PERSONAL
        age_at_end = PERSONAL
        ill_treated = PERSONAL

    def __str__(self) -> str:
        return f"{self.victim_id} {self.violation_id}"
