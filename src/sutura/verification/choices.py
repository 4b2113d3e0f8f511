"""Words of verification: levels, modes of a sitting, what lacks, why an opinion is refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """Who gives the opinion, in order (codebook B2)."""

    FOCAL_POINT = "focal_point", _("Focal point")
    TECHNICAL = "technical", _("Co-chairs, technical level")
    CTFMR = "ctfmr", _("Task force")


PERMISSION = {
    Level.FOCAL_POINT: "verification.focal_point",
    Level.TECHNICAL: "verification.technical",
    Level.CTFMR: "verification.ctfmr",
}
"""What one must hold to speak at a level."""


class Mode(TextChoices):
    """How the task force met."""

    IN_PERSON = "in_person", _("In person")
    REMOTE = "remote", _("Remotely")
    MIXED = "mixed", _("Some in the room, some remotely")


class Lack(TextChoices):
    """What the file of a violation lacks, one sentence each (mrm.md 3.3)."""

    NO_SOURCE = "no_source", _("No source is linked to this violation.")
    FEW_PRIMARY = "few_primary", _("Too few primary sources: a victim, a witness or the alleged perpetrator.")
    NO_GRADES = "no_grades", _("No primary source has both its reliability and its credibility.")
    NO_CHILDREN = "no_children", _("No child is counted.")
    NO_NEXUS = (
        "no_nexus",
        _("The perpetrator is unidentified, and no note says why it is held to be a party."),
    )
    NO_AGE = "no_age", _("No age, and no note on how it is known that the children are under 18.")
    NO_TRAINED = "no_trained", _("No source was heard by United Nations staff or a trained partner.")
    NO_SHAREABLE = "no_shareable", _("The shareable account is empty: the task force would decide unread.")


class Refusal(TextChoices):
    """Why an opinion is refused, one sentence each with what to do next."""

    UNKNOWN = "unknown", _("There is no such status or level.")
    DECIDED = "decided", _("The task force has decided. It must reopen the violation before a new opinion.")
    ORDER = "order", _("The opinion before this one is missing, or has not concluded.")
    REOPEN_FIRST = (
        "reopen_first",
        _("To verify it now, reopen it first: the first two opinions are then given again."),
    )
    SAME = "same", _("This is its status and date already.")
    OTHER_LEVEL = (
        "other_level",
        _("You gave the opinion of another level on this violation. Another person must give this one."),
    )
    DOCUMENTED = "documented", _("You documented this incident. Another person must give this opinion.")
    NO_REASON = "no_reason", _("Say why, in one sentence at least.")
    BEFORE_INCIDENT = "before_incident", _("The date cannot be before the incident.")
    FUTURE = "future", _("The date cannot be after today.")
    BEFORE_LAST = "before_last", _("The date cannot be before the opinion it follows.")
    VOID = "void", _("This violation or its incident is void or a duplicate: there is nothing to judge.")


REFUSED_FIELD = {
    "no_reason": "reason",
    "before_incident": "given_on",
    "future": "given_on",
    "before_last": "given_on",
    "unknown": "status",
    "same": "status",
}
"""The field of the form a refusal belongs to."""


class GradeWord(TextChoices):
    """What a source weighs: the lower of its two grades."""

    HIGH = "high", pgettext_lazy("weight of a source", "Strong")
    MEDIUM = "medium", pgettext_lazy("weight of a source", "Medium")
    LOW = "low", pgettext_lazy("weight of a source", "Weak")
    NONE = "none", pgettext_lazy("weight of a source", "Not graded")
