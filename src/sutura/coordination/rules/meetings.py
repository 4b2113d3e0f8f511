"""Meetings: which act follows which state, and what two people made of one text. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Step(NamedTuple):
    """An act on a meeting: from which states it is possible, and the state it leads to; none when it stays."""

    before: frozenset[str]
    after: str


TO_COME = frozenset({"planned", "called", "published", "postponed"})
STEPS: dict[str, Step] = {
    "call": Step(frozenset({"planned", "postponed"}), "called"),
    "publish": Step(TO_COME - {"published"}, "published"),
    "postpone": Step(TO_COME, "postponed"),
    "cancel": Step(TO_COME, "cancelled"),
    "convene": Step(TO_COME, ""),
    "hold": Step(TO_COME, "held"),
    "review": Step(frozenset({"held"}), "review"),
    "validate": Step(frozenset({"held", "review"}), "validated"),
    "send": Step(frozenset({"validated"}), "sent"),
}
WRITING = frozenset({"held", "review"})
"""States in which the minutes may still be changed."""


def possible(act: str, state: str) -> bool:
    """Whether an act can be done on a meeting in this state."""
    return state in STEPS[act].before


class Clash(NamedTuple):
    """A field which two people changed at the same time, in two ways."""

    field: str
    theirs: str
    mine: str


def merged(
    base: Mapping[str, str], theirs: Mapping[str, str], mine: Mapping[str, str]
) -> tuple[dict[str, str], list[Clash]]:
    """What two people made of the same text, field by field: what both agree on, and where they clash.

    A field which only one of them changed is that one's; one which both changed in the same way is no clash.
    """
    agreed: dict[str, str] = {}
    clashes: list[Clash] = []
    for field, said in mine.items():
        if said == base[field] or said == theirs[field]:
            agreed[field] = theirs[field]
        elif theirs[field] == base[field]:
            agreed[field] = said
        else:
            clashes.append(Clash(field, theirs[field], said))
    return agreed, clashes
