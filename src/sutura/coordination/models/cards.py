"""Capitalisation cards: what somebody did, what came of it, what shows it, and whether the source may be told."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.publications import CardKind, CardState
from sutura.coordination.models.bodies import Body
from sutura.coordination.models.needs import Theme
from sutura.coordination.querysets.publications import CardQuerySet
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


class Card(models.Model):
    """A good practice, a lesson or a difficulty, gathered through the year; its source is an office, never a child."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="cards", verbose_name=_("gathered by"))
    kind = models.CharField(_("kind"), max_length=10, choices=CardKind.choices)
    title = models.CharField(_("title"), max_length=150)
    context = models.TextField(_("context"))
    action = models.TextField(_("what was done"))
    evidence = models.CharField(_("what shows it"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document of the library"),
    )
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="cards", verbose_name=_("theme")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="cards", verbose_name=_("organisation")
    )
    consent_by = models.CharField(_("consent given by"), max_length=150, blank=True)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=CardState.choices, default=CardState.PROPOSED)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
        editable=False,
    )
    written_on = models.DateField(_("written on"), default=timezone.localdate)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("validated by"),
    )  # fmt: skip
    validated_on = models.DateField(_("validated on"), null=True, blank=True)

    objects = CardQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("capitalisation card")
        verbose_name_plural = _("capitalisation cards")
        ordering = ["-written_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CardKind.values), name="card_kind_known"),
            models.CheckConstraint(
                condition=~Q(evidence="") | Q(document__isnull=False), name="card_has_evidence"
            ),
            models.CheckConstraint(
                condition=Q(consent_by="", consent_on=None) | ~Q(consent_by="") & Q(consent_on__isnull=False),
                name="card_consent_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="validated", validated_on__isnull=False)
                & Q(validated_by__isnull=False)
                & ~Q(validated_by=F("written_by"))
                | ~Q(state="validated") & Q(validated_on=None, validated_by=None),
                name="card_validated_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "validated"))
                | Q(state__in=("returned", "withdrawn")) & ~Q(reason=""),
                name="card_refused_says_why",
            ),
        ]

    class Privacy:
        id = public_id = body = kind = title = context = action = evidence = document = region = INTERNAL
        theme = organisation = consent_by = consent_on = state = reason = written_by = written_on = INTERNAL
        validated_by = validated_on = INTERNAL

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("coordination:card", args=[self.public_id])

    @property
    def is_ready(self) -> bool:
        """Whether a report may tell it: validated, and its source consents."""
        return self.state == CardState.VALIDATED and self.consent_on is not None
