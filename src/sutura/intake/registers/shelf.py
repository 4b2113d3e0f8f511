"""The kinds of lists that can be given."""

from __future__ import annotations

from sutura.intake.registers.facilities import FACILITIES
from sutura.intake.registers.kinds import Kind
from sutura.intake.registers.places import PLACES
from sutura.intake.registers.recommendations import RECOMMENDATIONS
from sutura.intake.registers.trainees import TRAINEES

KINDS: dict[str, Kind] = {kind.name: kind for kind in (FACILITIES, PLACES, TRAINEES, RECOMMENDATIONS)}
