"""Who may open what came from a phone or a browser."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from sutura.intake.choices import Paper
from sutura.security.sealed import Sealing
from sutura.vault.rules import FOLLOWED, NAMED, RESTRICTED

OPENED_BY = {
    "sutura_detention": FOLLOWED,
    "sutura_incident": RESTRICTED,
    "sutura_referral": FOLLOWED,
    "sutura_verification": RESTRICTED,
}
"""Identifier of a form → who may open its records, where it is not enough to read alerts."""


class SentSealing(Sealing):
    """What tells of sexual violence is sealed to its group alone; the rest to who reads what its form tells of."""

    def right_of(self, record: Model) -> str:
        """The permission that opens the record."""
        sent: Any = self.file_of(record)
        if sent.apart:
            return NAMED
        form = getattr(sent, "questionnaire", None)  # what a browser wrote has none
        return OPENED_BY.get(form.form_id, self.permission) if form is not None else self.permission


class EnvelopeSealing(SentSealing):
    """An incident told whole is sealed to who reads the restricted accounts of the region, as its file will be."""

    def right_of(self, record: Model) -> str:
        """The permission that opens the record."""
        sent: Any = self.file_of(record)
        return RESTRICTED if sent.form == Paper.INCIDENT and not sent.apart else super().right_of(record)
