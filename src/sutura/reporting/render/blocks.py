"""The parts of a written document, the same for Word and for the printable page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 opens a part."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `small` for a basis or a note, `strong` for the sentence that opens a part."""

    text: str
    small: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A place left to the author, clearly marked: what is to be written there."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value pairs of the head of a document."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads, rows, and how many of the last rows are totals."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    basis: str = ""
    totals: int = 0
    wide: tuple[int, ...] = (0,)
    """Columns that hold words; the others hold numbers."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, as SVG, with the words for who cannot see it."""

    svg: str
    caption: str
    basis: str = ""
    width_cm: float = 16.0


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on the pages lie on their side (or stand again)."""

    landscape: bool


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a document and the line under it."""

    text: str
    under: str
    mark: str


Block = Heading | Text | ToWrite | Facts | Grid | Picture | Turn | Title
