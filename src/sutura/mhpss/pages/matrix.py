"""The matrix: region (or cercle) × layer × organisation. Five statements, at five services as at five thousand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind, Working
from sutura.mhpss.models import Service
from sutura.mhpss.querysets import READ
from sutura.mhpss.rules import coverage, freshness
from sutura.mhpss.rules.coverage import Cell, Seen
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.places.resolver import Register

NAMED = 4  # organisations named in a cell; the cell opens all of them
COD, REFORM = "2021", "2023"
ADULT = 18


class Grid:
    """Rows of places, columns of layers, and the services as one person may see them."""

    def __init__(self, user: Any, query: QueryDict, *, by: str = "layer") -> None:
        self.user, self.today, self.by = user, timezone.localdate(), by
        self.register, self.catalogue = Register.current(), Catalogue()
        self.edition = REFORM if query.get("regions") == REFORM else COD
        self.unit = self._opened(query.get("region", ""))
        known = self.catalogue.of(ListKind.THEME)
        self.theme = known.get(query.get("theme", "")) if by == "layer" else None
        terms = list(known.values()) if by == "theme" else self.catalogue.layers()
        self.layers = [(term.code, str(term)) for term in terms]
        self.columns = [*self.layers, ("LX", _("Cross-cutting")), ("", _("None declared"))]
        self.seen = list(self._read())

    def _opened(self, code: str) -> Unit | None:
        """The region whose cercles are shown, if the address names one that may be read."""
        unit = self.register.by_code.get(code)
        if unit is None or unit.level != 1 or (unit.edition == "cod-ab-2021") == (self.edition == REFORM):
            return None
        return unit if self.edition == REFORM or may(self.user, READ, unit.code) else None

    def row_of(self, unit: Unit) -> str:
        """The row in which a place is counted."""
        if self.unit is not None:
            return unit.cercle or ""
        return unit.region_2023 if self.edition == REFORM else unit.region

    def _read(self) -> Iterable[Seen]:
        stale = settings.SUTURA_SERVICE_STALE_DAYS
        fields = (
            "place_id",
            "coverage",
            f"{self.by}s",
            "organisation_id",
            "working",
            "verified_on",
            "funded_until",
            "min_age",
        )
        found = Service.objects.visible_to(self.user).on_the_map()
        if self.by == "theme":
            found = found.exclude(themes="")
        if self.theme is not None:
            found = found.of_theme(self.theme.code)
        if self.unit is not None:
            key = "place__region_2023" if self.edition == REFORM else "region"
            found = found.filter(**{key: self.unit.code})
        for place, also, layers, whose, works, verified, until, age in found.order_by().values_list(*fields):
            units = [self.register.by_code[code] for code in also.split() if code in self.register.by_code]
            yield Seen(
                self.row_of(self.register.units[place]), tuple({self.row_of(each) for each in units}),
                tuple(layers.split()), whose, works=works in (Working.YES, Working.PARTLY),
                fresh=freshness.level(verified, today=self.today, fresh=stale, stale=stale) != freshness.RED,
                ends_soon=freshness.ends_soon(until, today=self.today), for_children=age is None or age < ADULT,
            )  # fmt: skip

    def rows(self) -> list[tuple[str, str]]:
        """Code and name of each row; the first is what stands in the whole region without a cercle."""
        if self.unit is not None:
            key = "region_2023" if self.edition == REFORM else "region"
            cercles = [
                unit
                for unit in self.register.units.values()
                if unit.level == 2 and getattr(unit, key) == self.unit.code
            ]
            named = sorted(((unit.code, unit.name) for unit in cercles), key=lambda one: one[1])
            known = {code for code, _name in named}
            others = sorted({one.row for one in self.seen} - known - {""})
            return [
                ("", _("The whole region")),
                *named,
                *((code, self.register.by_code[code].name) for code in others),
            ]
        edition = "cod-ab-2021" if self.edition == COD else "reform-2023"
        units = [unit for unit in self.register.units.values() if unit.level == 1 and unit.edition == edition]
        mine = [unit for unit in units if self.edition == REFORM or may(self.user, READ, unit.code)]
        return [(unit.code, unit.name) for unit in sorted(mine, key=lambda unit: unit.code)]

    def list_url(self, row: str = "", layer: str | None = None, **further: str) -> str:
        """The services behind a cell."""
        asked = {"theme": self.theme.code} if self.theme is not None else {}
        if self.edition == REFORM:
            asked["regions"] = REFORM
        if self.unit is not None:
            asked["within" if self.edition == REFORM else "region"] = self.unit.code
            asked |= {"cercle": row} if row else {}
        elif row:
            asked["within" if self.edition == REFORM else "region"] = row
        if layer is not None:
            asked[self.by] = layer or "none"
        return f"{reverse('mhpss:list')}?{urlencode(asked | further)}"


def matrix(user: Any, query: QueryDict) -> dict[str, Any]:
    """The page of the matrix."""
    grid = Grid(user, query)
    cells = coverage.counted(grid.seen)
    totals = coverage.totals(grid.seen)
    named = {each.pk: each for each in Organisation.objects.visible_to(user)}
    rows = [
        {
            "label": name,
            "url": drill(grid, code),
            "total": totals.get(code, 0),
            "total_url": grid.list_url(code),
            "cells": [
                _cell(grid, cells.get((code, layer)), code, layer, named) for layer, _label in grid.columns
            ],
        }
        for code, name in grid.rows()
    ]
    return {
        "grid": grid,
        "columns": [label for _layer, label in grid.columns],
        "rows": [row for row in rows if row["label"] != _("The whole region") or row["total"]],
        "total": len(grid.seen),
        "organisations": len({one.organisation for one in grid.seen}),
        "stale": sum(not one.fresh for one in grid.seen),
        "stale_url": grid.list_url(fresh=freshness.RED),
        "ending": sum(one.ends_soon for one in grid.seen),
        "ending_url": grid.list_url(show="ending"),
        "tabs": division_tabs(grid.edition, theme=grid.theme.code if grid.theme is not None else ""),
        "proposes": may(user, "mhpss.propose"),
        "reviews": may(user, "mhpss.review"),
    }


def division_tabs(edition: str, **more: str) -> list[dict[str, Any]]:
    """The switch between the regions of 2021 and those of the reform; the totals are the same."""
    words = ((COD, _("Regions of 2021")), (REFORM, _("Regions of 2023")))
    kept = {name: value for name, value in more.items() if value}
    return [
        {"label": label, "url": f"?{urlencode({'regions': name} | kept)}", "current": edition == name}
        for name, label in words
    ]


def drill(grid: Grid, code: str) -> str:
    if grid.unit is not None:
        return ""
    theme = {"theme": grid.theme.code} if grid.theme is not None else {}
    return f"?{urlencode({'regions': grid.edition, 'region': code} | theme)}"


def _cell(grid: Grid, cell: Cell | None, row: str, layer: str, named: dict[int, Any]) -> dict[str, Any]:
    if cell is None:
        return {"services": 0}
    names = sorted(named[each].short for each in cell.organisations if each in named)
    return {
        "services": cell.services,
        "reaching": cell.reaching,
        "url": grid.list_url(row, layer),
        "names": names[:NAMED],
        "more": len(names) - NAMED,
        "weak": not cell.working,
    }
