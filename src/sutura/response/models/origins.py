"""Where a docket began: a victim of an incident or an alert. The way back is for whoever reads that incident or alert.

The incident knows nothing of it. Of a victim no consent is copied: it is read in the incident each time.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.alerts.models import Alert
from sutura.audit.history import kept
from sutura.incidents.choices import SharingWith
from sutura.incidents.codes import CodeField, CodesField, asked
from sutura.incidents.models import Victim
from sutura.response.choices import Given
from sutura.response.models.dockets import Docket
from sutura.response.querysets import OriginQuerySet
from sutura.security.privacy import INTERNAL, PERSONAL


class Origin(models.Model):
    """A child of the register is this victim, or one of the children that an alert tells of."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="origins", verbose_name=_("docket"))
    victim = models.OneToOneField(
        Victim, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("victim")
    )
    alert = models.ForeignKey(
        Alert, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("alert")
    )
    given_by = CodeField(_("given by"), max_length=6, choices=Given.choices, blank=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    shared_with = CodesField(_("shared with"), choices=SharingWith.choices)
    contact = asked(_("agrees to be contacted again"))
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )

    objects = OriginQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("where a docket began")
        verbose_name_plural = _("where dockets began")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    alert=None, victim__isnull=False, given_by="", given_on=None, shared_with="", contact=""
                )
                | Q(alert__isnull=False, victim=None, given_on__isnull=False)
                & ~Q(given_by="")
                & ~Q(shared_with=""),
                name="response_origin_of_one_consent",
            )
        ]

    class Privacy:
        id = public_id = docket = given_on = noted_at = noted_by = INTERNAL
        victim = alert = given_by = shared_with = contact = PERSONAL

    def __str__(self) -> str:
        return str(self.public_id)
