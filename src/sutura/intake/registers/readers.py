"""How one cell of a list is read: text, a day, a number, a word of a list in either language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import override

from sutura.intake import cells
from sutura.intake.cells import Wrong, written
from sutura.intake.reading import Cell
from sutura.places.rules import plain

LANGUAGES = ("fr", "en")


def text(longest: int) -> Callable[[Cell], str]:
    """Words, no longer than their column."""

    def read(cell: Cell) -> str:
        said = written(cell)
        if len(said) > longest:
            raise Wrong("too_long", longest=longest)
        return said

    return read


def day(cell: Cell) -> date:
    """A day: ISO, a true spreadsheet date, or day/month/year as offices of Mali write it."""
    said = written(cell)
    parts = said.replace(".", "/").replace("-", "/").split("/")
    if len(parts) == 3 and all(part.isdecimal() for part in parts) and len(parts[2]) == 4:
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError:
            raise Wrong("not_a_date") from None
    if isinstance(cell, bool) or cell is None:
        raise Wrong("not_a_date")
    return cells.day(cell)


def whole(cell: Cell) -> int:
    """A whole number, 0 or more."""
    try:
        value = cells.number(cell) if isinstance(cell, str) else float(cell or 0)
        found = int(value)
    except (OverflowError, ValueError):
        raise Wrong("not_whole") from None
    if isinstance(cell, bool) or found != value or found < 0:
        raise Wrong("not_whole")
    return found


def option(choices: type[TextChoices], also: Mapping[str, str] | None = None) -> Callable[[Cell], str]:
    """A code of a list by itself or by its words in French or English; `also`: other words → code."""

    @cache
    def known() -> dict[str, str]:
        found = {plain(word): code for word, code in (also or {}).items()}
        for language in LANGUAGES:
            with override(language):
                found |= {plain(str(label)): str(code) for code, label in choices.choices}
        return found | {plain(code): code for code in choices.values}

    words = lazy(lambda: ", ".join(str(label) for label in choices.labels), str)()

    def read(cell: Cell) -> str:
        code = known().get(plain(written(cell)))
        if code is None:
            raise Wrong("unknown_option", options=words)
        return code

    return read


def several(cell: Cell) -> tuple[str, ...]:
    """The items of a `;` list, each once, in order."""
    return cells.parts(cell)


def yes_no(cell: Cell) -> bool:
    """Yes or no, in either language; a cross is a yes."""
    said = plain(written(cell))
    if said in {"x", "o", "1"}:
        return True
    if said == "0":
        return False
    return cells.yes_no(cell)
