"""What an action plan comes to: what is carried out, late, paid for or not. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

OPEN = frozenset({"planned", "under_way", "suspended"})
WITH_REASON = frozenset({"suspended", "dropped"})
SOUGHT = frozenset({"spotted", "preparing", "submitted"})
"""Stages of a funding lead on which somebody still works."""


@dataclass(frozen=True)
class Standing:
    """One activity as far as it counts; amounts in CFA francs, a budget that nobody worked out is None."""

    state: str
    ends_on: date
    budget: int | None = None
    funded: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is still part of what is to be done: an activity given up is not."""
        return self.state != "dropped"

    @property
    def gap(self) -> int:
        """What its budget lacks; nothing where there is no budget, or once it was given up."""
        return max((self.budget or 0) - self.funded, 0) if self.counts else 0

    def is_late(self, today: date) -> bool:
        """Whether its last day is over and it is not carried out."""
        return self.state in OPEN and self.ends_on < today


@dataclass(frozen=True)
class Sums:
    """What several activities come to. The rate of execution is `done` of `planned`."""

    planned: int
    done: int
    late: int
    dropped: int
    uncosted: int
    budget: int
    funded: int
    gap: int


def sums(standings: Iterable[Standing], today: date) -> Sums:
    """Count the activities; those given up are counted apart, and their money not at all."""
    known = list(standings)
    counted = [each for each in known if each.counts]
    return Sums(
        planned=len(counted),
        done=sum(each.state == "done" for each in counted),
        late=sum(each.is_late(today) for each in counted),
        dropped=len(known) - len(counted),
        uncosted=sum(each.budget is None for each in counted),
        budget=sum(each.budget or 0 for each in counted),
        funded=sum(each.funded for each in counted),
        gap=sum(each.gap for each in counted),
    )


SHOWN: Mapping[str, Callable[[Standing, date], bool]] = {
    "all": lambda each, today: True,
    "planned": lambda each, today: each.counts,
    "done": lambda each, today: each.state == "done",
    "late": lambda each, today: each.is_late(today),
    "open": lambda each, today: each.state in OPEN,
    "gap": lambda each, today: each.gap > 0,
    "funded": lambda each, today: each.counts and each.funded > 0,
    "uncosted": lambda each, today: each.counts and each.budget is None,
    "dropped": lambda each, today: not each.counts,
}
"""The activities behind each number, by its name in the address."""


class Months(NamedTuple):
    """The first day of each month that a stretch of days touches, and the first day after them."""

    firsts: tuple[date, ...]
    after: date


def months(start: date, end: date) -> Months:
    """The months of a timeline; `end` is not before `start`."""
    found, at = [], start.replace(day=1)
    while at <= end:
        found.append(at)
        at = at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
    return Months(tuple(found), at)


def share(day: date, along: Months) -> float:
    """Where the beginning of a day stands on a timeline, in per cent of its width, never outside."""
    whole = (along.after - along.firsts[0]).days
    return min(max(100 * (day - along.firsts[0]).days / whole, 0.0), 100.0)


class Change(NamedTuple):
    """What became of one activity between two versions: `new`, `gone` or `changed`, field by field."""

    number: int
    how: str
    fields: tuple[tuple[str, Any, Any], ...]


def changes(old: Mapping[int, Mapping[str, Any]], new: Mapping[int, Mapping[str, Any]]) -> list[Change]:
    """The activities which differ, by number; those that say the same are left out."""
    found = []
    for number in sorted(old.keys() | new.keys()):
        before, after = old.get(number, {}), new.get(number, {})
        fields = tuple(
            (name, before.get(name), after.get(name))
            for name in (after or before)
            if before.get(name) != after.get(name)
        )
        if fields:
            found.append(Change(number, "new" if not before else "gone" if not after else "changed", fields))
    return found
