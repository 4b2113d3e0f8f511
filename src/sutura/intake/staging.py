"""A file that waits and the result of its dry run, both sealed to who gave it, shown page after page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from sutura.intake.models import StagedFile
from sutura.security.crypto import context
from sutura.vault.keeping import sealed_to
from sutura.vault.revealing import vault_of

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
    rows: int = 0
    repeated: int = 0
    name: str = ""  # of the file
    columns: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    guessed: dict[str, str] = field(default_factory=dict)
    headings: dict[str, list[str]] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)
    tried: bool = True  # whether its dry run came to an end

    @property
    def good(self) -> bool:
        """Whether the file would be taken."""
        return self.tried and not self.faults

    @property
    def unexplained(self) -> bool:
        """Whether somebody has to say first which heading is which column."""
        return bool(self.lacking)


OF_LISTS = ("rows", "repeated", "name", "columns", "told", "unknown", "guessed", "headings", "lacking")


def written(result: Any) -> str:
    """A result as stored."""
    faults = [fault.as_json() for fault in result.faults[:SHOWN]]
    counts = {name: getattr(result, name) for name in ("created", "updated", "unchanged", "rejected")}
    notes = [[sheet, heading, count] for (sheet, heading), count in sorted(result.notes.items())]
    more = {name: getattr(result, name) for name in OF_LISTS if hasattr(result, name)}
    told = (
        counts
        | more
        | {"faults": faults, "total": len(result.faults), "notes": notes, "others": result.others}
    )
    return json.dumps(told, ensure_ascii=False)


def seal(staged: StagedFile, *, content: bytes, result: Any) -> None:
    """Put both into the record so that only who gave the file opens them, in her own session."""
    staged.content = sealed_to(staged.by_id, content, _place(staged, "content"))
    seal_result(staged, result)


def seal_untried(staged: StagedFile, *, content: bytes, name: str) -> None:
    """Put in a file of which no dry run has come to an end yet."""
    staged.content = sealed_to(staged.by_id, content, _place(staged, "content"))
    nothing = Trial(0, 0, 0, 0, faults=[], total=0, notes=[], others=[], name=name, tried=False)
    staged.result = sealed_to(staged.by_id, json.dumps(asdict(nothing)).encode(), _place(staged, "result"))


def seal_result(staged: StagedFile, result: Any) -> None:
    """Put the result of another dry run in its place."""
    staged.result = sealed_to(staged.by_id, written(result).encode(), _place(staged, "result"))


def content(staged: StagedFile, by: Any) -> bytes:
    """The file as it was given; VaultClosed without an open vault."""
    return vault_of(by).unseal(bytes(staged.content), _place(staged, "content"))


def trial(staged: StagedFile, by: Any) -> Trial:
    """What its dry run said; VaultClosed without an open vault."""
    told = vault_of(by).unseal(bytes(staged.result), _place(staged, "result"))
    return Trial(**json.loads(told))


def _place(staged: StagedFile, field: str) -> bytes:
    return context("staged", str(staged.public_id), field)
