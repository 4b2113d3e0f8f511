"""What a cell of the map says: served, to verify again, no service, no answer, or not assessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

SERVED, STALE, NONE, NO_ANSWER, NOT_ASSESSED = "served", "stale", "none", "no_answer", "not_assessed"


class Seen(NamedTuple):
    """One service as the map counts it: where it stands, where else it works, its layers, whose, how it is."""

    row: str
    elsewhere: tuple[str, ...]
    layers: tuple[str, ...]
    organisation: int
    works: bool = True
    fresh: bool = True
    ends_soon: bool = False
    for_children: bool = True


class Round(NamedTuple):
    """A mapping round, as the gap analysis needs it: which rows it asked about, and whether all answered."""

    rows: Collection[str]
    awaited: int


@dataclass
class Cell:
    """Services of a row and a layer: how many stand there, how many reach it from elsewhere, and whose."""

    services: int = 0
    reaching: int = 0
    working: int = 0
    lasting: int = 0
    with_children: int = 0
    organisations: set[int] = field(default_factory=set)


Cells = Mapping[tuple[str, str], Cell]


def counted(seen: Iterable[Seen]) -> dict[tuple[str, str], Cell]:
    """Cells by row and layer. A service of two layers stands in two cells; a row's own total is `totals`."""
    found: defaultdict[tuple[str, str], Cell] = defaultdict(Cell)
    for one in seen:
        for layer in one.layers or ("",):
            for row in {one.row, *one.elsewhere}:
                cell = found[row, layer]
                cell.services += row == one.row
                cell.reaching += row != one.row
                cell.working += one.works and one.fresh
                cell.lasting += one.works and one.fresh and not one.ends_soon
                cell.with_children += one.works and one.fresh and one.for_children
                cell.organisations.add(one.organisation)
    return dict(found)


def totals(seen: Iterable[Seen]) -> dict[str, int]:
    """Services by row, each once, where it stands: their sum is the same under any division of the country."""
    found: defaultdict[str, int] = defaultdict(int)
    for one in seen:
        found[one.row] += 1
    return dict(found)


def verdict(cell: Cell | None, rounds: Iterable[Round], row: str) -> str:
    """What an empty cell means: silence of organisations and of the map itself is not the absence of a service."""
    if cell and cell.working:
        return SERVED
    if cell and (cell.services or cell.reaching):
        return STALE
    asked = [each for each in rounds if row in each.rows]
    if not asked:
        return NOT_ASSESSED
    return NO_ANSWER if any(each.awaited for each in asked) else NONE


class Twin(NamedTuple):
    """The same activity at the same place by several organisations: to be talked about, never settled by a machine."""

    place: str
    code: str
    services: tuple[int, ...]


def twins(rows: Iterable[tuple[int, str, int, Iterable[str]]]) -> list[Twin]:
    """Pairs of place and code with two organisations or more. `rows`: service, place, organisation, codes."""
    met: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for service, place, organisation, codes in rows:
        for code in codes:
            met[place, code].append((organisation, service))
    return [
        Twin(place, code, tuple(service for _whose, service in sorted(found)))
        for (place, code), found in sorted(met.items())
        if len({whose for whose, _service in found}) > 1
    ]
