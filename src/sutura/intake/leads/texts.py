"""Words of real files made readable: mojibake, "No Information", junk of spreadsheets."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

EMPTY_WORDS = frozenset({
    "noinformation", "noinformationontheweaponused", "na", "n/a", "null", "none", "nan", "unknown", "-", "--",
})  # fmt: skip
SPREADSHEET_JUNK = re.compile(r"_x000[0-9A-Fa-f]_")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
LEADING_DIGIT = re.compile(r"\s*\(?\s*(\d)\b")
SERIAL_DAY_ZERO = date(1899, 12, 30)


def clean(text: str) -> str:
    """Readable text of one cell: junk of spreadsheets out, mojibake repaired, spaces trimmed, lines kept."""
    text = CONTROL.sub("", SPREADSHEET_JUNK.sub("", text))
    text = unicodedata.normalize("NFC", unmangle(text))
    lines = (" ".join(line.split()) for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def unmangle(text: str) -> str:
    """`SÃ©gou` → `Ségou`: UTF-8 that was read as Windows text; left as it is when it does not come back whole."""
    if not MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def known(text: str) -> str:
    """The cleaned text, or "" when it says that nothing is known."""
    text = clean(text)
    return "" if text.replace(" ", "").lower() in EMPTY_WORDS else text


def precision(text: str) -> int | None:
    """The class number of `(6) Country` or `6`; None when none is given."""
    found = LEADING_DIGIT.match(text)
    return int(found.group(1)) if found else None


def whole(text: str) -> int | None:
    """A whole number; None when the cell holds none (raises ValueError on other text)."""
    text = clean(text)
    if not text:
        return None
    number = float(text.replace(",", "."))
    if not abs(number) <= 10_000_000 or not number.is_integer():
        raise ValueError(text)
    return int(number)


def degrees(text: str, limit: float) -> float | None:
    """Decimal degrees, comma or point, within ±limit; None when empty (raises ValueError on other text)."""
    text = known(text)
    if not text:
        return None
    value = float(text.replace(",", "."))
    if not -limit <= value <= limit:
        raise ValueError(text)
    return value


def day(text: str) -> date | None:
    """A day written in ISO form, with or without an hour, or as a spreadsheet's serial number (raises ValueError)."""
    text = clean(text)
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) == 5:
        return SERIAL_DAY_ZERO + timedelta(days=int(text))
    head, gap, tail = text[:10], text[10:11], text[11:]
    if gap not in ("", " ", "T") or (tail and not re.fullmatch(r"[0-9:.+Z-]+", tail)):
        raise ValueError(text)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", head):
        raise ValueError(text)
    return date.fromisoformat(head)
