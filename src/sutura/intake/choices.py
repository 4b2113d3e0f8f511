"""Words of the door in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a file holds."""

    INCIDENTS = "incidents", _("Incidents workbook")
    SERVICES = "services", _("Services (4Ws sheet)")
    FACILITIES = "facilities", _("Schools and health facilities")
    PLACES = "places", _("Spellings and codes of places")
    TRAINEES = "trainees", _("Trainees")
    RECOMMENDATIONS = "recommendations", _("Recommendations")


class Outcome(TextChoices):
    """How a run ended."""

    TAKEN = "taken", _("Taken in")
    TRIED = "tried", _("Tried, nothing kept")
    REFUSED = "refused", _("Refused, nothing kept")


class How(TextChoices):
    """What a row of a file did to a record."""

    CREATED = "created", _("Created")
    UPDATED = "updated", _("Updated")


class Paper(TextChoices):
    """Which form was filled in without a network."""

    ALERT = "alert", _("Alert")
    INCIDENT = "incident", _("Incident")


class Became(TextChoices):
    """What became of a record from a phone, or of one written without a network."""

    MADE = "made", _("Taken over")
    WAITS = "waits", _("Waits for a person")
    KEPT = "kept", _("Kept as sent")
    ASIDE = "aside", _("Set aside by a person")


class Holds(TextChoices):
    """Which of two records holds, as a person decides."""

    KEPT_FIRST = "kept_first", _("Keep what is there")
    TAKEN_NEW = "taken_new", _("Take the new one: it replaces what is there")
    BY_HAND = "by_hand", _("I correct what is there by hand")
