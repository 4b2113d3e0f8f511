"""Why a docket goes to another region."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MoveReason(TextChoices):
    """What brought the child, or the docket, to another region."""

    FAMILY = "family", _("the family lives there")
    CARE = "care", _("is cared for there")
    DETENTION = "detention", _("is detained there")
    SAFETY = "safety", _("for the safety of the child")
    WRONG = "wrong", _("the docket was opened in the wrong region")
