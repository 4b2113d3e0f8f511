"""A table made safe: hide, attack, and hide more where the attack finds something; or say that it cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sutura.disclosure.rules.attack import Findings, Infeasible, Narrowed, attack
from sutura.disclosure.rules.copies import Copy, Fact, Key
from sutura.disclosure.rules.equations import Frame, Time
from sutura.disclosure.rules.suppression import Suppressor, primary


class Unsafe(Exception):
    """No way was found to hide what must be hidden: the table is not published."""

    def __init__(self, narrowed: Sequence[Narrowed] = ()) -> None:
        super().__init__()
        self.narrowed = list(narrowed)


@dataclass(frozen=True)
class Safe:
    """A copy that passed, and what it took."""

    copy: Copy
    small: frozenset[Key]
    """Hidden for their own sake; the rest is hidden to protect them."""
    findings: Findings


def release(
    new: Copy,
    *,
    earlier: Sequence[Copy],
    places: Sequence[Mapping[str, str]],
    times: Sequence[Time],
    facts: Mapping[str, Iterable[Fact]],
) -> Safe:
    """Make a table safe beside all earlier copies; `facts` are those of every moment."""
    kept = {moment: list(many) for moment, many in facts.items()}
    full = Frame([*earlier, new], places, times)
    small = frozenset(primary(new, earlier))
    hider = Suppressor(full, len(earlier), full.truth(kept), set(small))
    extra: list[tuple[int, ...]] = []
    before: set[Key] | None = None
    while True:
        copy = new.without(hider.protect(extra))
        try:
            found = attack(Frame([*earlier, copy], places, times))
        except Infeasible as error:
            raise Unsafe from error
        if not found.narrowed:
            return Safe(copy, small, found)
        if before == hider.hidden:
            raise Unsafe(found.narrowed)  # nothing more was found to hide
        before = set(hider.hidden)
        extra = widen(hider, found.narrowed, len(earlier))


def widen(hider: Suppressor, narrowed: Sequence[Narrowed], index: int) -> list[tuple[int, ...]]:
    """What must be able to move in the next round; a changed number that shows is hidden itself."""
    for one in narrowed:
        if one.target.copy == index and one.target.key is not None:
            hider.hidden.add(one.target.key)
    return [one.target.plus for one in narrowed]
