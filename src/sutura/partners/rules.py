"""Organisations, compared: pure functions."""

from __future__ import annotations

from collections.abc import Mapping

from sutura.places.rules import plain


def key(name: str) -> str:
    """What two spellings of one name share: no case, no accents, no punctuation."""
    return plain(name).replace(" ", "")


def goes_round(own: int, parent: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether an organisation, or a body, would stand under itself if `parent` became its parent."""
    seen = {own}
    while parent is not None:
        if parent in seen:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False
