"""Words for the people of an incident: children and perpetrators (codebook B4, B5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VictimKind(TextChoices):
    """One described child, or several counted together."""

    INDIVIDUAL = "individual", _("One child")
    GROUP = "group", _("Group of children")


class Sex(TextChoices):
    """Sex of a child as counted; unknown is a column of its own (mrm.md 4.9)."""

    BOY = "boy", _("Boy")
    GIRL = "girl", _("Girl")
    UNKNOWN = "unknown", _("Sex unknown")


class AgeBand(TextChoices):
    """Age bands of the ledger: they end at 17, and under 15 can be read off them (mrm.md 4.15)."""

    A0_5 = "0-5", _("0 to 5 years")
    A6_10 = "6-10", _("6 to 10 years")
    A11_14 = "11-14", _("11 to 14 years")
    A15_17 = "15-17", _("15 to 17 years")
    UNKNOWN = "unknown", _("Age unknown")


class GroupSex(TextChoices):
    """Sex of several people together: pupils of a school, perpetrators, adults beside a group."""

    MALE = "male", _("All male")
    FEMALE = "female", _("All female")
    MIXED = "mixed", _("Mixed")
    UNKNOWN = "unknown", pgettext_lazy("sex of a group", "Not known")


class Vulnerability(TextChoices):
    """Situations which put the child at greater risk."""

    ABDUCTED = "abducted", _("Abducted")
    ASYLUM_SEEKER = "asylum_seeker", _("Asylum seeker")
    DETAINED = "detained", _("Detained")
    DISABLED = "disabled", _("Living with a disability")
    DISPLACED = "displaced", _("Internally displaced")
    UNACCOMPANIED = "unaccompanied", _("Unaccompanied")
    RECRUITED = "recruited", _("Recruited or used")
    REFUGEE = "refugee", _("Refugee")
    RETURNEE = "returnee", _("Returnee")
    SEPARATED = "separated", _("Separated from the family")
    STATELESS = "stateless", _("Stateless")
    UNKNOWN = "unknown", pgettext_lazy("vulnerability", "Not known")


class Disability(TextChoices):
    """Kind of disability."""

    PHYSICAL = "physical", _("Physical")
    MENTAL = "mental", _("Mental or intellectual")
    BOTH = "both", _("Physical and mental")


class SharingWith(TextChoices):
    """With whom name and details may be shared for a referral (mrm.md 9, consent 2)."""

    UNICEF = "unicef", _("UNICEF")
    CTFMR = "ctfmr", _("Other members of the task force")
    PARTNERS = "partners", _("Partners and service providers")
    NO_ONE = "no_one", _("No one")
    OTHER = "other", pgettext_lazy("sharing", "Someone else")


class Outcome(TextChoices):
    """What became of this child in this violation; an answer per child, not per violation."""

    STILL_HELD = "still_held", _("Still held or associated")
    RELEASED = "released", pgettext_lazy("child", "Released")
    ESCAPED = "escaped", pgettext_lazy("child", "Escaped")
    DIED = "died", _("Died")
    UNKNOWN = "unknown", pgettext_lazy("outcome", "Not known")


class PerpetratorCategory(TextChoices):
    """Which kind of party a perpetrator belongs to."""

    ARMED_FORCE = "armed_force", _("Armed force")
    ARMED_GROUP = "armed_group", _("Armed group")
    OTHER_PARTY = "other_party", pgettext_lazy("party", "Other party")
    UNIDENTIFIED = "unidentified", pgettext_lazy("party", "Unidentified")
