"""Words for meetings, their agenda, who came and what was written down."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(TextChoices):
    """What kind of meeting it is."""

    ORDINARY = "ordinary", pgettext_lazy("meeting", "ordinary")
    EXTRAORDINARY = "extraordinary", pgettext_lazy("meeting", "extraordinary")
    FOLLOW_UP = "follow_up", _("follow-up of a workshop")


class Mode(TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("in person")
    REMOTE = "remote", _("remote")
    HYBRID = "hybrid", _("in person and remote")


class State(TextChoices):
    """How far a meeting has come, from the plan to the minutes sent."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    CALLED = "called", pgettext_lazy("meeting", "Call for points")
    PUBLISHED = "published", pgettext_lazy("meeting", "Agenda published")
    POSTPONED = "postponed", pgettext_lazy("meeting", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")
    HELD = "held", pgettext_lazy("meeting", "Minutes being written")
    REVIEW = "review", pgettext_lazy("meeting", "Minutes in review")
    VALIDATED = "validated", pgettext_lazy("meeting", "Minutes validated")
    SENT = "sent", pgettext_lazy("meeting", "Minutes sent")


class Source(TextChoices):
    """Where a point of the agenda came from."""

    APPROVAL = "approval", _("approval of the last minutes")
    FOLLOW_UP = "follow_up", _("follow-up of recommendations")
    NEEDS = "needs", _("needs raised by the regions")
    INDICATORS = "indicators", _("indicators not reported")
    NEWS = "news", _("news of the members")
    PROPOSAL = "proposal", _("proposed by a member")
    SECRETARIAT = "secretariat", _("set by the secretariat")
    OTHER = "other", _("any other business")


class Topic(TextChoices):
    """What a member wants to speak of."""

    PROGRESS = "progress", _("progress")
    PRACTICE = "practice", _("good practice")
    PROBLEM = "problem", _("untreated problem")
    OTHER = "other", pgettext_lazy("topic", "other")


class Verdict(TextChoices):
    """What became of a proposed point."""

    PROPOSED = "proposed", pgettext_lazy("point", "Proposed")
    KEPT = "kept", pgettext_lazy("point", "On the agenda")
    DEFERRED = "deferred", pgettext_lazy("point", "For another meeting")
    SET_ASIDE = "set_aside", pgettext_lazy("point", "Set aside")


class Presence(TextChoices):
    """Whether an organisation came."""

    PRESENT = "present", pgettext_lazy("attendance", "present")
    REPRESENTED = "represented", pgettext_lazy("attendance", "represented")
    EXCUSED = "excused", pgettext_lazy("attendance", "excused")
    ABSENT = "absent", pgettext_lazy("attendance", "absent")
