"""Words of the programme: packages, why a child left one, costs, and prevention in communities."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.response.choices.steps import Package


class PackageKind(TextChoices):
    """What a package gives; the same codes as the line that begins one."""

    SCHOOL = Package.SCHOOL.value, Package.SCHOOL.label
    KORANIC = Package.KORANIC.value, Package.KORANIC.label
    VOCATIONAL = Package.VOCATIONAL.value, Package.VOCATIONAL.label
    INCOME = Package.INCOME.value, Package.INCOME.label


class LeftPackage(TextChoices):
    """Why a child left a package before its end."""

    MOVED = "moved", _("the family moved")
    SCHOOL = "school", _("went back to ordinary school")
    WORK = "work", _("had to earn money")
    HEALTH = "health", _("health of the child")
    SAFETY = "safety", _("threats or insecurity")
    RE_RECRUITED = "re_recruited", _("recruited again")
    FAMILY = "family", _("the family no longer agreed")
    STOPPED = "stopped", _("the package stopped")
    LOST = "lost", _("lost from sight")


class CostItem(TextChoices):
    """What money is for."""

    CARE = "care", _("interim care in centres and foster families")
    PACKAGES = "packages", _("reintegration packages")
    FOLLOW_UP = "follow_up", _("follow-up after the return")
    PREVENTION = "prevention", _("prevention in communities")


class ActivityKind(TextChoices):
    """How prevention is done."""

    TALK = "talk", _("talk in the community")
    RADIO = "radio", _("radio broadcast")
    TRAINING = "training", pgettext_lazy("prevention", "training of community actors")
    LEADERS = "leaders", _("dialogue with leaders and parties")
    YOUTH = "youth", _("activity with young people")
    COMMITTEE = "committee", _("committee set up or accompanied")


class PreventionTheme(TextChoices):
    """What prevention is about."""

    RECRUITMENT = "recruitment", _("recruitment and use of children")
    RETURN = "return", _("welcome of children who return")
    SCHOOL = "school", _("safe schools")
    MINES = "mines", _("explosive remnants of war")
    VIOLENCE = "violence", _("sexual violence and early marriage")
    PROTOCOL = "protocol", _("protocol of 1 July 2013")
