"""What a trial found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Told:
    """Counts to be printed on one line, and the faults in words."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def line(self, name: str, seconds: float) -> str:
        """`kill: 1000 cells · 8120 acknowledged · 0 faults (92 s)`."""
        counted = [f"{count} {what}" for what, count in self.counts.items()]
        return f"{name}: " + " · ".join([*counted, f"{len(self.faults)} faults"]) + f" ({seconds:.0f} s)"

    def as_json(self) -> dict[str, Any]:
        return {"counts": self.counts, "faults": self.faults}
