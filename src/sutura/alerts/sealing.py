"""Who may open the words of an alert."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from sutura.security.sealed import Sealing
from sutura.vault.rules import NAMED, TOLD


class AlertSealing(Sealing):
    """Sexual violence is sealed to its group alone, person by person; any other alert to who reads alerts."""

    def right_of(self, record: Model) -> str:
        """The permission that opens the record."""
        alert: Any = record
        return NAMED if alert.sexual_violence else self.permission


OF_ALERT = AlertSealing(TOLD, owner="received_by_id")
