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
Bound = tuple[float, float | None]


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


@dataclass(frozen=True)
class _World:
    """Rows that a difference keeps at nothing, the columns that may move, and how far."""

    rows: Any
    kept: Any
    bounds: list[Bound]


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
    worlds: dict[tuple[str, ...], _World] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.new = self.frame.copies[self.index]
        unknowns = self.frame.unknowns
        self.numbers = [number for unknown, number in unknowns.items() if unknown[0] == self.new.moment]
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
            value = self._value(sum_)
            self._make_room(self._at(sum_), value) or self._make_room(self._at(sum_), value, fall=True)
        done: set[Key] = set()
        while waiting := sorted(self._small() - done):
            for key in waiting:
                self._make_room(self.cells[key], self.new.cells[key] or 0)
            done |= set(waiting)
        return self.hidden

    def _value(self, numbers: Collection[int]) -> int:
        return sum(self.truth[number] for number in numbers)

    def _small(self) -> set[Key]:
        return {key for key in self.hidden if (self.new.cells[key] or 0) < SMALLEST}

    def _make_room(self, cell: list[int], value: int, *, fall: bool = False) -> bool:
        """Let a number be large, or fall to nothing: at every moment alike where that can be, else at this one.

        False when what is printed already gives the number away; whether it matters is for the attack to say.
        """
        needs = (
            [-value]
            if fall
            else sorted({max(SMALLEST - value, ROOM), max(SMALLEST - value, 1)}, reverse=True)
        )
        for need in needs:
            if any(_reaches(float(sum(move[at] for at in cell)), need) for move in self.moves):
                return True
            for moments in (self.frame.moments, [self.new.moment]):
                move = self._cheapest(cell, need, moments)
                if move is not None:
                    self._hide_what_moves(move)
                    return True
        return False

    def _hide_what_moves(self, move: Any) -> None:
        self.moves.append(move)
        for key, numbers in self.cells.items():
            if abs(sum(move[at] for at in numbers)) > TOLERANCE:
                self.hidden.add(key)

    def _cheapest(self, cell: list[int], need: int, moments: Sequence[str]) -> Any:
        """The difference to another table that agrees with all that is printed, of least cost; None without one."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array, vstack

        world, size = self._world(tuple(moments)), len(self.numbers)
        wanted, costs = np.zeros((1, size + 2 * len(self.cells))), np.zeros(size + 2 * len(self.cells))
        wanted[0, cell] = 1
        costs[size:] = np.repeat([self._cost(key) for key in sorted(self.cells)], 2)
        answer = linprog(
            costs[world.kept],
            A_eq=vstack([world.rows, csr_array(wanted[:, world.kept])], format="csr"),
            b_eq=np.append(np.zeros(world.rows.shape[0]), need),
            bounds=world.bounds,
            method="highs",
        )
        if answer.status != 0:
            return None
        found = np.zeros(size + 2 * len(self.cells))
        found[world.kept] = answer.x
        return found[:size]

    def _world(self, moments: tuple[str, ...]) -> _World:
        """What differences obey when they are the same at these moments."""
        if moments not in self.worlds:
            from scipy.sparse import csr_array

            size, rows = len(self.numbers), list(self._rows(moments))
            entries = [(row, column, sign) for row, many in enumerate(rows) for column, sign in many]
            which, columns, signs = zip(*entries, strict=True)
            matrix = csr_array((signs, (which, columns)), shape=(len(rows), size + 2 * len(self.cells)))
            lowest, fixed = self._lowest(moments)
            kept = np.array([at for at in range(matrix.shape[1]) if at not in fixed], dtype=int)
            bounds: list[Bound] = [(-lowest[at] if at < size else 0, None) for at in kept]
            self.worlds[moments] = _World(matrix[:, kept], kept, bounds)
        return self.worlds[moments]

    def _rows(self, moments: tuple[str, ...]) -> Iterator[list[tuple[int, float]]]:
        """Sums that stay nothing: what other copies print, parts against the whole, our cells against their move."""
        for index, copy in enumerate(self.frame.copies):
            if index != self.index and copy.moment in moments:
                for key, value in copy.cells.items():
                    if value is not None:
                        yield [(at, 1.0) for at in self._at(self.frame.cell(copy, key))]
        own = set(self.numbers)
        for parts, whole in self.frame.links:
            if whole in own:
                yield [*((at, 1.0) for at in self._at(parts)), (self.twins[whole], -1.0)]
        for column, key in enumerate(sorted(self.cells)):
            up = len(self.numbers) + 2 * column
            yield [*((at, 1.0) for at in self.cells[key]), (up, -1.0), (up + 1, 1.0)]

    def _lowest(self, moments: tuple[str, ...]) -> tuple[list[float], set[int]]:
        """How far each number may fall at all of the moments, and those that are printed to be nothing."""
        lowest: list[float] = [np.inf] * len(self.numbers)
        fixed, nothing = set(), self.frame.nothing(but=self.index)
        for unknown, number in self.frame.unknowns.items():
            if unknown[0] in moments:
                at = self.twins[number]
                lowest[at] = min(lowest[at], self.truth[number])
                if number in nothing:
                    fixed.add(at)
        return lowest, fixed

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


def _reaches(moved: float, need: int) -> bool:
    """Whether a number moved as far as it must, up or down."""
    return moved >= need - TOLERANCE if need > 0 else moved <= need + TOLERANCE
