"""Words of published tables: by what rows cut, and where a release stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutura.ledger.rules import GRAVE_TYPES, PERSON_TYPES
from sutura.reporting.choices import Block


class Shape(models.TextChoices):
    """What stands in the rows; the types of violations stand in the columns."""

    REGION = "region", _("By region (2021)")
    REGION_2023 = "region_2023", _("By region (2023 reform)")
    CERCLE = "cercle", _("By region and cercle (2021)")
    PARTY = "party", _("By party to the conflict")
    SEX = "sex", _("By sex of the child")
    AGE = "age", _("By age of the child")
    QUARTER = "quarter", _("By quarter of the incident")


class State(models.TextChoices):
    """Where a release stands."""

    WAITING = "waiting", _("waiting for approval")
    PUBLISHED = "published", _("published")
    DECLINED = "declined", _("declined")


LEVELS = {
    Shape.REGION: ("region",),
    Shape.REGION_2023: ("region_2023",),
    Shape.CERCLE: ("region", "cercle"),
    Shape.PARTY: ("party",),
    Shape.SEX: ("sex",),
    Shape.AGE: ("age",),
    Shape.QUARTER: ("quarter",),
}
"""Levels of the rows of each shape."""
BLOCKS = {block: block.label for block in (Block.VERIFIED, Block.LATE)}
"""Only what was verified is published; late verification stands apart."""


def types_of(shape: str) -> tuple[str, ...]:
    """Types in the columns: only those that count children have a sex and an age."""
    return PERSON_TYPES if shape in (Shape.SEX, Shape.AGE) else GRAVE_TYPES
