"""All-time trends and the map, read from the roll-up, against the plain ORM aggregate over the lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench import ledger_lines, stage
from bench.measure import Result, alternate, milliseconds
from sutura.config.language import say

LIMIT = 50.0
AXES = {"region": "region", "party": "party_label", "sex": "sex", "age": "age_band"}
LEVELS = ("region", "cercle")


def run(folder: Path, small: bool) -> list[Result]:
    """Five trends and two maps on each side; the answers are compared first."""
    stage.start(folder, ledger_lines.database(folder, small))
    from django.db.models import Sum

    from sutura.ledger.models import Line
    from sutura.ledger.rules import GRAVE_TYPES, VERIFIED
    from sutura.reporting.services import map_values, trend

    reader = stage.account("secretary")

    def ours() -> list[Any]:
        found = [trend(axis, user=reader) for axis in (*AXES, "type")]
        return [*found, *(map_values(level, user=reader) for level in LEVELS)]

    def theirs() -> list[Any]:
        lines = (
            Line.objects.visible_to(reader).open().filter(status=VERIFIED, type__in=GRAVE_TYPES).order_by()
        )
        by = [(column, "type", "event_quarter") for column in AXES.values()] + [("type", "event_quarter")]
        found = [list(lines.values_list(*names).annotate(n=Sum("count"))) for names in by]
        return [
            *found,
            *(dict(lines.values_list(level).annotate(n=Sum("count"))) for level in LEVELS),
        ]

    same_cells(ours(), theirs())
    mine, plain = alternate(ours, theirs, rounds=3)
    return [
        Result(
            "trends",
            say(
                "trends of all time along five axes, and two maps",
                "tendances de toujours sur cinq axes, et deux cartes",
            ),
            milliseconds(say("roll-up", "cumuls"), mine),
            milliseconds(say("ORM over the lines", "ORM sur les lignes"), plain),
            plain.wall / mine.wall,
            LIMIT,
            at_least=True,
        )
    ]


def same_cells(found: list[Any], lines: list[Any]) -> None:
    """Refuse to compare speeds of different answers."""
    for series, rows in zip(found[:-2], lines[:-2], strict=True):
        ours = {
            (one.value, one.type, quarter): count for one in series for quarter, count in one.counts.items()
        }
        theirs = {(row[0] if len(row) == 4 else "", *row[-3:-1]): row[-1] for row in rows}
        assert ours == theirs, "the two sides do not count the same"
    assert found[-2:] == lines[-2:], "the two maps do not count the same"
