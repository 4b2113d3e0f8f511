"""Who is held responsible: a party to the conflict, or unidentified; with its own verification."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import GroupSex, PerpetratorCategory
from sutura.incidents.codes import CodeField, asked, flag, line, picked, sealed_line, sealed_text, text
from sutura.incidents.querysets import LinkQuerySet, PartQuerySet
from sutura.incidents.sealing import OF_EVIDENCE
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL


class Perpetrator(models.Model):
    """A party, or part of one, alleged in an incident (codebook B5).

    A violation may be verified while its attribution stays alleged: `verified` here is its own answer.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(
        "incidents.Incident", models.PROTECT, related_name="perpetrators", verbose_name=_("incident")
    )
    ref = models.CharField(_("reference"), max_length=28, unique=True)
    category = CodeField(_("category"), max_length=14, choices=PerpetratorCategory.choices)
    party = models.ForeignKey(
        "parties.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("party")
    )
    nexus = text(_("why an unidentified perpetrator is held to be a party"))
    number = models.PositiveIntegerField(_("number of people"), null=True, blank=True)
    number_estimated = flag(_("number is estimated"))
    with_children = asked(_("children among them"))
    children_number = models.PositiveIntegerField(_("number of children among them"), null=True, blank=True)
    children_estimated = flag(_("number of children is estimated"))
    sex = picked(_("sex"), GroupSex)
    nationality = sealed_line(_("nationality"), 80)
    ethnicity = sealed_line(_("ethnicity"), 80)
    name = sealed_line(_("name"))
    rank = sealed_line(_("rank or function"), 120)
    description = sealed_text(_("uniform, vehicles, chain of command"))
    arrested = asked(_("arrested"))
    arrested_details = sealed_text(_("about the arrest"))
    detained = asked(_("detained"))
    detained_details = sealed_text(_("about the detention"))
    convicted = asked(_("convicted"))
    convicted_details = sealed_text(_("about the conviction"))
    verified = asked(_("attribution verified"))
    notes = sealed_text(_("notes"))
    voided_reason = line(_("reason for voiding"), 500)

    objects = PartQuerySet.as_manager()
    history = kept()
    sealing = OF_EVIDENCE

    class Meta:
        verbose_name = _("perpetrator")
        verbose_name_plural = _("perpetrators")
        ordering = ["incident_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=PerpetratorCategory.values), name="perpetrator_category_known"
            ),
            models.CheckConstraint(
                condition=Q(party=None) | ~Q(category=PerpetratorCategory.UNIDENTIFIED),
                name="perpetrator_party_or_unidentified",
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        incident = INTERNAL
        ref = INTERNAL
        category = INTERNAL
        party = INTERNAL
        nexus = PERSONAL
        number = INTERNAL
        number_estimated = INTERNAL
        with_children = INTERNAL
        children_number = INTERNAL
        children_estimated = INTERNAL
        sex = PERSONAL
        nationality = IDENTIFYING
        ethnicity = IDENTIFYING
        name = IDENTIFYING
        rank = IDENTIFYING
        description = IDENTIFYING
        arrested = PERSONAL
        arrested_details = IDENTIFYING
        detained = PERSONAL
        detained_details = IDENTIFYING
        convicted = PERSONAL
        convicted_details = IDENTIFYING
        verified = INTERNAL
        notes = IDENTIFYING
        voided_reason = INTERNAL

    def __str__(self) -> str:
        return self.ref


class PerpetratorLink(models.Model):
    """One perpetrator of one violation."""

    perpetrator = models.ForeignKey(
        Perpetrator, models.PROTECT, related_name="links", verbose_name=_("perpetrator")
    )
    violation = models.ForeignKey(
        "incidents.Violation",
        models.PROTECT,
        related_name="perpetrator_links",
        verbose_name=_("violation"),
    )

    objects = LinkQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("perpetrator of a violation")
        verbose_name_plural = _("perpetrators of violations")
        constraints = [
            models.UniqueConstraint(fields=["violation", "perpetrator"], name="perpetrator_once_a_violation"),
        ]

    class Privacy:
        id = INTERNAL
        perpetrator = INTERNAL
        violation = INTERNAL

    def __str__(self) -> str:
        return f"{self.perpetrator_id} {self.violation_id}"
