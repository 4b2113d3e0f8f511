"""What an empty cell of the map means, by layer or by theme, and the map of Mali with a pyramid for each region."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.mhpss.models import Campaign
from sutura.mhpss.pages.matrix import REFORM, Grid, division_tabs, drill
from sutura.mhpss.pictures import legend, pattern, pyramid
from sutura.mhpss.rules import coverage
from sutura.mhpss.rules.coverage import Cell, Round
from sutura.places.choices import Edition
from sutura.places.map import marked


def gaps(user: Any, query: QueryDict) -> dict[str, Any]:
    """The page of gaps by layer: what an empty cell means, and which full cells will soon be empty."""
    grid = Grid(user, query)
    rows = list(_rows(grid))
    return _page(grid, rows) | {
        "map": None if grid.unit else _map(grid, rows),
        "legend": legend(grid.layers),
    }


def themes(user: Any, query: QueryDict) -> dict[str, Any]:
    """The page of themes: which region has anybody for addiction, for the prevention of suicide, and so on."""
    grid = Grid(user, query, by="theme")
    rows = list(_rows(grid))
    heads = [
        {"label": label, "url": grid.list_url(layer=code), "services": sum(code in one.layers for one in grid.seen),
         "organisations": len({one.organisation for one in grid.seen if code in one.layers})}
        for code, label in grid.layers
    ]  # fmt: skip
    return _page(grid, rows) | {"heads": heads}


def _page(grid: Grid, rows: list[dict[str, Any]]) -> dict[str, Any]:
    states = [cell["state"] for row in rows for cell in row["cells"]]
    return {
        "grid": grid,
        "columns": [label for _layer, label in grid.layers],
        "rows": rows,
        "counts": {state: states.count(state) for state in set(states)},
        "total": len(grid.seen),
        "tabs": division_tabs(grid.edition),
        "reviews": may(grid.user, "mhpss.review"),
    }


def _rows(grid: Grid) -> Iterable[dict[str, Any]]:
    cells, totals, rounds = coverage.counted(grid.seen), coverage.totals(grid.seen), list(_rounds(grid))
    for code, name in grid.rows():
        if code:
            yield {
                "code": code, "label": name, "url": drill(grid, code), "total": totals.get(code, 0),
                "cells": [_gap(grid, cells.get((code, layer)), rounds, code, layer) for layer, _label in grid.layers],
            }  # fmt: skip


def _map(grid: Grid, rows: list[dict[str, Any]]) -> Any:
    """A pyramid at the place of each region, each of its steps a layer."""
    geography = Edition.REFORM_2023 if grid.edition == REFORM else Edition.COD_2021
    return marked(
        {row["code"]: pyramid([cell["state"] for cell in row["cells"]]) for row in rows},
        geography=geography, links={row["code"]: row["url"] for row in rows},
        words={row["code"]: row["label"] for row in rows}, defs=pattern(), title=_("Layers of care in each region"),
    )  # fmt: skip


def _rounds(grid: Grid) -> Iterable[Round]:
    """Rounds recent enough to count, with the rows that they asked about and how many have not answered."""
    found = Campaign.objects.visible_to(grid.user).counting(grid.today, settings.SUTURA_SERVICE_STALE_DAYS)
    for campaign in found.with_awaited():
        asked = set(campaign.cercles.split())
        units = [
            unit for unit in grid.register.units.values()
            if unit.level == 2 and unit.region == campaign.region and (not asked or unit.code in asked)
        ]  # fmt: skip
        if grid.unit is None and asked:
            continue  # a round in some cercles tells nothing of a whole region
        yield Round({grid.row_of(unit) for unit in units}, campaign.awaited)  # type: ignore[attr-defined]


def _gap(grid: Grid, cell: Cell | None, rounds: list[Round], row: str, layer: str) -> dict[str, Any]:
    state = coverage.verdict(cell, rounds, row)
    found: dict[str, Any] = {"state": state, "url": grid.list_url(row, layer)}
    if cell and state == coverage.SERVED:
        found |= {"count": cell.working, "ending": not cell.lasting, "children": bool(cell.with_children)}
    elif cell:
        found["count"] = cell.services + cell.reaching
    else:
        found["awaited"] = sum(each.awaited for each in rounds if row in each.rows)
    return found
