"""What is known of a child by code: sex, age, association; and how exactly a date is known."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(TextChoices):
    """Sex of the child."""

    BOY = "boy", _("boy")
    GIRL = "girl", _("girl")
    UNKNOWN = "unknown", pgettext_lazy("sex of a child", "not known")


class AgeBasis(TextChoices):
    """How the age was assessed."""

    PAPERS = "papers", _("papers")
    FAMILY = "family", _("told by the family")
    CHILD = "child", _("told by the child")
    ASSESSED = "assessed", _("assessed by a service")
    APPEARANCE = "appearance", _("judged by appearance")


class AgeBand(TextChoices):
    """Ages by which indicators are read."""

    UNDER_12 = "0-11", _("under 12")
    UNDER_15 = "12-14", _("12 to 14")
    UNDER_18 = "15-17", _("15 to 17")
    UNKNOWN = "unknown", pgettext_lazy("age", "not known")


class Association(TextChoices):
    """Whether the child was with a force or group; it never leaves without a consent of its own."""

    ASSOCIATED = "associated", _("associated with a force or group")
    ALLEGED = "alleged", _("said to be associated")
    NOT = "not", _("not associated")
    UNKNOWN = "unknown", pgettext_lazy("association", "not known")


class Precision(TextChoices):
    """How exactly it is known when something happened."""

    TIME = "time", _("to the minute")
    DAY = "day", _("the day")
    MONTH = "month", _("the month")
    UNKNOWN = "unknown", pgettext_lazy("when", "not known")


class Zone(TextChoices):
    """Whose clock a time was read on."""

    BAMAKO = "Africa/Bamako", _("Mali, Burkina Faso, Mauritania (UTC)")
    NIAMEY = "Africa/Niamey", _("Niger, Algeria (UTC+1)")


class Actor(TextChoices):
    """Who acted, by office and never by name."""

    ARMED_FORCES = "armed_forces", _("Malian armed forces")
    GENDARMERIE = "gendarmerie", _("gendarmerie")
    POLICE = "police", _("police")
    STATE_SECURITY = "state_security", _("intelligence service")
    FOREIGN = "foreign", _("foreign forces")
    GROUP = "group", _("armed group")
    COURT = "court", _("court")
    PRISON = "prison", _("prison administration")
    SOCIAL = "social", _("regional directorate for women, children and family")
    CENTRE = "centre", _("care centre")
    UN = "un", _("United Nations")
    ICRC = "icrc", _("ICRC or Red Cross")
    NGO = "ngo", _("non-governmental organisation")
    LAWYER = "lawyer", pgettext_lazy("office", "lawyer")
    COMMUNITY = "community", _("community")
    FAMILY = "family", _("family")


class SiteKind(TextChoices):
    """What a place is where children are held or cared for."""

    PRISON = "prison", _("prison")
    JUVENILE = "juvenile", _("centre for minors")
    GENDARMERIE = "gendarmerie", _("gendarmerie or police cell")
    MILITARY = "military", _("military camp or post")
    CENTRE = "centre", _("transit and orientation centre")
    OTHER = "other", pgettext_lazy("site", "other place")


class Paper(TextChoices):
    """What a file kept with a line is."""

    HANDOVER = "handover", _("record of handover")
    WARRANT = "warrant", _("warrant or decision")
    AGE = "age", _("paper on the age")
    PLAN = "plan", _("care plan")
    REPORT = "report", _("report of a visit")
    LETTER = "letter", _("letter to or from an authority")
