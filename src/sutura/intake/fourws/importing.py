"""A 4Ws sheet taken onto the map of services, whole or not at all; a dry run does all of it and keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from sutura.access.rules import require
from sutura.intake.choices import Kind, Outcome
from sutura.intake.fourws.reading import read
from sutura.intake.fourws.understanding import Understanding, letter_of
from sutura.intake.services.batches import log_run, remember_batch
from sutura.intake.services.imports import fingerprint
from sutura.mhpss.fourws.columns import BY_LETTER, known_headings
from sutura.mhpss.models import SheetHeading
from sutura.mhpss.services.taking import Fault, Taken, take_in


@dataclass(frozen=True)
class Receipt:
    """What a sheet did, or would do: counts of rows, faults by cell, headings that nobody has explained yet."""

    rows: int
    taken: Taken
    dry_run: bool
    sheet: str = ""
    unknown: dict[str, str] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)

    @property
    def faults(self) -> list[Fault]:
        """In the order of the rows."""
        return sorted(self.taken.faults, key=lambda one: (one.row, letter_of(one.field)))

    @property
    def rejected(self) -> int:
        """Rows with at least one fault."""
        return len({fault.row for fault in self.taken.faults})

    def column_of(self, fault: Fault) -> str:
        """The column of the reader's own sheet in which a fault stands, as its spreadsheet names it."""
        position = self.at.get(letter_of(fault.field))
        if position is None:
            return ""
        return chr(65 + position) if position < 26 else chr(64 + position // 26) + chr(65 + position % 26)

    def as_json(self) -> dict[str, Any]:
        """For machines: the counts, and each fault with its sentence in French and English."""
        refused = bool(self.taken.faults)
        counts = {
            name: 0 if refused else getattr(self.taken, name) for name in ("created", "updated", "unchanged")
        }
        return {
            "rows": self.rows, **counts, "rejected": self.rejected, "dry_run": self.dry_run,
            "unknown_headings": list(self.unknown.values()), "faults": [self._told(fault) for fault in self.faults],
        }  # fmt: skip

    def _told(self, fault: Fault) -> dict[str, Any]:
        said = {}
        for language in ("fr", "en"):
            with override(language):
                said[f"message_{language}"] = str(fault.sentence)
        cell = f"{self.column_of(fault)}{fault.row}"
        return {"row": fault.row, "cell": cell, "item": letter_of(fault.field), "value": fault.value, **said}


def headings() -> dict[str, str]:
    """Every heading known, with those that somebody explained; these win."""
    return known_headings() | dict(SheetHeading.objects.values_list("folded", "letter"))


@transaction.atomic
def import_services(*, content: bytes, by: Any, dry_run: bool = False) -> Receipt:
    """Take in one sheet; raises Unreadable when no sheet of services is in it."""
    require(by, "mhpss.review")
    started = timezone.now()
    sheet = read(content, headings())
    understanding = Understanding(sheet)
    rows = understanding.rows()
    unread = {fault.row for fault in understanding.faults}
    whole = [row for row in rows if row.number not in unread]
    taken = take_in(rows=whole, by=by, dry_run=dry_run or bool(unread))
    taken.faults += understanding.faults
    if not dry_run and not taken.faults:
        counts = {name: getattr(taken, name) for name in ("created", "updated", "unchanged")}
        run = log_run(kind=Kind.SERVICES, digest=fingerprint(content), by=by, outcome=Outcome.TAKEN, **counts)
        remember_batch(run=run, created=taken.made, updated=taken.changed, started=started, by=by)
    return Receipt(len(rows), taken, dry_run, sheet.name, sheet.unknown, sheet.at)


def columns() -> list[tuple[str, str]]:
    """Letters and words of the columns which a heading may stand for."""
    return [(column.letter, f"{column.letter}. {column.french}") for column in BY_LETTER.values()]
