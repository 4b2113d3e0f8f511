"""A second reader of published tables, written for the tests alone: it knows the numbers printed, and shares no code.

Where the product's attack works with the margins that tables share, this one lists every smallest cell of the whole
cross product (place, type, party, sex, age, quarter) and asks for whole numbers.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from sutura.disclosure.rules.copies import Copy

PLACES = ("region", "region_2023", "cercle")
MOST = 1000


def intervals(copies: list[Copy], places: list[dict[str, str]]) -> list[tuple[int, int]]:
    """From what to what each hidden cell of these tables of one universe and moment can be, in whole numbers."""
    others = sorted({level for copy in copies for level, _code in copy.rows} - set(PLACES))
    codes = {
        level: sorted({code for copy in copies for one, code in copy.rows if one == level})
        for level in others
    }
    types = sorted({kind for copy in copies for kind in copy.types})
    cells = [
        place | dict(zip(others, labels, strict=True)) | {"type": kind}
        for place in places
        for kind in types
        for labels in product(*(codes[level] for level in others))
    ]
    rows, values, hidden = [np.zeros(len(cells))], [0], []
    for copy in copies:
        for ((level, code), kind), value in copy.cells.items():
            inside = [
                (not level or cell[level] == code)
                and (cell["type"] == kind if kind else cell["type"] in copy.types)
                for cell in cells
            ]
            if value is None:
                hidden.append(np.array(inside, dtype=float))
            else:
                rows.append(np.array(inside, dtype=float))
                values.append(value)
    rules = LinearConstraint(np.array(rows), values, values)
    return [(round(_end(row, rules, 1)), round(-_end(row, rules, -1))) for row in hidden]


def _end(row: np.ndarray, rules: LinearConstraint, sign: int) -> float:
    found = milp(sign * row, constraints=rules, integrality=np.ones(len(row)), bounds=Bounds(0, MOST))
    assert found.x is not None, found.message
    return float(found.fun)
