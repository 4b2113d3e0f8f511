"""Which file the sealed parts of an incident belong to, and who may open them."""

from __future__ import annotations

from sutura.security.sealed import Sealing

RESTRICTED = "incidents.restricted"
OF_FILE = Sealing(RESTRICTED, owner="opened_by_id", stays="on_hold")
OF_PART = Sealing(RESTRICTED, whole="incident", owner="opened_by_id")
OF_DETAIL = Sealing(RESTRICTED, whole="violation.incident", owner="opened_by_id")
