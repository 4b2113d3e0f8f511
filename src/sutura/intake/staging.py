"""The result of a dry run, kept beside the file it belongs to and shown page after page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

SHOWN = 10_000  # faults kept for the page; the command tells all of them


@dataclass(frozen=True)
class Trial:
    """What a dry run said: four counts, faults as the format gives them, columns and sheets kept aside."""

    created: int
    updated: int
    unchanged: int
    rejected: int
    faults: list[dict[str, Any]]  # the first of them
    total: int  # how many there are
    notes: list[list[Any]]  # sheet, heading, cells
    others: list[str]

    @property
    def good(self) -> bool:
        """Whether the file would be taken."""
        return not self.faults


def written(result: Any) -> str:
    """A result as stored."""
    faults = [fault.as_json() for fault in result.faults[:SHOWN]]
    counts = {name: getattr(result, name) for name in ("created", "updated", "unchanged", "rejected")}
    notes = [[sheet, heading, count] for (sheet, heading), count in sorted(result.notes.items())]
    told = counts | {"faults": faults, "total": len(result.faults), "notes": notes, "others": result.others}
    return json.dumps(told, ensure_ascii=False)


def read(text: str) -> Trial:
    """A stored result."""
    return Trial(**json.loads(text))
