"""Words for reminders."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Rhythm(TextChoices):
    """How often somebody is reminded by e-mail."""

    OFF = "off", pgettext_lazy("reminder", "Never")
    WEEKLY = "weekly", pgettext_lazy("reminder", "Each week, on Monday")
    DAILY = "daily", pgettext_lazy("reminder", "Each day")
