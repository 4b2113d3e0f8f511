"""Words for terms of reference."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """How far a version has come."""

    DRAFT = "draft", pgettext_lazy("terms", "Draft")
    COMMENT = "comment", pgettext_lazy("terms", "Open for comments")
    TECHNICAL = "technical", pgettext_lazy("terms", "Validated technically")
    POLITICAL = "political", pgettext_lazy("terms", "Validated politically")
    REPEALED = "repealed", pgettext_lazy("terms", "Replaced")


class Ruling(TextChoices):
    """What was decided on a comment."""

    KEPT = "kept", pgettext_lazy("comment", "taken up")
    PARTLY = "partly", pgettext_lazy("comment", "taken up in part")
    REFUSED = "refused", pgettext_lazy("comment", "not taken up")


# The headings with which the first version of a body begins, in the language of its meetings.
HEADINGS = (
    _("Background"),
    _("Purpose of the body"),
    _("Tasks"),
    _("Members"),
    _("Meetings and decisions"),
    _("Deliverables"),
    _("Review of these terms"),
)
