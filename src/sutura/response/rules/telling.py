"""Counts for whoever reads no docket, in steps of five: no sum tells more of a part than the part itself does.

Subtracting is how a small group is found out: two regions told “fewer than five” beside a whole of “at least eight”
are four and four. So a whole is told no higher than its parts allow when one of them is as small as it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sutura.response.rules.clocks import BLUR, blurred


@dataclass(frozen=True)
class Told:
    """What a reader is told of a count, and the most it can be by all that she was told."""

    low: int
    high: int

    @property
    def room(self) -> int:
        """The highest step that may be told of all these together, or of some of them."""
        return blurred(max(0, self.high - BLUR + 1))


def part(count: int) -> Told:
    """A count that no other sums up: its step."""
    low = blurred(count)
    return Told(low, low + BLUR - 1)


def whole(count: int, parts: Sequence[Told]) -> Told:
    """The sum of counts that are told too: its step, unless that would tell more of a part."""
    most = Told(0, sum(each.high for each in parts))
    low = min(blurred(count), most.room)
    return Told(low, min(most.high, low + BLUR - 1) if low < most.room else most.high)


def within(counts: Iterable[int], room: int) -> list[int]:
    """Steps of counts within a told whole, of which none overlaps: together no more than it leaves room for."""
    found = []
    for count in counts:
        found.append(min(blurred(count), room))
        room -= found[-1]
    return found
