"""One cell → what it means, or the reason why it means nothing: dates, yes/no, words of a list, numbers, references."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from sutura.intake.columns import (
    DATE,
    FLAG,
    NUMBER,
    OPTION,
    PARTIES,
    REF,
    REFS,
    TEXT,
    WHOLE,
    WORD,
    WORDS,
    Column,
    fold,
)
from sutura.intake.reading import Cell


class Words(NamedTuple):
    """Codes of a codebook list, and the words beside it, which are kept as a note."""

    codes: tuple[str, ...]
    beside: tuple[str, ...]


Value = str | int | float | bool | date | tuple[str, ...] | Words | None

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_BASIC = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?: \d{3})+|\d+)?(?:[.,]\d+)?")
_FAILED = re.compile(
    r"#(?:DIV/0 ?!|N/A|NAME\?|NOM ?\?|NULL?!|NUL ?!|NUM!|NOMBRE ?!|REF ?!|VALUE!|VALEUR ?!)", re.IGNORECASE
)
_SERIAL_DAY_0 = date(1899, 12, 30)
# A bare number is read as a spreadsheet's day only where it can be one: 1950-01-01 to 2119-12-31.
_SERIALS = (18_264, 80_353)
_YES = {
    "yes": True,
    "oui": True,
    "true": True,
    "vrai": True,
    "no": False,
    "non": False,
    "false": False,
    "faux": False,
}
MOST = 100_000


class Wrong(ValueError):
    """Why a cell cannot be read: a code of the catalogue and its details."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = tuple(details.items())


def written(cell: Cell) -> str:
    """The cell as a person wrote it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return str(cell)


@lru_cache(maxsize=65_536)
def day(cell: str | int | float) -> date:
    """ISO text or a spreadsheet's day number → the date; anything else is not certain."""
    match = _ISO.fullmatch(cell) if isinstance(cell, str) else None
    match = match or _BASIC.fullmatch(str(cell))
    if match:
        with suppress(ValueError):
            return date(int(match[1]), int(match[2]), int(match[3]))
        raise Wrong("not_a_date")
    if isinstance(cell, str):
        cell = number(cell) if _NUMBER.fullmatch(cell) else 0
    if isinstance(cell, bool) or not _SERIALS[0] <= cell < _SERIALS[1]:
        raise Wrong("not_a_date")
    return _SERIAL_DAY_0 + timedelta(days=int(cell))


def number(text: str) -> float:
    """Digits with a decimal point or comma, thousands parted by spaces or not at all."""
    if not _NUMBER.fullmatch(text) or not any(letter.isdigit() for letter in text):
        raise Wrong("not_whole")
    return float(text.replace(" ", "").replace(",", "."))


def whole(cell: Cell, column: Column) -> int:
    """A whole number, 0 or more."""
    if isinstance(cell, bool) or cell is None:
        raise Wrong("not_whole")
    value = number(cell) if isinstance(cell, str) else cell
    if value < 0 or value != int(value):
        raise Wrong("not_whole")
    if column.low is not None and value < column.low:
        raise Wrong("not_a_number", low=int(column.low), high=MOST)
    if value > MOST:
        raise Wrong("too_many", high=MOST)
    return int(value)


def measure(cell: Cell, column: Column) -> float:
    """A number within the column's limits."""
    limits = {"low": int(column.low or 0), "high": int(column.high or 0)}
    try:
        value = number(cell) if isinstance(cell, str) else float(cell or 0)
    except (Wrong, OverflowError):
        raise Wrong("not_a_number", **limits) from None
    if isinstance(cell, bool) or not limits["low"] <= value <= limits["high"]:
        raise Wrong("not_a_number", **limits)
    return value


def yes_no(cell: Cell) -> bool:
    """yes/no, oui/non, or a spreadsheet's TRUE/FALSE."""
    if isinstance(cell, bool):
        return cell
    answer = _YES.get(cell.casefold()) if isinstance(cell, str) else None
    if answer is None:
        raise Wrong("not_yes_no")
    return answer


def option(cell: Cell, column: Column) -> str:
    """A word of the column's list, without case; where the list has yes and no, also oui and non."""
    word = written(cell).casefold()
    if word in column.options:
        return word
    if "yes" in column.options and word in _YES:
        return "yes" if _YES[word] else "no"
    raise Wrong("unknown_option", options=", ".join(column.options))


def parts(cell: Cell) -> tuple[str, ...]:
    """The items of a `;` list, each once, in order."""
    return tuple(
        dict.fromkeys(part for part in (piece.strip() for piece in written(cell).split(";")) if part)
    )


def text(cell: Cell, column: Column) -> str:
    """Free text; a number is its digits."""
    words = written(cell)
    if column.longest and len(words) > column.longest:
        raise Wrong("too_long", longest=column.longest)
    return words


def words(cell: Cell, column: Column) -> Words:
    """Codes of a codebook list, by code or label in either language; a single word outside it is `other`."""
    items = parts(cell) if column.kind == WORDS else (written(cell),)
    codes = dict.fromkeys(column.words[fold(item)] for item in items if fold(item) in column.words)
    beside = tuple(item for item in items if fold(item) not in column.words)
    if beside and "other" in column.options:
        codes["other"] = "other"
    return Words(tuple(codes), beside)


def read(cell: Cell, column: Column) -> Value:
    """What a filled cell means under its column (places and parties come as text and codes); raises Wrong."""
    kind = column.kind
    if cell.__class__ is str and cell[0] == "#" and _FAILED.fullmatch(cell):
        raise Wrong("formula_error")
    if kind == DATE:
        return day(cell)
    if kind == OPTION:
        return option(cell, column)
    if kind in {REF, TEXT}:
        return text(cell, column)
    if kind == WHOLE:
        return whole(cell, column)
    if kind == REFS:
        return parts(cell)
    if kind == FLAG:
        return yes_no(cell)
    if kind == NUMBER:
        return measure(cell, column)
    if kind == PARTIES:
        return tuple(sorted({part.upper() for part in parts(cell)}))
    if kind in {WORD, WORDS}:
        return words(cell, column)
    return written(cell)
