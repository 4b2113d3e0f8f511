"""What a row says, as one short hash per column: imports are compared without a second copy of the words."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import Any

from django.conf import settings

from sutura.intake.columns import fold

NOTES = "+"


def marks_of(values: dict[str, Any], notes: dict[str, str]) -> dict[str, str]:
    """Column → 8 letters for what it holds; notes together under `+`, whatever the case of their headings."""
    found = {name: _mark(value) for name, value in values.items()}
    if notes:
        found[NOTES] = _mark(sorted((fold(heading), text) for heading, text in notes.items()))
    return found


def written(marks: dict[str, str]) -> str:
    """As stored: `column:mark`, in order of column."""
    return " ".join(f"{name}:{mark}" for name, mark in sorted(marks.items()))


def read(text: str) -> dict[str, str]:
    """As stored → column and mark."""
    return dict(pair.rsplit(":", 1) for pair in text.split(" ")) if text else {}


def _mark(value: Any) -> str:
    if isinstance(value, date):
        text = value.isoformat()
    elif hasattr(value, "code"):  # a place
        text = value.code
    else:
        text = repr(value)
    # Keyed: without the secret of this installation nobody confirms a guess of a cell.
    secret = settings.SECRET_KEY.encode()[:64]
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4, key=secret).hexdigest()
