"""The charts and the map of a report, from its frozen facts."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from sutura.ledger.rules import GRAVE_TYPES
from sutura.places import map as places_map
from sutura.places.choices import Edition as Boundaries
from sutura.places.outline import schematic
from sutura.reporting.render import words
from sutura.reporting.render.paper import Paper
from sutura.ui import charts
from sutura.ui.charts import Bar, Row

BOUNDARIES = {"2021": Boundaries.COD_2021, "2023": Boundaries.REFORM_2023}
SHOWN = 8


def quarters(paper: Paper) -> list[int]:
    """Numbers of the last quarters up to the end of the period, the oldest first."""
    last = paper.period.end.year * 4 + (paper.period.end.month + 2) // 3 - 1
    return [(one // 4) * 10 + one % 4 + 1 for one in range(last - SHOWN + 1, last + 1)]


def recent(paper: Paper, opens: Callable[[int, str], str] | None = None) -> list[Row]:
    """One small panel a type: verified by quarter of the incident, as known at the moment of the figures.

    `opens` says what a bar opens, from its quarter and type (a document has no links).
    """
    shown = quarters(paper)
    rows = []
    for kind in GRAVE_TYPES:
        counts = paper.trend.get(kind, {})
        bars = [
            Bar(
                words.quarter(one),
                counts.get(one, 0),
                href=opens(one, kind) if opens and counts.get(one) else "",
                tick=words.quarter(one) if place in (0, SHOWN - 1) else "",
            )
            for place, one in enumerate(shown)
        ]
        rows.append(Row(words.short_types()[kind], bars))
    return rows


def map_values(paper: Paper) -> dict[str, float | None]:
    """Verified violations by region; none (hatched) where the reader may not look, zero where there is nothing."""
    counts = dict(paper.located("verified"))
    drawn = schematic(BOUNDARIES[paper.geography]).shapes
    limited = paper.scope and paper.geography == "2021"
    return {
        code: counts.get(
            code, None if (limited and code not in paper.scope) or (paper.scope and not limited) else 0
        )
        for code in drawn
    }


def multiples_svg(paper: Paper) -> str:
    """The small panels as one picture for a document."""
    return charts.small_multiples(
        recent(paper), title=_("Verified violations by quarter"), columns=2, high=86
    )


def map_svg(paper: Paper) -> str:
    """The map as a picture for a document."""
    return places_map.draw(
        "region",
        map_values(paper),
        geography=BOUNDARIES[paper.geography],
        title=_("Verified grave violations by region"),
        palette=charts.PRINT,
        width=900,
    )
