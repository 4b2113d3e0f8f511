"""Words of the requests: what is asked for, and how far a request has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What leaves by request: everything with a row about one incident, violation or child."""

    INCIDENTS = "incidents", _("Incident list by code (Excel)")
    LINES = "lines", _("Every line, one fact a row (Excel)")
    NOTE = "note", _("The note with its incident list (Word)")
    WORKBOOK = "workbook", _("The workbook with its incident list (Excel)")
    MINUTES = "minutes", _("Minutes extract of a sitting (Word)")


class State(TextChoices):
    """Where a request stands."""

    ASKED = "asked", pgettext_lazy("request", "Waits for a second person")
    APPROVED = "approved", pgettext_lazy("request", "Approved")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Taken back")
    EXPIRED = "expired", pgettext_lazy("request", "Expired")
