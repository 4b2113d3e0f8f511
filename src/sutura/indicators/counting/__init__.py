"""Every measure that the registers answer by themselves, by its code."""

from __future__ import annotations

from sutura.indicators.counting.asking import Ask, Counted, Measure
from sutura.indicators.counting.bodies import BODIES
from sutura.indicators.counting.care import CARE
from sutura.indicators.counting.training import TRAINING

__all__ = ["MEASURES", "Ask", "Counted", "Measure"]

MEASURES: dict[str, Measure] = {**CARE, **TRAINING, **BODIES}
