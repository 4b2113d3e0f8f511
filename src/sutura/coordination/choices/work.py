"""Words for what a body does between its meetings: workshops, conferences, field missions (smsps.md K0.10, K2)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(TextChoices):
    """What it is; a mission is led by few, a workshop gathers many."""

    THEMATIC = "thematic", _("Thematic workshop")
    REGIONAL = "regional", _("Strategic regional workshop")
    NATIONAL = "national", _("National capitalisation workshop")
    CONFERENCE = "conference", _("Conference")
    MISSION = "mission", _("Field mission")


class EventState(TextChoices):
    """How far it has come."""

    PLANNED = "planned", pgettext_lazy("workshop", "Planned")
    HELD = "held", pgettext_lazy("workshop", "Held")
    CANCELLED = "cancelled", pgettext_lazy("workshop", "Cancelled")
