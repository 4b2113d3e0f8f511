"""What can be said of a clock, a detention and a way home; and what somebody is waited for."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Due(TextChoices):
    """What somebody is waited for."""

    ENCOUNTER_DATE = "encounter_date", _("find out when the encounter was")
    DATES = "dates", _("correct dates that contradict one another")
    HANDOVER = "handover", _("hand the child over")
    LATE_REASON = "late_reason", _("say why the handover came late")
    PLAN = "plan", _("make the care plan")
    FOLLOW_UP = "follow_up", _("visit for follow-up")
    WHEREABOUTS = "whereabouts", _("confirm whether the child is still held")
    HEARING = "hearing", _("follow the hearing")
    NEXT_ACTION = "next_action", _("do the next action")
    NO_ACTION = "no_action", _("set the next action")


class Stage(TextChoices):
    """How far the way home has come."""

    NEEDS = "needs", _("needs flagged, not separated")
    MET = "met", _("met, not handed over")
    HELD = "held", _("in detention, no release noted")
    HANDED_OVER = "handed_over", _("handed over")
    IN_CARE = "in_care", _("in care")
    REUNIFIED = "reunified", _("reunified")
    FOLLOWED = "followed", _("followed after the return")
    CLOSED = "closed", _("closed")


class Verdict(TextChoices):
    """What can be said of a clock."""

    WITHIN = "within", _("within the limit")
    OUTSIDE = "outside", _("outside the limit")
    RUNNING = "running", _("running")
    OVERDUE = "overdue", _("limit passed, still waiting")
    UNCERTAIN = "uncertain", _("dates too vague to tell")
    UNKNOWN = "unknown", _("a date is missing")
    CONTRADICTORY = "contradictory", _("the dates contradict one another")
    UNSTARTED = "unstarted", _("not started")
    ENDED = "ended", _("ended without a handover")


class Custody(TextChoices):
    """What can be said of a detention."""

    NONE = "none", pgettext_lazy("custody", "no detention noted")
    HELD = "held", _("held, as confirmed lately")
    NO_RELEASE = "no_release", _("no release noted, not confirmed lately")
    RELEASED = "released", pgettext_lazy("custody", "released")
