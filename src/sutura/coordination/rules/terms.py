"""Terms of reference: which stage follows which, and what differs between two versions. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

BEFORE: Mapping[str, frozenset[str]] = {
    "comment": frozenset({"draft"}),
    "technical": frozenset({"draft", "comment"}),
    "political": frozenset({"technical"}),
}
WRITTEN = frozenset({"draft", "comment"})
"""Stages in which the words may still be changed."""
_WORDS = re.compile(r"\s+|\S+")


class Piece(NamedTuple):
    """A run of words: as before (`=`), taken away (`-`) or new (`+`)."""

    sign: str
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """What became of a text, word by word; joined, the pieces without `-` are the new text."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Piece] = []
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Piece("=", "".join(before[a:b])))
            continue
        found += [
            Piece(sign, "".join(words)) for sign, words in (("-", before[a:b]), ("+", after[c:d])) if words
        ]
    return found


def compared(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, list[Piece]]]:
    """Each heading of either version with what became of its text, in the order of the new one."""
    for heading, text in new.items():
        yield heading, difference(old.get(heading, ""), text)
    for heading, text in old.items():
        if heading not in new:
            yield heading, difference(text, "")
