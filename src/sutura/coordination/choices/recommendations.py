"""Words for recommendations and for the needs that regions raise (smsps.md 5.4)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where a recommendation stands; whether it is late is told from its day, and stands nowhere."""

    PROPOSED = "proposed", pgettext_lazy("recommendation", "Proposed")
    ADOPTED = "adopted", pgettext_lazy("recommendation", "Adopted")
    UNDER_WAY = "under_way", pgettext_lazy("recommendation", "Under way")
    DECLARED = "declared", pgettext_lazy("recommendation", "Declared done")
    VERIFIED = "verified", pgettext_lazy("recommendation", "Verified")
    BLOCKED = "blocked", pgettext_lazy("recommendation", "Blocked")
    DEFERRED = "deferred", pgettext_lazy("recommendation", "Deferred")
    LAPSED = "lapsed", pgettext_lazy("recommendation", "Lapsed")
    REPLACED = "replaced", pgettext_lazy("recommendation", "Replaced")


class Origin(TextChoices):
    """Where a recommendation was born."""

    MEETING = "meeting", _("Meeting")
    WORKSHOP = "workshop", _("Workshop")
    CONFERENCE = "conference", _("Conference")
    MISSION = "mission", _("Field mission")
    NEED = "need", _("Need of a region")
    COUNCIL = "council", _("Security Council conclusion, paragraph")
    ACTION_PLAN = "action_plan", _("Action plan of a party, article")
    DECLARATION = "declaration", _("Declaration endorsed by the State, commitment")
    SELF_ASSESSMENT = "assessment", _("Self-assessment of the body")


class Priority(TextChoices):
    """How pressing it is."""

    HIGH = "high", pgettext_lazy("priority", "High")
    NORMAL = "normal", pgettext_lazy("priority", "Normal")
    LOW = "low", pgettext_lazy("priority", "Low")


class Blockage(TextChoices):
    """What stands in the way."""

    FUNDING = "funding", _("Funding")
    AUTHORISATION = "authorisation", _("Authorisation")
    SECURITY = "security", _("Security")
    STAFF = "staff", _("Staff")
    OTHER = "other", pgettext_lazy("blockage", "Another reason")


class Severity(TextChoices):
    """How grave a need is."""

    CRITICAL = "critical", pgettext_lazy("need", "Critical")
    SERIOUS = "serious", pgettext_lazy("need", "Serious")
    MODERATE = "moderate", pgettext_lazy("need", "Moderate")


class NeedState(TextChoices):
    """Where a need stands: from the region up, and back with an answer."""

    RAISED = "raised", pgettext_lazy("need", "Raised")
    EXAMINED = "examined", pgettext_lazy("need", "Examined")
    ANSWERED = "answered", pgettext_lazy("need", "Answered")
    CLOSED = "closed", pgettext_lazy("need", "Closed")
