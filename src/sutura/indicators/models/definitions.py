"""An indicator and the versions of its definition: a version is never changed, the next one follows it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.models import Body
from sutura.indicators.choices import CATEGORIES, Category, Frequency, Level, Method, Origin, Split, Unit
from sutura.indicators.querysets import DefinitionQuerySet, IndicatorQuerySet, NationalQuerySet
from sutura.security.privacy import INTERNAL, OPEN


def spoken(french: str, english: str) -> str:
    """The words of the reader's language; French where there is no English."""
    return english if english and (get_language() or "fr").startswith("en") else french


class Aim(models.Model):
    """What indicators are about: the goal, or an outcome of the common framework, or the work of the group itself."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    text_fr = models.CharField(_("wording in French"), max_length=300)
    text_en = models.CharField(_("wording in English"), max_length=300)
    official = models.BooleanField(_("official wording"), default=False)
    credit = models.CharField(_("source of the wording"), max_length=250, blank=True)

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("aim")
        verbose_name_plural = _("aims")
        ordering = ["position", "code"]

    class Privacy:
        id = position = INTERNAL
        code = text_fr = text_en = official = credit = OPEN

    def __str__(self) -> str:
        return spoken(self.text_fr, self.text_en)


class Indicator(models.Model):
    """What is followed from year to year under one code."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    aim = models.ForeignKey(Aim, models.PROTECT, related_name="indicators", verbose_name=_("aim"))
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    retired_on = models.DateField(_("no longer followed since"), null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["aim__position", "position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="indicator_level_known"),
        ]

    class Privacy:
        id = public_id = position = INTERNAL
        code = aim = level = retired_on = OPEN

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator", args=[self.public_id])


class Definition(models.Model):
    """One version of what an indicator means, how it is counted, and how its values may be combined."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="definitions", verbose_name=_("indicator")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    text_fr = models.CharField(_("wording in French"), max_length=300)
    text_en = models.CharField(_("wording in English"), max_length=300)
    official = models.BooleanField(_("official wording"), default=False)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit.choices)
    numerator_fr = models.CharField(_("what is counted, in French"), max_length=300, blank=True)
    numerator_en = models.CharField(_("what is counted, in English"), max_length=300, blank=True)
    denominator_fr = models.CharField(_("of what whole, in French"), max_length=300, blank=True)
    denominator_en = models.CharField(_("of what whole, in English"), max_length=300, blank=True)
    split = models.CharField(_("told apart"), max_length=8, choices=Split.choices, blank=True)
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency.choices)
    means_fr = models.CharField(_("means of verification, in French"), max_length=300, blank=True)
    means_en = models.CharField(_("means of verification, in English"), max_length=300, blank=True)
    places = models.CharField(_("several places together"), max_length=8, choices=Method.choices)
    periods = models.CharField(_("several periods together"), max_length=8, choices=Method.choices)
    baseline = models.DecimalField(_("baseline"), max_digits=12, decimal_places=1, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=1, null=True, blank=True)
    origin = models.CharField(_("source of the value"), max_length=8, choices=Origin.choices)
    measure = models.CharField(_("how it is computed"), max_length=30, blank=True)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("of this body alone")
    )
    valid_from = models.DateField(_("valid from"))
    credit = models.CharField(_("source of the wording"), max_length=250, blank=True)

    objects = DefinitionQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("definition of an indicator")
        verbose_name_plural = _("definitions of indicators")
        ordering = ["indicator__aim__position", "indicator__position", "indicator__code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="indicator_version_once"),
            models.CheckConstraint(
                condition=Q(origin=Origin.COMPUTED) & ~Q(measure="") | Q(origin=Origin.TYPED, measure=""),
                name="indicator_computed_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(unit=Unit.PERCENT) | ~Q(denominator_fr=""), name="indicator_percent_of_something"
            ),
        ]

    class Privacy:
        id = indicator = INTERNAL
        version = text_fr = text_en = official = unit = split = frequency = credit = valid_from = OPEN
        numerator_fr = numerator_en = denominator_fr = denominator_en = means_fr = means_en = OPEN
        places = periods = baseline = target = origin = measure = body = OPEN

    def __str__(self) -> str:
        return self.said("text")

    def said(self, name: str) -> str:
        """A wording in the language of the reader; in French where there is no English."""
        return spoken(getattr(self, f"{name}_fr"), getattr(self, f"{name}_en"))

    @property
    def categories(self) -> tuple[Category, ...]:
        """The parts in which a count is told as well."""
        return CATEGORIES[self.split]

    @property
    def has_whole(self) -> bool:
        """Whether a value has its whole, or its number of people asked."""
        return self.unit != Unit.NUMBER

    @property
    def is_typed(self) -> bool:
        """Whether organisations report it."""
        return self.origin == Origin.TYPED
