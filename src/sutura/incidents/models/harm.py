"""Details of killing and maiming, and of sexual violence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import (
    AttackMeans,
    Consequence,
    LethalContext,
    SexualViolenceEffect,
    SexualViolenceForm,
    Weapon,
)
from sutura.incidents.codes import CodesField, SealedCodesField, asked, line, picked, sealed_text, text
from sutura.incidents.querysets import DetailQuerySet
from sutura.incidents.sealing import OF_DETAIL
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL


class LethalDetail(models.Model):
    """How children were killed or maimed; consequences are those of a maiming."""

    violation = models.OneToOneField(
        "incidents.Violation",
        models.PROTECT,
        primary_key=True,
        related_name="lethal_detail",
        verbose_name=_("violation"),
    )
    context = picked(_("context"), LethalContext)
    means = picked(_("means of attack"), AttackMeans)
    means_other = line(_("other means"))
    weapon = picked(_("weapon"), Weapon)
    weapon_other = line(_("other weapon"))
    targeted = asked(_("directly targeted"))
    took_part = asked(_("took part in the fighting"))
    indiscriminate = asked(_("indiscriminate attack"))
    indiscriminate_details = text(_("what made it indiscriminate"))
    consequences = CodesField(_("consequences"), choices=Consequence.choices)
    consequences_other = line(_("other consequence"))
    notes = sealed_text(_("notes"))

    objects = DetailQuerySet.as_manager()
    history = kept()
    sealing = OF_DETAIL

    class Meta:
        verbose_name = _("details of a killing or maiming")
        verbose_name_plural = _("details of killings and maimings")

    class Privacy:
        violation = INTERNAL
        context = INTERNAL
        means = INTERNAL
        means_other = INTERNAL
        weapon = INTERNAL
        weapon_other = INTERNAL
        targeted = INTERNAL
        took_part = INTERNAL
        indiscriminate = INTERNAL
        indiscriminate_details = PERSONAL
        consequences = PERSONAL
        consequences_other = PERSONAL
        notes = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.violation_id}"


class SexualViolenceDetail(models.Model):
    """Forms of sexual violence, and what was told unasked; nothing here is sought by questioning."""

    violation = models.OneToOneField(
        "incidents.Violation",
        models.PROTECT,
        primary_key=True,
        related_name="sexual_violence_detail",
        verbose_name=_("violation"),
    )
    forms = CodesField(_("forms"), choices=SexualViolenceForm.choices)
    military_operation = asked(_("during a military operation"))
    nexus = text(_("link with the conflict"))
    effects = SealedCodesField(
        _("effects told unasked"),
        choices=SexualViolenceEffect.choices,
        help_text=_("Only what was told without being asked."),
    )
    notes = sealed_text(_("notes"))

    objects = DetailQuerySet.as_manager()
    history = kept()
    sealing = OF_DETAIL

    class Meta:
        verbose_name = _("details of sexual violence")
        verbose_name_plural = _("details of sexual violence")

    class Privacy:
        violation = INTERNAL
        forms = PERSONAL
        military_operation = INTERNAL
        nexus = PERSONAL
        effects = IDENTIFYING
        notes = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.violation_id}"
