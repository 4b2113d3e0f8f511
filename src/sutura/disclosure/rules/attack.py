"""The attack: what the public can work out from the copies it has, by linear programming.

It knows only what is printed, and never how cells were chosen to be hidden: it imports nothing from that code. Every
way in which figures may have moved between two releases is tried as something a reader may believe.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from sutura.disclosure.rules.copies import SMALLEST, Copy, Key
from sutura.disclosure.rules.equations import Frame

ALONE, GROWN, STEADY = "alone", "grown", "steady"
"""Nothing is known of how figures moved; none went down; no more moved than the numbers oblige."""
WIDTH = 4
"""An interval that reaches below five must have this distance between its ends: five numbers at least."""
HIDDEN, IMPLIED, CHANGED = "hidden", "implied", "changed"
EPSILON = 1e-6


@dataclass(frozen=True)
class Target:
    """A sum that nobody may narrow: a hidden cell, a part told apart by several tables, a change between releases."""

    kind: str
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    copy: int = -1
    """Which copy the cell is of; the later one for a change."""
    key: Key | None = None

    def is_safe(self, low: float, high: float) -> bool:
        """Whether an interval lets nobody see a small number in it."""
        first, last = math.ceil(low - EPSILON), math.floor(high + EPSILON)
        if self.kind == HIDDEN:
            return last >= SMALLEST and (first >= SMALLEST or last - first >= WIDTH)
        return last >= SMALLEST or first <= -SMALLEST or first <= 0 <= last


@dataclass(frozen=True)
class Narrowed:
    """A target that the attack narrows, between which ends, by which belief."""

    target: Target
    low: int
    high: int
    belief: str


@dataclass
class Findings:
    """What the attack found, and how much it tried."""

    narrowed: list[Narrowed] = field(default_factory=list)
    targets: int = 0
    programs: int = 0


class Infeasible(Exception):
    """No numbers agree with what is believed: the reader sees that the belief is wrong."""


def attack(frame: Frame) -> Findings:
    """Narrow every hidden cell, every part implied and every change, by every belief."""
    found = Findings()
    for moment in frame.moments:
        _try(frame, targets_of(frame, [moment]), ALONE, [moment], found)
    if len(frame.moments) > 1:
        found.narrowed += _compared(frame)
        _try(frame, list(_changes(frame)), ALONE, frame.moments, found)
        for belief in (GROWN, STEADY):
            _try(frame, targets_of(frame, frame.moments), belief, frame.moments, found)
    return found


def targets_of(frame: Frame, moments: Sequence[str]) -> list[Target]:
    """All that must not be narrowed at these moments."""
    found: dict[tuple[tuple[int, ...], tuple[int, ...]], Target] = {}
    printed = set()
    for index, copy in enumerate(frame.copies):
        if copy.moment in moments:
            for key, value in copy.cells.items():
                cell = tuple(sorted(frame.cell(copy, key)))
                printed.add(cell)
                if value is None:
                    found.setdefault((cell, ()), Target(HIDDEN, cell, copy=index, key=key))
    for part in _parts(frame, moments):
        if part not in printed:
            found.setdefault((part, ()), Target(IMPLIED, part))
    if len(moments) > 1:
        for one in _changes(frame):
            found.setdefault((one.plus, one.minus), one)
    return list(found.values())


def _parts(frame: Frame, moments: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Each part that the tables tell apart, and all types of it."""
    whole: dict[Any, list[int]] = {}
    for (moment, dimension, _kind, time, part), number in frame.unknowns.items():
        if moment in moments:
            whole.setdefault((moment, dimension, time, part), []).append(number)
            yield (number,)
    yield from (tuple(sorted(numbers)) for numbers in whole.values())


def _same(one: Copy, key: Key) -> Any:
    """What makes two cells of two releases the same number at two moments."""
    return one.universe, key, one.types if not key[1] else ()


def _changes(frame: Frame) -> Iterator[Target]:
    """The change of every cell from one release to a later one; printed twice it is plain to see."""
    for first, (index, later), key in _followed(frame):
        if None in (first.cells[key], later.cells[key]):
            plus, minus = frame.cell(later, key), frame.cell(first, key)
            yield Target(CHANGED, tuple(sorted(plus)), tuple(sorted(minus)), index, key)


def _followed(frame: Frame) -> Iterator[tuple[Copy, tuple[int, Copy], Key]]:
    """Each cell of a release with the same one of every release of an earlier moment."""
    seen: dict[Any, list[Copy]] = {}
    for index, copy in sorted(enumerate(frame.copies), key=lambda one: one[1].moment):
        for key in copy.cells:
            known = seen.setdefault(_same(copy, key), [])
            yield from ((before, (index, copy), key) for before in known if before.moment < copy.moment)
            known.append(copy)


def _compared(frame: Frame) -> list[Narrowed]:
    """Changes of one to four between two numbers that are both printed."""
    found = []
    for first, (index, later), key in _followed(frame):
        then, now = first.cells[key], later.cells[key]
        if then is not None and now is not None and 0 < abs(now - then) < SMALLEST:
            plus, minus = tuple(frame.cell(later, key)), tuple(frame.cell(first, key))
            change = Target(CHANGED, plus, minus, index, key)
            found.append(Narrowed(change, now - then, now - then, ALONE))
    return found


def _try(frame: Frame, targets: list[Target], belief: str, moments: Sequence[str], found: Findings) -> None:
    """Narrow these targets by one belief."""
    if not targets:
        return
    try:
        reader = Reader(frame, belief, moments)
        found.narrowed += reader.narrow(targets)
    except Infeasible:
        if belief == ALONE:
            raise
    else:
        found.programs += reader.programs
    found.targets += len(targets)


