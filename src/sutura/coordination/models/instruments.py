"""Conclusions of the Council, action plans of parties and declarations endorsed, paragraph by paragraph; no case data.

A party is a code of the register of parties and nothing else: coordination knows nothing of cases, nor of names.
"""

from __future__ import annotations

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.instruments import InstrumentKind
from sutura.coordination.models.bodies import Body
from sutura.coordination.querysets.instruments import InstrumentQuerySet, ParagraphQuerySet
from sutura.coordination.rules.instruments import NUMBER, PARTY_CODE
from sutura.library.models import Document
from sutura.security.privacy import INTERNAL


class Instrument(models.Model):
    """A text that a body follows: who issued it, on which day, and which party it binds."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="instruments", verbose_name=_("followed by"))
    kind = models.CharField(_("kind"), max_length=10, choices=InstrumentKind.choices)
    reference = models.CharField(_("reference of the document"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    dated_on = models.DateField(_("dated"))
    party_code = models.CharField(
        _("code of the party"), max_length=20, blank=True, validators=[RegexValidator(PARTY_CODE)]
    )
    review_on = models.DateField(_("next review"), null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="instruments",
        verbose_name=_("document of the library"),
    )  # fmt: skip

    objects = InstrumentQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("text that is followed")
        verbose_name_plural = _("texts that are followed")
        ordering = ["kind", "-dated_on", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["body", "reference"], name="instrument_reference_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("council", "endorsed"), party_code="")
                | (Q(kind="party_plan") & ~Q(party_code="")),
                name="instrument_party_of_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gte=models.F("dated_on")),
                name="instrument_review_after",
            ),
        ]

    class Privacy:
        id = public_id = body = kind = reference = title = dated_on = party_code = INTERNAL
        review_on = document = INTERNAL

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("coordination:instrument", args=[self.public_id])

    @property
    def is_plan(self) -> bool:
        """Whether it is the action plan of a party, and is read article by article."""
        return self.kind == InstrumentKind.PARTY_PLAN


class Paragraph(models.Model):
    """One paragraph or article: what it asks, to whom, and why nothing is done of it here if nothing is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="paragraphs", verbose_name=_("text that is followed")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    number = models.CharField(_("number"), max_length=NUMBER)
    text = models.TextField(_("what it asks"))
    addressee = models.CharField(_("to whom"), max_length=120, blank=True)
    aside = models.CharField(_("why it calls for nothing here"), max_length=300, blank=True)

    objects = ParagraphQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("paragraph or article")
        verbose_name_plural = _("paragraphs or articles")
        ordering = ["instrument_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="paragraph_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="paragraph_says_something"),
        ]

    class Privacy:
        id = public_id = instrument = position = number = text = addressee = aside = INTERNAL

    def __str__(self) -> str:
        return f"{self.instrument.reference}, {self.name}"

    def get_absolute_url(self) -> str:
        return f"{self.instrument.get_absolute_url()}#p{self.public_id.hex}"

    @property
    def name(self) -> str:
        """`§ 12` of conclusions, `art. 4` of an action plan."""
        return f"art. {self.number}" if self.instrument.is_plan else f"§ {self.number}"
