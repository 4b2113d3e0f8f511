"""Bulletins and capitalisation reports of a body: drafted, then frozen when another person validates them."""

from __future__ import annotations

import json
import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.publications import PublicationKind
from sutura.coordination.models.bodies import Body
from sutura.coordination.querysets.publications import FrozenQuerySet, PublicationQuerySet
from sutura.coordination.rules.ownership import Span
from sutura.security.privacy import INTERNAL


class Publication(models.Model):
    """What a body publishes on a stretch of days; its figures move with the records until it is validated."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="publications", verbose_name=_("body"))
    kind = models.CharField(_("kind"), max_length=8, choices=PublicationKind.choices)
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    words = models.TextField(_("in a few words"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"), editable=False
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = PublicationQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-last", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "number"], name="publication_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=PublicationKind.values), name="publication_kind_known"
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="publication_days"),
        ]

    class Privacy:
        id = public_id = body = kind = number = first = last = words = made_by = made_at = INTERNAL

    def __str__(self) -> str:
        return _("%(kind)s no. %(number)s") % {"kind": self.get_kind_display(), "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("coordination:publication", args=[self.public_id])

    @property
    def span(self) -> Span:
        """The days it tells of."""
        return Span(self.first, self.last)

    @property
    def frozen(self) -> Edition | None:
        """What was frozen, once it is validated."""
        return getattr(self, "edition", None)


class Edition(models.Model):
    """A publication as it was validated: written once, never changed, whatever becomes of the records."""

    publication = models.OneToOneField(
        Publication, models.PROTECT, related_name="edition", verbose_name=_("publication")
    )
    content = models.TextField(_("content"), help_text=_("Canonical JSON: the paper in both languages."))
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("validated by")
    )
    validated_at = models.DateTimeField(_("validated"))

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("validated publication")
        verbose_name_plural = _("validated publications")

    class Privacy:
        id = publication = content = sha256 = validated_by = validated_at = INTERNAL

    def __str__(self) -> str:
        return self.sha256

    @cached_property
    def papers(self) -> dict[str, Any]:
        """The paper in each language, as it was frozen."""
        found: dict[str, Any] = json.loads(self.content)
        return found
