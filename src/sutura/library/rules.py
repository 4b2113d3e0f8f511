"""Which stage follows, and what a search looks for: pure functions."""

from __future__ import annotations

from datetime import date

from sutura.library.choices import Stage
from sutura.places.rules import plain

ORDER = [stage.value for stage in Stage]


def later(stage: str) -> list[str]:
    """The stages still ahead of one: some documents skip a validation, none goes back."""
    return ORDER[ORDER.index(stage) + 1 :]


def refusal_of_stage(now: str, wanted: str, *, since: date, on: date, today: date) -> str:
    """Why a version may not pass to a stage on a day, as a code; nothing if it may. `since`: its last stage."""
    if wanted not in later(now):
        return "not_forward"
    if on > today:
        return "future"
    return "before" if on < since else ""


def searchable(*texts: str) -> str:
    """What a search compares: lower case, no accents, one space between words."""
    return plain(" ".join(texts))


def sought(words: str) -> list[str]:
    """The words of a search, each looked for by itself."""
    return plain(words).split()
