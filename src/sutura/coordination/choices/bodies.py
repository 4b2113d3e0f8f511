"""Words for bodies and their members."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BodyKind(TextChoices):
    """What kind of body it is."""

    TASK_FORCE = "task_force", _("country task force (CTFMR)")
    WORKING_GROUP = "working_group", _("sub-national working group")
    CONSULTATION = "consultation", _("technical consultation framework (CCT)")
    THEMATIC = "thematic", _("thematic group")
    REGIONAL = "regional", _("regional framework")
    CLUSTER = "cluster", _("cluster or sub-cluster")
    COMMITTEE = "committee", _("committee")


class BodyStatus(TextChoices):
    """Whether a body works."""

    ACTIVE = "active", pgettext_lazy("body", "active")
    DORMANT = "dormant", pgettext_lazy("body", "dormant")
    CLOSED = "closed", pgettext_lazy("body", "closed")


class MeetingRule(TextChoices):
    """How often a body has decided to meet."""

    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    ON_CALL = "on_call", _("when it is convened")


class Seat(TextChoices):
    """As what an organisation sits in a body."""

    LEAD = "lead", pgettext_lazy("seat", "lead")
    CO_LEAD = "co_lead", pgettext_lazy("seat", "co-lead")
    SECRETARIAT = "secretariat", pgettext_lazy("seat", "secretariat")
    MEMBER = "member", pgettext_lazy("seat", "member")
    OBSERVER = "observer", pgettext_lazy("seat", "observer")
    GUEST = "guest", pgettext_lazy("seat", "guest")
