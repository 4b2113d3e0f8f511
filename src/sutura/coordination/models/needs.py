"""Needs that regions raise, and the themes under which what nobody treats is kept in sight."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.recommendations import NeedState, Severity
from sutura.coordination.models.bodies import Body
from sutura.coordination.querysets.recommendations import NeedQuerySet
from sutura.coordination.querysets.themes import ThemeQuerySet
from sutura.library.choices import Layer
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL, OPEN


class Theme(models.Model):
    """A problem that bodies work on, or that nobody treats yet: addiction, suicide prevention."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name_fr = models.CharField(_("name in French"), max_length=120, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120)

    objects = ThemeQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name_fr"]

    class Privacy:
        id = public_id = INTERNAL
        name_fr = name_en = OPEN

    def __str__(self) -> str:
        return self.name_en if (get_language() or "fr").startswith("en") else self.name_fr

    def get_absolute_url(self) -> str:
        return reverse("coordination:theme", args=[self.public_id])


class ActivePartner(models.Model):
    """An organisation which works on a theme in a region, or in the whole country."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="partners", verbose_name=_("theme"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="themes", verbose_name=_("organisation")
    )
    region = models.CharField(_("region"), max_length=8, blank=True)
    words = models.CharField(_("what it does"), max_length=300, blank=True)

    objects = ThemeQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("partner active on a theme")
        verbose_name_plural = _("partners active on themes")
        ordering = ["organisation__name", "region"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "organisation", "region"], name="active_partner_once")
        ]

    class Privacy:
        id = INTERNAL
        theme = organisation = region = words = INTERNAL

    def __str__(self) -> str:
        return f"{self.theme_id} {self.organisation_id}"


class Need(models.Model):
    """What a region lacks, raised to a body; it ends with a recommendation, or with the reason why there is none."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("reference"), max_length=30, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="needs", verbose_name=_("raised to"))
    region = models.CharField(_("region"), max_length=8, db_index=True)
    cercle = models.CharField(_("cercle"), max_length=8, blank=True)
    layer = models.CharField(_("layer of the pyramid"), max_length=2, choices=Layer.choices, blank=True)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("theme")
    )
    severity = models.CharField(
        _("gravity"), max_length=8, choices=Severity.choices, default=Severity.SERIOUS
    )
    text = models.TextField(_("need"))
    evidence = models.CharField(_("how it is known"), max_length=500)
    raised_on = models.DateField(_("raised on"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("raised by")
    )
    state = models.CharField(_("state"), max_length=8, choices=NeedState.choices, default=NeedState.RAISED)
    examined_on = models.DateField(_("examined on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("answer without a recommendation"), max_length=500, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = NeedQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("need of a region")
        verbose_name_plural = _("needs of regions")
        ordering = ["-raised_on", "-id"]
        indexes = [models.Index(fields=["body", "state", "raised_on"], name="need_pool")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NeedState.values), name="need_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=("answered", "closed"), answered_on__isnull=False)
                | Q(state__in=("raised", "examined"), answered_on=None, answer=""),
                name="need_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | (~Q(state="closed") & Q(closed_on=None)),
                name="need_closed_when",
            ),
        ]

    class Privacy:
        id = public_id = ref = body = region = cercle = layer = theme = severity = text = INTERNAL
        evidence = raised_on = raised_by = state = examined_on = answered_on = answer = INTERNAL
        closed_on = INTERNAL

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("coordination:need", args=[self.public_id])
