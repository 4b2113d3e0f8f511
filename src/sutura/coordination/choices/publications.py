"""Words for what a body publishes, and for the cards from which it learns."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PublicationKind(TextChoices):
    """What is published."""

    BULLETIN = "bulletin", _("Bulletin")
    LEARNING = "learning", _("Capitalisation report")


class CardKind(TextChoices):
    """What a card tells."""

    PRACTICE = "practice", _("Good practice")
    LESSON = "lesson", _("Lesson")
    DIFFICULTY = "difficulty", _("Difficulty")


class CardState(TextChoices):
    """How far a card has come."""

    PROPOSED = "proposed", pgettext_lazy("card", "To validate")
    RETURNED = "returned", pgettext_lazy("card", "Sent back")
    VALIDATED = "validated", pgettext_lazy("card", "Validated")
    WITHDRAWN = "withdrawn", pgettext_lazy("card", "Withdrawn")


WRITTEN = (CardState.PROPOSED, CardState.RETURNED)
"""States in which a card may still be written."""
