"""Words for the violation: ten types, five statuses, four ways to attribute."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Type(TextChoices):
    """The types in the order used everywhere (mrm.md 2): six grave violations, then two concerns."""

    KILLING = "killing", _("Killing")
    MAIMING = "maiming", _("Maiming")
    RECRUITMENT_USE = "recruitment_use", _("Recruitment and use")
    SEXUAL_VIOLENCE = "sexual_violence", _("Rape and other forms of sexual violence")
    ABDUCTION = "abduction", _("Abduction")
    ATTACK_SCHOOL = "attack_school", _("Attack on a school")
    ATTACK_HOSPITAL = "attack_hospital", _("Attack on a hospital")
    DENIAL = "denial_humanitarian_access", _("Denial of humanitarian access")
    MILITARY_USE = "military_use", _("Military use of a school or hospital")
    DEPRIVATION_LIBERTY = "deprivation_liberty", _("Deprivation of liberty")


class Status(TextChoices):
    """What the task force concluded on one violation (mrm.md 3.3)."""

    PENDING = "pending", _("Pending verification")
    COULD_NOT_VERIFY = "could_not_verify", _("Reported, could not be verified")
    VERIFIED = "verified", pgettext_lazy("violation status", "Verified")
    NOT_MRM = "not_mrm", _("Not MRM")
    DID_NOT_OCCUR = "did_not_occur", _("Verified not to have occurred")


class Attribution(TextChoices):
    """How a violation is attributed, so that party rows always sum to the total (mrm.md 4.8)."""

    SOLE = "sole", _("One party")
    JOINT = "joint", _("Several parties jointly")
    CROSSFIRE = "crossfire", _("Crossfire between parties")
    UNIDENTIFIED = "unidentified", _("Unidentified perpetrators")
