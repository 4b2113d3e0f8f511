"""What a file of a register did, or would do; the same for the page, the command and whoever reads JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sutura.intake.faults import Fault, rows_with_fault
from sutura.intake.models import ImportRun


@dataclass
class Receipt:
    """Counts of rows, faults by cell, and how the headings were understood.

    `columns`: column → heading; `told`: column → the one value for the whole file; `unknown`: headings left aside;
    `guessed`: column → the heading that looks like it, to be confirmed; `headings`: every heading as compared → as
    written and the first value below it; `lacking`: columns that every row needs and nothing gives.
    """

    kind: str
    dry_run: bool
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    faults: list[Fault] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    guessed: dict[str, str] = field(default_factory=dict)
    headings: dict[str, tuple[str, str]] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    name: str = ""
    run: ImportRun | None = None

    @property
    def rejected(self) -> int:
        """Rows with at least one fault."""
        return rows_with_fault(self.faults)

    def as_json(self) -> dict[str, Any]:
        """For machines: the counts, the headings, and each fault with its sentence in French and English."""
        counts = ("rows", "created", "updated", "unchanged", "rejected", "repeated", "dry_run")
        return {"kind": self.kind} | {name: getattr(self, name) for name in counts} | {
            "columns": self.columns, "told": self.told, "unknown_headings": self.unknown, "guessed": self.guessed,
            "faults": [fault.as_json() for fault in self.faults],
        }  # fmt: skip

    def refuse(self) -> None:
        """With a fault nothing is taken."""
        self.created = self.updated = self.unchanged = self.repeated = 0
