"""Paragraphs and articles: read from a paste, and what was made of each. Pure functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sutura.coordination.rules.recommendations import CLOSED

PARTY_CODE = r"^[A-Z][A-Z0-9_]{0,19}$"
NUMBER = 12
_NUMBER = r"\d+(?:\.\d+)*(?:\s?(?:bis|ter))?(?:\s?\(?[a-z]\)?)?"
_LINE = re.compile(
    rf"^\s*(?:§|paragraphe?|para\.?|article|art\.?)?\s*(?P<number>{_NUMBER})\s*(?:[.:)]|\s[-–—])\s*(?P<text>\S.*)$",
    re.IGNORECASE,
)


class Read(NamedTuple):
    """One paragraph of a paste."""

    number: str
    text: str


class Unread(NamedTuple):
    """A line of a paste that does not begin with a number; `line` counts from 1."""

    line: int
    text: str


def read(pasted: str) -> tuple[list[Read], list[Unread]]:
    """Lines such as `12 (a). Urges …`, one paragraph each; what cannot be read comes apart."""
    found: list[Read] = []
    unread: list[Unread] = []
    for at, line in enumerate(pasted.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.match(line)
        if match and len(match["number"]) <= NUMBER:
            found.append(Read(plain(match["number"]), match["text"].strip()))
        else:
            unread.append(Unread(at, line.strip()))
    return found, unread


def plain(number: str) -> str:
    """One spelling of a number: `12 a`, `12(a)` and `12 (A)` are one paragraph."""
    parts = re.match(r"^([\d.]+)\s*(bis|ter)?\s*\(?([a-z])?\)?$", number.strip().lower())
    if parts is None:
        return " ".join(number.split())
    figures, again, letter = parts.groups()
    return figures + (f" {again}" if again else "") + (f" ({letter})" if letter else "")


def twice(numbers: Iterable[str]) -> list[str]:
    """The numbers given more than once, in order."""
    return [number for number, count in Counter(numbers).items() if count > 1]


class Told(NamedTuple):
    """One recommendation of a paragraph, as far as it counts."""

    state: str
    late: bool


def standing(recommendations: Sequence[Told], *, set_aside: bool) -> str:
    """Where a paragraph stands: `nothing` yet, `set_aside`, `late`, `open`, or `done` — all of it verified.

    A paragraph whose recommendations all lapsed or were replaced has `nothing` any more.
    """
    alive = [each for each in recommendations if each.state not in ("lapsed", "replaced")]
    if not alive:
        return "set_aside" if set_aside else "nothing"
    if any(each.late for each in alive):
        return "late"
    return "done" if all(each.state in CLOSED for each in alive) else "open"


STANDINGS = ("nothing", "late", "open", "done", "set_aside")
