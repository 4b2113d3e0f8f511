"""Words of indicators, of the rounds in which they are reported, and of the codes by which they leave."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """How far from the work done to what it changes."""

    GOAL = "goal", pgettext_lazy("indicator", "goal")
    OUTCOME = "outcome", pgettext_lazy("indicator", "outcome")
    OUTPUT = "output", pgettext_lazy("indicator", "output")


class Unit(TextChoices):
    """What its number is."""

    NUMBER = "number", pgettext_lazy("unit", "number")
    PERCENT = "percent", _("percent: a part of a whole")
    SCORE = "score", _("score: a mean over those asked")


class Frequency(TextChoices):
    """How often it is asked for."""

    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    YEAR = "year", _("every year")


class Method(TextChoices):
    """How several values become one, or why they never do."""

    SUM = "sum", _("added up")
    RATIO = "ratio", _("parts and wholes each added up, then divided")
    MEAN = "mean", _("mean, weighted by those asked")
    MAX = "max", _("the largest")
    LAST = "last", _("the last one")
    RECOUNT = "recount", _("counted again from the records, never from parts")
    NONE = "none", _("not additive: never combined")


ACROSS_PLACES = (Method.SUM, Method.RATIO, Method.MEAN, Method.MAX, Method.RECOUNT, Method.NONE)
ACROSS_PERIODS = tuple(Method)


class Origin(TextChoices):
    """Where its value comes from."""

    TYPED = "typed", _("reported by organisations")
    COMPUTED = "computed", _("computed from the registers")


class Split(TextChoices):
    """Into which parts a reported count is told as well."""

    NONE = "", _("not told apart")
    SEX = "sex", _("by sex")
    SEX_AGE = "sex_age", _("by sex and age")


class Category(TextChoices):
    """One part of a count; the total has no category."""

    WOMEN = "women", _("women")
    MEN = "men", _("men")
    GIRLS = "girls", _("girls")
    BOYS = "boys", _("boys")


CATEGORIES: dict[str, tuple[Category, ...]] = {
    Split.NONE: (),
    Split.SEX: (Category.WOMEN, Category.MEN),
    Split.SEX_AGE: (Category.WOMEN, Category.MEN, Category.GIRLS, Category.BOYS),
}


class State(TextChoices):
    """How far a report is."""

    DUE = "due", pgettext_lazy("report", "awaited")
    SENT = "sent", pgettext_lazy("report", "sent")
    RETURNED = "returned", pgettext_lazy("report", "sent back")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")


class CodeKind(TextChoices):
    """What a code of DHIS2 stands for."""

    DATA_SET = "data_set", _("data set")
    ELEMENT = "element", _("indicator (dataElement)")
    CATEGORY = "category", _("part of a count (categoryOptionCombo)")
    ORG_UNIT = "org_unit", _("place (orgUnit)")


REFUSALS = {
    "none": _(
        "This indicator is not additive: the same people may be in several of these values. Choose one of them."
    ),
    "recount": _(
        "This indicator is counted again from the records, never from its parts. Choose one of them."
    ),
    "versions": _(
        "These values follow two versions of the definition. Choose a period within one version, and they can be"
        " compared."
    ),
}
"""Why several values do not become one."""
