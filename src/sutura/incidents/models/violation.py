"""The violation: its type, the children it counts, who is held responsible, and its status."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import Attribution, Status, Type
from sutura.incidents.codes import CodeField, CodesField, asked, flag, line, sealed_text, tally
from sutura.incidents.querysets import ViolationQuerySet
from sutura.incidents.sealing import OF_PART
from sutura.security.privacy import IDENTIFYING, INTERNAL, OPEN


class Violation(models.Model):
    """One violation of one incident; the verification status sits here (mrm.md 2.0)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(
        "incidents.Incident", models.PROTECT, related_name="violations", verbose_name=_("incident")
    )
    ref = models.CharField(_("reference"), max_length=28, unique=True)
    import_ref = models.CharField(
        _("reference in the imported file"), max_length=80, unique=True, null=True, blank=True
    )
    region = models.CharField(_("region"), max_length=8, blank=True, default="")
    type = CodeField(_("type"), max_length=30, choices=Type.choices)
    boys = tally(_("boys"))
    girls = tally(_("girls"))
    unknown = tally(_("children of unknown sex"))
    tally_estimated = flag(_("numbers are estimated"))
    attribution = CodeField(
        _("attribution"), max_length=14, choices=Attribution.choices, default=Attribution.UNIDENTIFIED
    )
    # Computed from the attribution and the parties linked: one label a violation, so that party rows sum.
    party_label = models.CharField(_("attributed to"), max_length=200, default="unidentified")
    status = CodeField(_("status"), max_length=20, choices=Status.choices, default=Status.PENDING)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    cross_border = asked(_("across a border"))
    cross_border_country = line(_("other country"), 80)
    related = asked(_("related to another violation"))
    related_types = CodesField(_("related violations"), choices=Type.choices)
    notes = sealed_text(_("notes"))
    voided_reason = line(_("reason for voiding"), 500)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    objects = ViolationQuerySet.as_manager()
    history = kept()
    sealing = OF_PART

    class Meta:
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        ordering = ["incident_id", "id"]
        indexes = [
            models.Index(fields=["region", "status", "added_at"], name="violation_region_status"),
            models.Index(fields=["status", "added_at"], name="violation_status"),
            models.Index(fields=["type", "incident"], name="violation_type"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=Type.values), name="violation_type_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="violation_status_known"),
            models.CheckConstraint(
                condition=Q(attribution__in=Attribution.values), name="violation_attribution_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.VERIFIED) | Q(decided_on__isnull=False),
                name="violation_verified_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PENDING) | Q(decided_on=None), name="violation_pending_no_date"
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        incident = INTERNAL
        ref = INTERNAL
        import_ref = INTERNAL
        region = OPEN
        type = INTERNAL
        boys = INTERNAL
        girls = INTERNAL
        unknown = INTERNAL
        tally_estimated = INTERNAL
        attribution = INTERNAL
        party_label = INTERNAL
        status = INTERNAL
        decided_on = INTERNAL
        cross_border = INTERNAL
        cross_border_country = INTERNAL
        related = INTERNAL
        related_types = INTERNAL
        notes = IDENTIFYING
        voided_reason = INTERNAL
        added_at = INTERNAL

    def __str__(self) -> str:
        return self.ref

    @property
    def total(self) -> int:
        """Children told for this violation, of every sex."""
        return self.boys + self.girls + self.unknown

    @property
    def standing(self) -> bool:
        """Not voided (its incident may still be)."""
        return not self.voided_reason

    @property
    def detail(self) -> models.Model | None:
        """Its details, in the table of its type; None while nothing was recorded."""
        from sutura.incidents.models import DETAILS  # the table of tables knows all the files

        return DETAILS[self.type]._default_manager.among(pk=self.pk).first()  # type: ignore[attr-defined]
