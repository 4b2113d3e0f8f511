"""Words for schools and health facilities, attacked or used by parties (mrm.md 2.5, 2.7)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AttackKind(TextChoices):
    """What the attack was aimed at; other interference is kept but counts nowhere (mrm.md 4.13)."""

    FACILITY = "facility", _("Attack on the facility")
    PERSONNEL = "personnel", _("Attack on staff, pupils or patients")
    THREAT = "threat", _("Threat of attack")
    OTHER_INTERFERENCE = "other_interference", _("Other interference (not counted)")


class FacilityKind(TextChoices):
    """Which of the two protected kinds of facility."""

    SCHOOL = "school", pgettext_lazy("facility", "School")
    HOSPITAL = "hospital", pgettext_lazy("facility", "Hospital or other health facility")


class Extent(TextChoices):
    """Yes, no, partly: for working before, closed after, vacated since."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    UNKNOWN = "unknown", pgettext_lazy("answer", "Unknown")


class SchoolKind(TextChoices):
    """What kind of learning place; any of them is protected."""

    PRE_PRIMARY = "pre_primary", _("Pre-school")
    PRIMARY = "primary", _("Primary (fondamental 1)")
    SECONDARY = "secondary", _("Secondary (fondamental 2, lycée)")
    VOCATIONAL = "vocational", _("Vocational")
    RELIGIOUS = "religious", _("Religious (medersa, Koranic school)")
    SECULAR = "secular", _("Secular")
    FORMAL = "formal", _("Formal")
    INFORMAL = "informal", _("Non-formal")
    OTHER = "other", pgettext_lazy("school", "Other kind of school")


class HealthKind(TextChoices):
    """What kind of health facility; any of them is protected."""

    HOSPITAL = "hospital", pgettext_lazy("health facility", "Hospital")
    HEALTH_CENTRE = "health_centre", _("Health centre (CSCom, CSRéf)")
    DISPENSARY = "dispensary", _("Dispensary or maternity")
    MOBILE = "mobile", _("Mobile clinic")
    AMBULANCE = "ambulance", _("Ambulance")
    OTHER = "other", pgettext_lazy("health facility", "Other health facility")


class Impact(TextChoices):
    """Damage to the building."""

    DESTROYED = "destroyed", _("Destroyed")
    SERIOUS = "serious", _("Serious damage")
    MINOR = "minor", _("Minor damage")
    NONE = "none", _("No damage")


class MilitaryPurpose(TextChoices):
    """What the party used the facility for."""

    BARRACKS = "barracks", _("Barracks or sleeping place")
    COMMAND = "command", _("Command post")
    SNIPER = "sniper", _("Firing position")
    STORAGE = "storage", _("Storage")
    WEAPONS = "weapons", _("Weapons or ammunition depot")
    UNKNOWN = "unknown", pgettext_lazy("purpose", "Purpose not known")
    OTHER = "other", pgettext_lazy("purpose", "Other purpose")
