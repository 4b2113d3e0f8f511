"""Load the common framework: an indicator already there is left as it is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from sutura.access.rules import require
from sutura.audit.services import keep_all, record
from sutura.indicators.choices import Origin
from sutura.indicators.models import Aim, Definition, Indicator

FOLDER = Path(__file__).parent.parent / "register"
VALID_FROM = date(2022, 7, 15)
OF_INDICATOR = {"code", "aim", "level"}


@transaction.atomic
def load_register(*, by: Any, folder: Path = FOLDER) -> int:
    """Take in the goal, the outcomes and the indicators which are not there yet; how many indicators."""
    require(by, "indicators.write", "")
    known = set(Aim.objects.values_list("code", flat=True))
    aims = [
        Aim(**{**row, "official": row["official"] == "1", "position": place})
        for place, row in enumerate(_rows(folder / "aims.csv"))
        if row["code"] not in known
    ]
    keep_all(Aim, aims, by=by, why="register")
    there = set(Indicator.objects.values_list("code", flat=True))
    rows = [row for row in _rows(folder / "indicators.csv") if row["code"] not in there]
    of = {aim.code: aim for aim in Aim.objects.all()}
    made = [
        Indicator(code=row["code"], aim=of[row["aim"]], level=row["level"], position=place)
        for place, row in enumerate(rows)
    ]
    keep_all(Indicator, made, by=by, why="register")
    first = [_first(indicator, row) for indicator, row in zip(made, rows, strict=True)]
    keep_all(Definition, first, by=by, why="register")
    if made:
        record(by, "indicators.load_register", of="common framework")
    return len(made)


def _first(indicator: Indicator, row: dict[str, str]) -> Definition:
    """The first version of a definition."""
    said: dict[str, Any] = {name: value for name, value in row.items() if name not in OF_INDICATOR}
    said["baseline"] = Decimal(row["baseline"]) if row["baseline"] else None
    origin = Origin.COMPUTED if row["measure"] else Origin.TYPED
    return Definition(indicator=indicator, version=1, origin=origin, valid_from=VALID_FROM, **said)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