class Reader:
    """Somebody with all the copies of some moments, one belief, and a solver."""

    def __init__(self, frame: Frame, belief: str, moments: Sequence[str]) -> None:
        self.frame, self.belief, self.moments, self.programs = frame, belief, moments, 0
        nothing = frame.nothing()
        self.numbers = [
            number
            for unknown, number in frame.unknowns.items()
            if unknown[0] in moments and number not in nothing
        ]
        self.place = {number: index for index, number in enumerate(self.numbers)}
        self.size = len(self.numbers)
        self.equal, self.least = _Rows(), _Rows()
        most = 10 * max(self._printed(), default=0) + 1000
        self.bounds: list[tuple[int, int | None]] = [(0, most)] * self.size
        self._read()
        if belief == GROWN:
            for before, after in self._pairs():
                self.least.add(after, before, 0)
        elif belief == STEADY:
            self._hold_still()

    def _printed(self) -> Iterator[int]:
        for copy in self.frame.copies:
            yield from (value for value in copy.cells.values() if value is not None)

    def _read(self) -> None:
        """What the copies say: parts are the whole, printed cells are their number, a listed row is not empty."""
        for parts, whole in self.frame.links:
            self.equal.add(self._at(parts), self._at([whole]), 0)
        for copy in self.frame.copies:
            if copy.moment not in self.moments:
                continue
            for key, value in copy.cells.items():
                if value is not None:
                    self.equal.add(self._at(self.frame.cell(copy, key)), [], value)
            if copy.listed:
                for row in copy.rows:
                    self.least.add(self._at(self.frame.cell(copy, (row, ""))), [], 1)

    def _at(self, numbers: Iterable[int]) -> list[int]:
        """Where the unknowns are; what is known to be nothing is nowhere."""
        return [self.place[number] for number in numbers if number in self.place]

    def _pairs(self) -> Iterator[tuple[list[int], list[int]]]:
        """Each unknown at one moment and at the next, where it is not known to be nothing."""
        unknowns = self.frame.unknowns
        for before, after in pairwise(self.moments):
            for unknown, number in unknowns.items():
                if unknown[0] == before:
                    pair = self._at([number]), self._at([unknowns[after, *unknown[1:]]])
                    if any(pair):
                        yield pair

    def _hold_still(self) -> None:
        """Find how much the printed numbers oblige to have moved, and believe that no more did."""
        moved = []
        for before, after in list(self._pairs()):
            up, down = self.size, self.size + 1
            self.size += 2
            self.bounds += [(0, None), (0, None)]
            self.equal.add([*after, down], [*before, up], 0)
            moved += [up, down]
        least = self._solve(self._vector(moved, []))
        amount = float(least[moved].sum())
        self.least.add([], moved, -(amount + EPSILON))

    def _vector(self, plus: Sequence[int], minus: Sequence[int]) -> Any:
        found = np.zeros(self.size)
        np.add.at(found, list(plus), 1.0)
        np.add.at(found, list(minus), -1.0)
        return found

    def _solve(self, costs: Any) -> Any:
        """The numbers of least cost that agree with everything."""
        from scipy.optimize import linprog  # takes half a second to load: not at the start of every command

        self.programs += 1
        if not self.size:
            return costs
        left, right = self.equal.matrix(self.size)
        over, under = self.least.matrix(self.size)
        answer = linprog(
            costs, A_eq=left, b_eq=right, A_ub=-over, b_ub=-under, bounds=self.bounds, method="highs"
        )
        if answer.status == 2:
            raise Infeasible
        if answer.status != 0:
            raise ArithmeticError(answer.message)
        return answer.x

    def narrow(self, targets: Sequence[Target]) -> list[Narrowed]:
        """Targets that this reader narrows. Numbers found for one show how far others may go."""
        sums = _Rows()
        for target in targets:
            sums.add(self._at(target.plus), self._at(target.minus), 0)
        matrix, _zeros = sums.matrix(self.size)
        low, high = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)

        def look(costs: Any) -> None:
            seen = matrix @ self._solve(costs)
            np.minimum(low, seen, out=low)
            np.maximum(high, seen, out=high)

        everything = np.asarray(matrix.sum(axis=0)).ravel()
        look(-everything)
        look(everything)
        narrowed = []
        for index, target in enumerate(targets):
            for sign in (-1, 1):
                if not target.is_safe(low[index], high[index]):
                    look(sign * self._vector(self._at(target.plus), self._at(target.minus)))
            if not target.is_safe(low[index], high[index]):
                first, last = math.ceil(low[index] - EPSILON), math.floor(high[index] + EPSILON)
                narrowed.append(Narrowed(target, first, last, self.belief))
        return narrowed


class _Rows:
    """Rows of a system: unknowns added, unknowns taken away, and what is left."""

    def __init__(self) -> None:
        self.entries: list[tuple[int, int, float]] = []
        self.values: list[float] = []
        self.made: tuple[Any, Any] | None = None

    def add(self, plus: Sequence[int], minus: Sequence[int], value: float) -> None:
        """One more row."""
        number = len(self.values)
        self.entries += [(number, index, 1.0) for index in plus]
        self.entries += [(number, index, -1.0) for index in minus]
        self.values.append(value)

    def matrix(self, size: int) -> tuple[Any, Any]:
        """The rows as a sparse matrix and a vector, made once for all that is asked of them."""
        from scipy.sparse import csr_array

        made = (len(self.values), size)
        if self.made is None or self.made[0].shape != made:
            rows, columns, signs = zip(*self.entries, strict=True) if self.entries else ((), (), ())
            self.made = csr_array((signs, (rows, columns)), shape=made), np.array(self.values)
        return self.made
