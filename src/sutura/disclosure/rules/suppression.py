"""Which cells of a table are hidden: the small ones, and others so that the small ones cannot be worked out.

For each small number another table is looked for that agrees with everything printed and in which it is large: the
cheapest such table, by linear programming, says which cells must be hidden too (after Kelly, Golden and Assad, 1992).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sutura.disclosure.rules.copies import SMALLEST, TOTAL, Copy, Key
from sutura.disclosure.rules.equations import Frame

ROOM = 4
"""A hidden number must be able to be larger by this, and reach five."""
ZERO_COST, MARGIN_COST, TOTAL_COST = 6.0, 40.0, 400.0
TOLERANCE = 1e-6


class Exposed(Exception):
    """What is printed already gives this number away: no cell of this table can hide it."""


def primary(new: Copy, earlier: Sequence[Copy]) -> set[Key]:
    """Cells hidden for their own sake: counts of 1 to 4, changes of 1 to 4, and what was hidden before.

    A nought stays: it says of nobody that something happened.
    """
    found = {key for key, value in new.cells.items() if 0 < (value or 0) < SMALLEST}
    for copy in earlier:
        if copy.universe != new.universe:
            continue
        for key in new.cells.keys() & copy.cells.keys():
            if copy.types != new.types and not key[1]:
                continue
            then, now = copy.cells[key], new.cells[key]
            if then is None or 0 < abs((now or 0) - then) < SMALLEST:
                found.add(key)
    return found


@dataclass
class Suppressor:
    """Hides cells of one table; the earlier ones are printed and stay as they are."""

    frame: Frame
    index: int
    """Which copy of the frame is the new one; it has all its numbers."""
    truth: Mapping[int, int]
    hidden: set[Key]
    moves: list[Any] = field(default_factory=list)
    """Other tables found already, as differences from the true one: each still agrees when more is hidden."""

    def __post_init__(self) -> None:
        self.new = self.frame.copies[self.index]
        unknowns = self.frame.unknowns
        self.numbers = [number for unknown, number in unknowns.items() if unknown[0] == self.new.moment]
        self.place = {number: at for at, number in enumerate(self.numbers)}
        shape = [unknown[1:] for unknown in unknowns if unknown[0] == self.new.moment]
        self.twins = {
            unknowns[moment, *rest]: at for moment in self.frame.moments for at, rest in enumerate(shape)
        }
        self.cells = {key: self._at(self.frame.cell(self.new, key)) for key in self.new.cells}

    def _at(self, numbers: Collection[int]) -> list[int]:
        return [self.twins[number] for number in numbers]

    def protect(self, extra: Collection[tuple[int, ...]] = ()) -> set[Key]:
        """Hide until every small number could be large; `extra` are sums that must be able to move too."""
        for sum_ in extra:
            self._make_room(self._at(sum_), max(SMALLEST - self._value(sum_), ROOM))
        done: set[Key] = set()
        while waiting := sorted(self._small() - done):
            for key in waiting:
                self._make_room(self.cells[key], max(SMALLEST - (self.new.cells[key] or 0), ROOM))
            done |= set(waiting)
        return self.hidden

    def _value(self, numbers: Collection[int]) -> int:
        return sum(self.truth[number] for number in numbers)

    def _small(self) -> set[Key]:
        return {key for key in self.hidden if (self.new.cells[key] or 0) < SMALLEST}

    def _make_room(self, cell: list[int], need: int) -> None:
        """Let a number be larger by `need`: at every moment alike where that can be, else at this one."""
        if any(sum(move[at] for at in cell) >= need - TOLERANCE for move in self.moves):
            return
        for moments in (self.frame.moments, [self.new.moment]):
            move = self._cheapest(cell, need, moments)
            if move is not None:
                self.moves.append(move)
                for key, numbers in self.cells.items():
                    if abs(sum(move[at] for at in numbers)) > TOLERANCE:
                        self.hidden.add(key)
                return
        raise Exposed

    def _cheapest(self, cell: list[int], need: int, moments: Sequence[str]) -> Any:
        """The difference to another table that agrees with all that is printed, of least cost; None without one."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array

        size, keys = len(self.numbers), sorted(self.cells)
        rows: list[list[tuple[int, float]]] = [[(at, 1.0) for at in one] for one in self._still(moments)]
        rows += [
            [*((at, 1.0) for at in self._at(parts)), (self.twins[whole], -1.0)]
            for parts, whole in self.frame.links()
            if whole in self.place
        ]
        right = [0.0] * len(rows)
        for column, key in enumerate(keys):
            up, down = size + 2 * column, size + 2 * column + 1
            rows.append([*((at, 1.0) for at in self.cells[key]), (up, -1.0), (down, 1.0)])
            right.append(0.0)
        rows.append([(at, 1.0) for at in cell])
        right.append(float(need))
        entries = [(row, column, sign) for row, many in enumerate(rows) for column, sign in many]
        which, columns, signs = zip(*entries, strict=True)
        matrix = csr_array((signs, (which, columns)), shape=(len(rows), size + 2 * len(keys)))
        costs = [0.0] * size + [cost for key in keys for cost in 2 * [self._cost(key)]]
        bounds = [*self._bounds(moments), *[(0, None)] * (2 * len(keys))]
        answer = linprog(costs, A_eq=matrix, b_eq=right, bounds=bounds, method="highs")
        return np.asarray(answer.x[:size]) if answer.status == 0 else None

    def _still(self, moments: Sequence[str]) -> Iterator[list[int]]:
        """Sums that other copies print."""
        for index, copy in enumerate(self.frame.copies):
            if index != self.index and copy.moment in moments:
                for key, value in copy.cells.items():
                    if value is not None:
                        yield self._at(self.frame.cell(copy, key))

    def _bounds(self, moments: Sequence[str]) -> list[tuple[float, float | None]]:
        """No number may fall below nothing, at any of the moments; what a copy has no row for stays nothing."""
        lowest: list[float] = [np.inf] * len(self.numbers)
        empty = self.frame.empty()
        fixed = set()
        for unknown, number in self.frame.unknowns.items():
            if unknown[0] in moments:
                at = self.twins[number]
                lowest[at] = min(lowest[at], self.truth[number])
                if number in empty:
                    fixed.add(at)
        return [(-low, 0 if at in fixed else None) for at, low in enumerate(lowest)]

    def _cost(self, key: Key) -> float:
        """What it costs readers to lose a cell, for each unit that it moves."""
        if key in self.hidden:
            return 0.0
        (row, kind), value = key, self.new.cells[key] or 0
        if row == TOTAL and not kind:
            return TOTAL_COST
        if row == TOTAL or not kind:
            return MARGIN_COST
        return float(np.log2(2 + value)) if value else ZERO_COST
