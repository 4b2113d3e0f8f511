"""Words of the reports: products, blocks, geographies, levels of clearance."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Product(models.TextChoices):
    """What is reported, by its period."""

    GHN = "ghn", _("Global Horizontal Note (quarter)")
    ANNUAL = "annual", _("Annual figures (year)")
    WINDOW = "window", _("Figures of a window of dates")


class Block(models.TextChoices):
    """Parts of a report that are never added together without saying so (mrm.md 4.3, 4.13, 4.14)."""

    VERIFIED = "verified", pgettext_lazy("block of a report", "Verified")
    LATE = "late", _("Late verification")
    UNVERIFIED = "unverified", pgettext_lazy("block of a report", "Not verified")
    APART = "apart", _("Recorded apart")


class Geography(models.TextChoices):
    """Which edition of the regions the rows use."""

    COD_AB_2021 = "2021", _("Regions of 2021 (COD-AB)")
    REFORM_2023 = "2023", _("Regions of the 2023 reform")


class Level(models.TextChoices):
    """Who clears an edition; both are needed, by two different people."""

    TECHNICAL = "technical", _("Co-chairs, technical level")
    CTFMR = "ctfmr", _("Country task force")


CLEARING = {Level.TECHNICAL: "reporting.clear_technical", Level.CTFMR: "reporting.clear_ctfmr"}
