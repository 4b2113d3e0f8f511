"""Where children are held or cared for: prisons, camps, centres; never who is there."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.codes import CodeField
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.response.choices import SiteKind
from sutura.response.querysets import SiteQuerySet
from sutura.security.privacy import INTERNAL


class Site(models.Model):
    """A prison, a camp, a transit and orientation centre."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = CodeField(_("kind"), max_length=14, choices=SiteKind.choices)
    region = models.CharField(_("region"), max_length=8, db_index=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("place"))
    run_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("run by")
    )
    is_active = models.BooleanField(_("still works"), default=True)

    objects = SiteQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("place of detention or centre")
        verbose_name_plural = _("places of detention and centres")
        ordering = ["region", "name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="response_site_once"),
            models.CheckConstraint(condition=~Q(region=""), name="response_site_somewhere"),
            models.CheckConstraint(condition=Q(kind__in=SiteKind.values), name="response_site_kind_known"),
        ]

    class Privacy:
        id = public_id = name = kind = region = place = run_by = is_active = INTERNAL

    def __str__(self) -> str:
        return self.name
