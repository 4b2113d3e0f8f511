"""What may happen to a judgement: an opinion, a decision, a sitting; each asks, writes and records in one go."""

from sutura.verification.services.imported import record_imported_decisions
from sutura.verification.services.opinions import decide, give_opinion
from sutura.verification.services.sittings import (
    change_sitting,
    close_sitting,
    convene_sitting,
    decide_in_sitting,
    put_on_agenda,
    take_minutes,
    take_off_agenda,
)

__all__ = [
    "change_sitting",
    "close_sitting",
    "convene_sitting",
    "decide",
    "decide_in_sitting",
    "give_opinion",
    "put_on_agenda",
    "record_imported_decisions",
    "take_minutes",
    "take_off_agenda",
]
