"""Words for parties to the conflict."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartyType(TextChoices):
    """What kind of party it is."""

    ARMED_FORCE = "armed_force", _("armed force")
    ARMED_GROUP = "armed_group", _("armed group")
    OTHER = "other_party", _("other party")
    UNIDENTIFIED = "unidentified", _("unidentified")


class Trigger(TextChoices):
    """Violations for which the Secretary-General lists a party in the annexes of the annual report."""

    RECRUITMENT_USE = "recruitment_use", _("recruitment and use")
    KILLING_MAIMING = "killing_maiming", _("killing and maiming")
    SEXUAL_VIOLENCE = "sexual_violence", _("sexual violence")
    ATTACKS = "attacks", _("attacks on schools and hospitals")
    ABDUCTION = "abduction", _("abduction")


class Precision(TextChoices):
    """How much of a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month only")
    YEAR = "year", _("year only")


class Language(TextChoices):
    """The language of a spelling, when it has one."""

    FR = "fr", _("French")
    EN = "en", _("English")
