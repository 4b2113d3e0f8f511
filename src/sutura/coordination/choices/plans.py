"""Words for action plans, their activities and what pays for them (smsps.md K1.1)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class PlanStage(TextChoices):
    """How far a version of a plan has come."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    VALIDATED = "validated", pgettext_lazy("plan", "In force")
    REPLACED = "replaced", pgettext_lazy("plan", "Replaced")


class ActivityKind(TextChoices):
    """What kind of activity it is."""

    TECHNICAL = "technical", pgettext_lazy("activity", "Technical")
    ADVOCACY = "advocacy", pgettext_lazy("activity", "Advocacy")
    FUND_RAISING = "fund_raising", pgettext_lazy("activity", "Fund-raising")
    CAPACITY = "capacity", pgettext_lazy("activity", "Capacity building")


class ActivityState(TextChoices):
    """What became of an activity; whether it is late is told from its days, and stands nowhere."""

    PLANNED = "planned", pgettext_lazy("activity", "Not begun")
    UNDER_WAY = "under_way", pgettext_lazy("activity", "Under way")
    SUSPENDED = "suspended", pgettext_lazy("activity", "Suspended")
    DONE = "done", pgettext_lazy("activity", "Carried out")
    DROPPED = "dropped", pgettext_lazy("activity", "Given up")


class FundingStage(TextChoices):
    """How far a funding lead has come."""

    SPOTTED = "spotted", pgettext_lazy("funding", "Spotted")
    PREPARING = "preparing", pgettext_lazy("funding", "Being written")
    SUBMITTED = "submitted", pgettext_lazy("funding", "Submitted")
    GRANTED = "granted", pgettext_lazy("funding", "Granted")
    REFUSED = "refused", pgettext_lazy("funding", "Refused")
    LEFT = "left", pgettext_lazy("funding", "Left aside")
