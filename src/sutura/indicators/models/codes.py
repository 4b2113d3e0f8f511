"""How our words are called in a DHIS2: kept as rows, since each server has its own codes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.indicators.choices import CodeKind
from sutura.indicators.querysets import NationalQuerySet
from sutura.security.privacy import OPEN


class Dhis2Code(models.Model):
    """One code: of an indicator, of a part of a count, of a region (none: the country), or of the data set."""

    kind = models.CharField(_("what it stands for"), max_length=8, choices=CodeKind.choices)
    subject = models.CharField(_("here"), max_length=20, blank=True)
    code = models.CharField(_("in DHIS2"), max_length=50)

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("code of DHIS2")
        verbose_name_plural = _("codes of DHIS2")
        ordering = ["kind", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="indicator_dhis2_once"),
            models.CheckConstraint(condition=Q(kind__in=CodeKind.values), name="indicator_dhis2_kind"),
        ]

    class Privacy:
        id = kind = subject = code = OPEN

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
