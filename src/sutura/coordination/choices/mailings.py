"""Words for what is mailed to the members of a body."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Notice(TextChoices):
    """What a message tells of."""

    CONVENING = "convening", pgettext_lazy("message", "Invitation")
    MINUTES = "minutes", pgettext_lazy("message", "Minutes")


class Outcome(TextChoices):
    """What became of a message."""

    WAITING = "waiting", pgettext_lazy("message", "Waits, and is tried again")
    SENT = "sent", pgettext_lazy("message", "Left")
    REFUSED = "refused", pgettext_lazy("message", "Address refused")
    NO_ADDRESS = "no_address", pgettext_lazy("message", "No address")
    PRINTED = "printed", pgettext_lazy("message", "Not mailed: no mail server")
