"""Words of the door in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a file holds."""

    INCIDENTS = "incidents", _("Incidents workbook")


class Outcome(TextChoices):
    """How a run ended."""

    TAKEN = "taken", _("Taken in")
    TRIED = "tried", _("Tried, nothing kept")
    REFUSED = "refused", _("Refused, nothing kept")
