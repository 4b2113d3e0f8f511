"""Who may open what came from a phone or a browser."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from sutura.security.sealed import Sealing
from sutura.vault.rules import NAMED


class SentSealing(Sealing):
    """What tells of sexual violence is sealed to its group alone; the rest to who reads alerts."""

    def right_of(self, record: Model) -> str:
        """The permission that opens the record."""
        sent: Any = self.file_of(record)
        return NAMED if sent.apart else self.permission
