"""Why did this number change? Every violation that entered, left or moved, and what it changed, to the unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sutura.ledger.rules import PERSON_TYPES, LineFacts
from sutura.reporting.rules.addresses import COLUMNS, addresses_of
from sutura.reporting.rules.counting import BLOCK_APART, Linked, block_of, linked_of, once
from sutura.reporting.rules.periods import Period

ENTERED, LEFT, MOVED = "entered", "left", "moved"
Lines = Mapping[UUID, Sequence[LineFacts]]
Placed = list[tuple[str, LineFacts]]


@dataclass(frozen=True, slots=True)
class Change:
    """What one violation changed in a report: its lines in blocks before and after, and the deltas by address."""

    violation: UUID
    kind: str
    before: tuple[tuple[str, LineFacts], ...]
    after: tuple[tuple[str, LineFacts], ...]
    deltas: dict[str, int]


def changes(
    before: Lines, after: Lines, period: Period, geography: str, order: Mapping[UUID, int] | None = None
) -> list[Change]:
    """Explain the difference between two states of the ledger for one report.

    The deltas of all changes sum exactly to the difference of the figures. Violations are taken in the order
    given (the number of their last posting): a child who is counted once is lost or won by the violation
    that comes last.
    """
    placed_before = {ref: _placed(lines, period) for ref, lines in before.items()}
    placed_after = {ref: _placed(lines, period) for ref, lines in after.items()}
    changed = [
        ref
        for ref in placed_before.keys() | placed_after.keys()
        if Counter(placed_before.get(ref, ())) != Counter(placed_after.get(ref, ()))
    ]
    steps = order or {}
    state = _Children(placed_before)
    found = []
    for ref in sorted(changed, key=lambda one: (steps.get(one, 0), one.hex)):
        old, new = placed_before.get(ref, []), placed_after.get(ref, [])
        deltas = _additive(new, geography)
        deltas.subtract(_additive(old, geography))
        deltas.update(state.swap(ref, new))
        kept = {path: delta for path, delta in sorted(deltas.items()) if delta}
        if kept:
            kind = ENTERED if not old else LEFT if not new else MOVED
            found.append(Change(ref, kind, tuple(old), tuple(new), kept))
    return found


def total(found: Iterable[Change]) -> dict[str, int]:
    """Sum the deltas of changes by address; what comes to nothing is left out."""
    deltas: Counter[str] = Counter()
    for change in found:
        deltas.update(change.deltas)
    return {path: delta for path, delta in sorted(deltas.items()) if delta}


def difference(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """Subtract two sets of numbers by address; what is equal is left out."""
    return {
        path: after.get(path, 0) - before.get(path, 0)
        for path in sorted(before.keys() | after.keys())
        if after.get(path, 0) != before.get(path, 0)
    }


def _placed(lines: Sequence[LineFacts], period: Period) -> Placed:
    return [(block, facts) for facts in lines if (block := block_of(facts, period))]


def _additive(placed: Placed, geography: str) -> Counter[str]:
    deltas: Counter[str] = Counter()
    for block, facts in placed:
        for path in addresses_of(block, facts, geography):
            deltas[path] += facts.count
        if block != BLOCK_APART and facts.type in PERSON_TYPES and not facts.child_key:
            deltas.update(_children_paths(block, Counter({facts.sex: facts.count}), 0))
    return deltas


def _children_paths(block: str, sexes: Counter[str], multiple: int) -> Counter[str]:
    paths = Counter({f"{block}/totals/{name}": sexes[sex] for name, sex in COLUMNS.items()})
    paths[f"{block}/totals/children"] = sexes.total()
    paths[f"{block}/totals/children_multiple"] = multiple
    return paths


class _Children:
    """The named children of each block, violation by violation, while violations are swapped one at a time."""

    def __init__(self, placed: Mapping[UUID, Placed]) -> None:
        self.links: defaultdict[tuple[str, str], dict[UUID, list[Linked]]] = defaultdict(dict)
        self.keys: defaultdict[UUID, set[tuple[str, str]]] = defaultdict(set)
        for ref, lines in placed.items():
            self._link(ref, lines)

    def swap(self, ref: UUID, new: Placed) -> Counter[str]:
        """Put the new lines of a violation in place of its old ones; say what that does to children."""
        touched = self.keys.pop(ref, set()) | set(_keys(new))
        deltas: Counter[str] = Counter()
        for key in touched:
            deltas.subtract(self._count(key))
            self.links[key].pop(ref, None)
        self._link(ref, new)
        for key in touched:
            deltas.update(self._count(key))
        return deltas

    def _link(self, ref: UUID, lines: Placed) -> None:
        for block, facts in lines:
            if block != BLOCK_APART and facts.child_key and facts.type in PERSON_TYPES:
                links = self.links[block, facts.child_key].setdefault(ref, [])
                links.append(linked_of(block, ref, facts))
                self.keys[ref].add((block, facts.child_key))

    def _count(self, key: tuple[str, str]) -> Counter[str]:
        links = [one for many in self.links[key].values() for one in many]
        if not links:
            return Counter()
        found = once(links)
        return _children_paths(key[0], found.sexes, found.multiple)


def _keys(lines: Placed) -> Iterable[tuple[str, str]]:
    return [(block, facts.child_key) for block, facts in lines if facts.child_key]
