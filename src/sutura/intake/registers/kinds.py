"""What a kind of list declares: its columns, how a cell is read, what writes its rows and what takes them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.functional import Promise

from sutura.access.errors import DomainError, NotAllowed
from sutura.intake.faults import MESSAGES, Fault, spoken
from sutura.intake.reading import Cell

Tell = Callable[[str, int, int], None]
Done = list[tuple[str, Model]]
"""What a row did: each record with `created` or `updated`; empty when all was known."""


class Misread(Exception):
    """What a row says at a column cannot be used: a code of the catalogue of faults, or a sentence."""

    def __init__(self, column: str, code: str = "", sentence: object = "", **details: object) -> None:
        super().__init__(code)
        self.column, self.code, self.sentence, self.details = column, code, sentence, details


@dataclass(frozen=True)
class Column:
    """One column: its heading in the reader's language, other headings people write, HXL tags, how a cell is read.

    `required`: every row says it, in a cell or by one value told for the whole file.
    """

    name: str
    label: Promise
    read: Callable[[Cell], Any]
    also: tuple[str, ...] = ()
    hxl: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class CellFault(Fault):
    """A fault at a cell; `letter` is its column as the spreadsheet names it, `sentence` the words of a service."""

    sentence: object = ""
    letter: str = ""

    def message(self, language: str) -> str:
        """The sentence in `fr` or `en`."""
        return spoken(self.sentence, language) if self.sentence else super().message(language)

    def as_json(self) -> dict[str, object]:
        """The keys of the format, and the cell."""
        return super().as_json() | {"cell": f"{self.letter}{self.row}" if self.row else ""}


@dataclass(slots=True)
class Row:
    """One row: its sheet, its number there, what its filled cells say by column, and where they stand."""

    sheet: str
    number: int
    said: dict[str, Any]
    written: dict[str, str]
    letters: dict[str, str]


@dataclass
class Taking:
    """What becomes of the rows of one file, for whoever gives it."""

    by: Any
    why: str
    tell: Tell = lambda stage, done, total: None
    created: list[tuple[Row, Model]] = field(default_factory=list)
    updated: list[tuple[Row, Model]] = field(default_factory=list)
    unchanged: int = 0
    repeats: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # column → its heading for a reader

    def blame(self, row: Row, column: str, code: str = "", sentence: object = "", **details: object) -> None:
        """A fault at the cell of a column, or at the row where it has no such cell."""
        told = tuple(details.items())
        self.faults.append(
            CellFault(
                code if code in MESSAGES else "refused", row.sheet, row.number, self.words.get(column, column),
                row.written.get(column, ""),
                told, sentence, row.letters.get(column, ""),
            )
        )  # fmt: skip

    def one_by_one(self, rows: Sequence[Row], write: Callable[[Row], Done]) -> None:
        """Write each row by a service that refuses in its own words."""
        for done, row in enumerate(rows, 1):
            try:
                with transaction.atomic():
                    found = write(row)
            except Misread as wrong:
                self.blame(row, wrong.column, wrong.code, wrong.sentence, **wrong.details)
            except NotAllowed as refusal:
                self.blame(row, "", sentence=refusal.message)
            except DomainError as refusal:
                self.blame(row, refusal.field, sentence=refusal.message)
            else:
                self.note(row, found)
            if not done % 50:
                self.tell("write", done, len(rows))

    def note(self, row: Row, found: Done) -> None:
        """Keep what a row made and changed; one that did neither is unchanged."""
        self.unchanged += not found
        for how, record in found:
            getattr(self, how).append((row, record))


@dataclass(frozen=True)
class Kind:
    """One kind of list.

    `take` writes the rows through the services of its app; `back` takes one record back: what was created is voided
    with the reason, what was changed says again what the version before said.
    """

    name: str
    permission: str
    columns: tuple[Column, ...]
    take: Callable[[Sequence[Row], Taking], None]
    back: Callable[[Model, Any, Any, str], None]
    defaults: Callable[[Sequence[Row], str], dict[str, Any]] = lambda rows, file_name: {}
    """What the file as a whole tells where neither a cell nor the person did: column → value."""

    def column(self, name: str) -> Column:
        """A column by its name."""
        return next(column for column in self.columns if column.name == name)
