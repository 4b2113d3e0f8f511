"""Which file the sealed parts of an incident belong to, and who may open them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from sutura.incidents.choices import Type
from sutura.security.sealed import Sealing
from sutura.vault.rules import EVIDENCE, NAMED, RESTRICTED


class FileSealing(Sealing):
    """An incident of sexual violence is sealed to its group alone, person by person; any other to its region."""

    def right_of(self, record: Model) -> str:
        """The permission that opens the record."""
        return NAMED if tells_apart(self.file_of(record)) else self.permission


class EvidenceSealing(FileSealing):
    """Who a source was and who is accused: sealed person by person to those named for it."""

    def right_of(self, record: Model) -> str:
        """The permission that opens the record."""
        return NAMED if tells_apart(self.file_of(record)) else EVIDENCE


def tells_apart(incident: Any) -> bool:
    """Whether an incident was ever told as sexual violence; whoever writes it before its violations says so herself."""
    said: bool | None = getattr(incident, "is_sexual_violence", None)
    if said is None:
        said = bool(incident.pk) and incident.violations.filter(type=Type.SEXUAL_VIOLENCE).exists()
    return said


def says_apart(incident: Any, parts: Iterable[Any]) -> bool:
    """Note on an incident in memory whether the violations about to be written make it one of sexual violence."""
    incident.is_sexual_violence = any(part.type == Type.SEXUAL_VIOLENCE for part in parts)
    return bool(incident.is_sexual_violence)


OF_FILE = FileSealing(RESTRICTED, owner="opened_by_id", stays="on_hold")
OF_PART = FileSealing(RESTRICTED, whole="incident", owner="opened_by_id")
OF_EVIDENCE = EvidenceSealing(RESTRICTED, whole="incident", owner="opened_by_id")
OF_DETAIL = FileSealing(RESTRICTED, whole="violation.incident", owner="opened_by_id")
