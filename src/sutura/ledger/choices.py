"""Words of the ledger: what a line counts, and the axes of a trend."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What one line counts."""

    INDIVIDUAL = "individual", _("One child")
    GROUP = "group", _("Members of a group")
    UNIDENTIFIED = "unidentified", _("Unidentified children")
    EVENT = "event", _("One event")


class Axis(models.TextChoices):
    """Along what a trend is split."""

    REGION = "region", _("Region")
    REGION_2023 = "region_2023", _("Region of the 2023 reform")
    CERCLE = "cercle", _("Cercle")
    PARTY = "party", _("Party")
    SEX = "sex", _("Sex")
    AGE = "age", _("Age")
