"""Any file of a list (.xlsx, .ods, .csv, a zip of .csv) → its sheets, and which heading stands for which column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sutura.intake import csv_text
from sutura.intake.budgets import MAX_BYTES, Unreadable, open_archive, too_big, unpack
from sutura.intake.reading import Cell, RawSheet, cleaned, read_spreadsheet
from sutura.intake.reading import Row as Line
from sutura.intake.registers.kinds import Kind, Tell
from sutura.places.rules import plain

LOOKED_AT = 30  # rows among which the headings stand
ALIKE = 0.82  # how alike two headings are before one is suggested for the other
WORKBOOK = {"xl/workbook.xml", "content.xml", "[Content_Types].xml"}
OLE = b"\xd0\xcf\x11\xe0"
NOT_LETTERS = re.compile(rb"[\x00-\x08\x0e-\x1f]")


@dataclass
class Sheet:
    """A sheet under its headings: heading as compared → position; the words of each; the rows below."""

    name: str
    heading_row: int
    at: dict[str, int]
    words: dict[str, str]
    tags: dict[str, str] = field(default_factory=dict)  # heading → its HXL tag
    rows: list[Line] = field(default_factory=list)


def heading_key(text: str) -> str:
    """What two spellings of a heading share: no accents, no case, no star; a tag keeps its attributes in order."""
    if text.startswith("#"):
        tag, *attributes = text.replace(" ", "").lower().split("+")
        return "+".join([tag, *sorted(attributes)])
    return plain(text.replace("*", " ").replace("_", " "))[:120]


def sheets_of(content: bytes, kind: Kind, tell: Tell) -> list[Sheet]:
    """Every sheet of the file that has rows under headings; raises Unreadable with one sentence."""
    known = known_headings(kind)
    found = [_under(raw, known) for raw in _raw(content, known, tell)]
    sheets = [sheet for sheet in found if sheet is not None]
    if not sheets:
        raise Unreadable(
            _("No row of headings with rows below it was found in this file."), code="no_headings"
        )
    # A workbook holds notes and lists of words beside its data: they have none of our headings.
    named = [sheet for sheet in sheets if len(_columns(sheet, known)) > 1]
    return named or [max(sheets, key=lambda sheet: len(sheet.rows))]


def known_headings(kind: Kind) -> dict[str, str]:
    """Heading as compared → column, for every heading and tag that the kind declares."""
    found: dict[str, str] = {}
    for column in kind.columns:
        for language in ("fr", "en"):
            with override(language):
                found.setdefault(heading_key(str(column.label)), column.name)
        for text in (column.name, *column.also, *column.hxl):
            found.setdefault(heading_key(text), column.name)
    return found


@dataclass(frozen=True)
class Match:
    """Column → heading as compared; `guessed`: those that somebody must confirm."""

    at: dict[str, str]
    guessed: frozenset[str] = frozenset()


def matched(sheets: Sequence[Sheet], kind: Kind, remembered: Mapping[str, str]) -> Match:
    """Which heading stands for which column: as it was told before, as declared, by its tag, else by likeness."""
    known = known_headings(kind) | dict(remembered)
    at: dict[str, str] = {}
    open_: dict[str, None] = {}
    for sheet in sheets:
        for heading in sheet.at:
            column = known.get(heading, known.get(sheet.tags.get(heading, "")))
            if column:
                at.setdefault(column, heading)
            elif column is None:
                open_[heading] = None
    guessed = set()
    free = {text: column for text, column in known.items() if column and column not in at}
    for heading in open_:
        like = get_close_matches(heading, free, n=1, cutoff=ALIKE)
        if like and free[like[0]] not in at:
            at[free[like[0]]] = heading
            guessed.add(free[like[0]])
    return Match(at, frozenset(guessed))


def _columns(sheet: Sheet, known: Mapping[str, str]) -> set[str]:
    names = (known.get(heading, known.get(sheet.tags.get(heading, ""), "")) for heading in sheet.at)
    return {name for name in names if name}


def _raw(content: bytes, known: Mapping[str, str], tell: Tell) -> list[RawSheet]:
    if len(content) > MAX_BYTES:
        raise too_big()
    if content.startswith(OLE):
        raise Unreadable(
            _(
                "This is an old .xls file, or one with a password. Save it as .xlsx without password and try again."
            ),
            code="old_format",
        )
    if content.startswith(b"PK"):
        with open_archive(content) as archive:
            names = archive.namelist()
            if not WORKBOOK & set(names):
                return [
                    _csv(unpack(archive, name), PurePosixPath(name.replace("\\", "/")).stem, known)
                    for name in sorted(names)
                    if name.lower().endswith(".csv") and "__MACOSX" not in name
                ]
        found, _others = read_spreadsheet(content, ["*"], tell)
        return list(found.values())
    if not content.strip() or (
        NOT_LETTERS.search(content[:4096]) and content[:2] not in (b"\xff\xfe", b"\xfe\xff")
    ):
        raise Unreadable(
            _(
                "This is neither a workbook nor a list: give an .xlsx, .ods or .csv file, or a zip of .csv files."
            ),
            code="not_a_list",
        )
    return [_csv(content, "", known)]


def _csv(content: bytes, name: str, known: Mapping[str, str]) -> RawSheet:
    def has_headings(row: list[str]) -> bool:
        return sum(heading_key(cell) in known for cell in row if cell) >= 2

    return RawSheet(name, cleaned(csv_text.read(content, name, has_headings)))


def _under(raw: RawSheet, known: Mapping[str, str]) -> Sheet | None:
    """The rows under the row with the most headings that we know, else under the first with two words."""
    best, most = -1, 0
    for index, (_number, row) in enumerate(raw.rows[:LOOKED_AT]):
        said = [cell for cell in row if isinstance(cell, str) and not cell.startswith("#")]
        count = 100 * sum(heading_key(cell) in known for cell in said) + (len(said) > 1)
        if count > most:
            best, most = index, count
    if best < 0 or best + 1 >= len(raw.rows):
        return None
    number, headings = raw.rows[best]
    sheet = Sheet(raw.title or raw.name, number, {}, {})
    for position, cell in enumerate(headings):
        if cell is not None:
            heading = heading_key(str(cell)) or str(cell)[:120]
            if heading not in sheet.at:
                sheet.at[heading], sheet.words[heading] = position, str(cell)
    rest = raw.rows[best + 1 :]
    if rest and _is_tags(rest[0][1]):
        sheet.tags = {
            heading: heading_key(str(rest[0][1][position]))
            for heading, position in sheet.at.items()
            if position < len(rest[0][1]) and rest[0][1][position] is not None
        }
        rest = rest[1:]
    sheet.rows = rest
    return sheet


def _is_tags(row: list[Cell]) -> bool:
    said = [cell for cell in row if cell is not None]
    return bool(said) and all(isinstance(cell, str) and cell.startswith("#") for cell in said)


def letter_of(position: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    position += 1
    while position:
        position, left = divmod(position - 1, 26)
        name = chr(65 + left) + name
    return name
