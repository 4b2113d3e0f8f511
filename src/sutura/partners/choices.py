"""Words for organisations."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    """What kind of organisation it is."""

    STATE = "state", pgettext_lazy("organisation", "State service")
    UN = "un", _("United Nations")
    INTERNATIONAL = "ingo", _("international NGO")
    NATIONAL = "nngo", _("national NGO")
    ASSOCIATION = "association", _("association")
    TRAINING = "training", _("training or research institution")
    CONSORTIUM = "consortium", _("consortium")
    DONOR = "donor", _("donor")
    OTHER = "other", pgettext_lazy("organisation", "other")


class Sector(TextChoices):
    """What an organisation works on."""

    CHILD_PROTECTION = "child_protection", _("child protection")
    MHPSS = "mhpss", _("mental health and psychosocial support")
    SOCIAL = "social", _("social development")
    HEALTH = "health", _("health")
    EDUCATION = "education", _("education")
    NUTRITION = "nutrition", _("nutrition")
    GBV = "gbv", _("gender-based violence")
    JUSTICE = "justice", _("justice and human rights")
    COORDINATION = "coordination", _("humanitarian coordination")


class ProjectState(TextChoices):
    """Where a project stands."""

    PLANNED = "planned", pgettext_lazy("project", "planned")
    UNDER_WAY = "under_way", pgettext_lazy("project", "under way")
    SUSPENDED = "suspended", pgettext_lazy("project", "suspended")
    ENDED = "ended", pgettext_lazy("project", "ended")


class Level(TextChoices):
    """How far an organisation or a body reaches."""

    NATIONAL = "national", pgettext_lazy("level", "national")
    REGIONAL = "regional", pgettext_lazy("level", "regional")
    LOCAL = "local", _("cercle or commune")
