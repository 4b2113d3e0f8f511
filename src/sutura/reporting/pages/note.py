"""A report on screen: the summary with what it is compared with, small multiples, the map, every table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sutura.ledger.rules import GRAVE_TYPES, PERSON_TYPES
from sutura.places import map as places_map
from sutura.places.choices import Edition as Boundaries
from sutura.reporting import phrases
from sutura.reporting.pages import links
from sutura.reporting.render import words
from sutura.reporting.render.drawings import map_values, recent
from sutura.reporting.render.paper import Paper, count_in
from sutura.reporting.rules.counting import BLOCKS
from sutura.reporting.rules.note import GROUPS, INDIVIDUALS, Number, Table, TableRow
from sutura.reporting.rules.periods import GHN
from sutura.ui import charts

BOUNDARIES = {"2021": Boundaries.COD_2021, "2023": Boundaries.REFORM_2023}


def report_page(paper: Paper) -> dict[str, Any]:
    """Everything which the page of a report prints, each number with the address of its records."""
    totals = paper.block("verified")["totals"]
    return {
        "paper": paper,
        "heading": f"{words.title(paper.period.product)}\u00a0· {words.period(paper.period)}",
        "days": words.days(paper.period),
        "version": words.version(paper),
        "scope": words.scope(paper),
        "geography": words.geography(paper.geography),
        "switch": _switch(paper),
        "headline": phrases.headline(totals),
        "stats": stats(paper),
        "summary": summary(paper),
        "compared": [words.short(when) for when, _blocks in paper.beside()],
        "multiples": multiples(paper),
        "map": country(paper),
        "sections": sections(paper),
        "apart": apart(paper),
        "several": [several(table, paper) for table in paper.tables() if table.number > 12],
        "failed": [check["name"] for check in paper.figures["checks"] if not check["holds"]],
        "rules_version": paper.figures["rules_version"],
    }


def _switch(paper: Paper) -> list[dict[str, Any]]:
    """The two editions of the regions, as tabs."""
    return [
        {
            "label": words.geography(code),
            "url": links.report(paper.period, code),
            "current": code == paper.geography,
        }
        for code in BOUNDARIES
    ]


def stats(paper: Paper) -> list[dict[str, Any]]:
    """The figures on top: each opens its records and says its basis, period and moment."""
    totals = paper.block("verified")["totals"]
    basis = {"late": words.blocks()["late"], "unverified": words.blocks()["unverified"]}

    def one(label: str, value: int, figure: str, unit: str, said: str) -> dict[str, Any]:
        return {
            "label": label,
            "value": value,
            "url": links.behind(paper, figure),
            "unit": unit,
            "basis": said,
            "period": words.short(paper.period) if paper.period.product == GHN else words.days(paper.period),
        }

    verified = _("verified, in time")
    return [
        one(_("Grave violations"), totals["violations"], "verified/totals/violations", "", verified),
        one(_("Children"), totals["children"], "verified/totals/children", "", _("verified, each once")),
        one(
            _("In several violations"),
            totals["children_multiple"],
            "verified/totals/children_multiple",
            _("children"),
            verified,
        ),
        one(
            basis["late"],
            paper.block("late")["totals"]["violations"],
            "late/totals/violations",
            "",
            _("apart from the total"),
        ),
        one(
            basis["unverified"],
            paper.block("unverified")["totals"]["violations"],
            "unverified/totals/violations",
            "",
            _("by date of incident, in no total"),
        ),
    ]


def summary(paper: Paper) -> list[dict[str, Any]]:
    """One row a type: boys, girls, unknown, total, and the totals of the periods printed beside."""
    rows = []
    for kind in GRAVE_TYPES:
        cells: list[dict[str, Any]] = []
        person = kind in PERSON_TYPES
        for column in ("boys", "girls", "unknown"):
            figure = f"verified/victims/{kind}/{column}"
            cells.append(
                {"value": paper.victims("verified", kind)[column], "url": links.behind(paper, figure)}
                if person
                else {"value": "", "url": ""}
            )
        figure = f"verified/victims/{kind}/total" if person else f"verified/events/{kind}"
        cells.append({"value": paper.count("verified", kind), "url": links.behind(paper, figure)})
        for when, blocks in paper.beside():
            url = links.records(when, figure, as_at=paper.as_at, geography=paper.geography)
            cells.append({"value": count_in(blocks["verified"], kind), "url": url})
        rows.append({"label": words.types()[kind], "cells": cells})
    return [*rows, _totals_row(paper)]


def _totals_row(paper: Paper) -> dict[str, Any]:
    figure = "verified/totals/violations"
    count = paper.block("verified")["totals"]["violations"]
    cells: list[dict[str, Any]] = [{"value": "", "url": ""}] * 3
    cells = [*cells, {"value": count, "url": links.behind(paper, figure)}]
    for when, blocks in paper.beside():
        url = links.records(when, figure, as_at=paper.as_at, geography=paper.geography)
        cells.append({"value": blocks["verified"]["totals"]["violations"], "url": url})
    return {"label": _("All grave violations"), "cells": cells, "total": True}


def multiples(paper: Paper) -> Any:
    """Each type over the last quarters, by date of incident, as known at the moment of the figures."""
    return charts.multiples(
        recent(paper, lambda number, kind: links.incidents(number, type=kind, status="verified"))
    )


def country(paper: Paper) -> Any:
    """The verified violations by region; a region outside the reader's grants is hatched."""
    values = map_values(paper)
    urls = {
        code: links.behind(paper, f"verified/by_region/{code}") for code, value in values.items() if value
    }
    return places_map.draw(
        "region",
        values,
        geography=BOUNDARIES[paper.geography],
        links=urls,
        title=_("Verified grave violations by region"),
    )


def sections(paper: Paper) -> list[dict[str, Any]]:
    """The twelve tables by block, each block with its basis; an empty block says so once."""
    made = [table for table in paper.tables() if table.number <= 12]
    found = []
    for block in BLOCKS:
        total = paper.block(block)["totals"]["violations"]
        found.append(
            {
                "id": block,
                "title": words.blocks()[block],
                "basis": words.bases(paper.period.product)[block],
                "total": total,
                "tables": [matrix(table, paper) for table in made if table.block == block] if total else [],
            }
        )
    return found


def matrix(table: Table, paper: Paper) -> dict[str, Any]:
    """A table of numbers for the matrix component, shaded when it crosses two axes."""
    crossed = table.kind in ("by_party", "by_region")
    shades = iter(charts.levels(_value(cell) for row in table.rows for cell in row.cells[:-1]))
    heads = words.short_types() | words.columns()
    rows = [_matrix_row(row, table, paper, shades if crossed else None) for row in table.rows]
    if table.total:
        rows.append(_matrix_row(table.total, table, paper, None) | {"total": True})
    return {
        "caption": words.table_title(table.number, table.kind, table.block),
        "columns": [heads[column] for column in table.columns],
        "rows": rows,
        "basis": words.units()[table.kind],
        "corner": _("Party") if table.kind == "by_party" else _("Region") if crossed else _("Type"),
    }


def _matrix_row(row: TableRow, table: Table, paper: Paper, shades: Any) -> dict[str, Any]:
    cells = []
    for place, cell in enumerate(row.cells):
        assert isinstance(cell, Number)
        inside = shades is not None and place < len(row.cells) - 1
        cells.append(
            {
                "value": cell.value,
                "url": links.behind(paper, cell.figure),
                "level": next(shades) if inside else 0,
            }
        )
    return {"label": row_label(row.label, table.kind, paper), "cells": cells}


def _value(cell: object) -> float | None:
    return cell.value if isinstance(cell, Number) else None


def row_label(code: str, kind: str, paper: Paper) -> str:
    """What a row is about, in words."""
    if code == "total":
        return _("Total")
    if kind == "by_party":
        return words.party(paper, code)
    if kind == "by_region":
        return words.region(paper, code)
    return code if kind in (INDIVIDUALS, GROUPS) else words.types()[code]


def several(table: Table, paper: Paper) -> dict[str, Any]:
    """Tables 13 and 14: one row a child or group, by code."""
    rows = []
    for row in table.rows:
        boys, girls, unknown, age, kinds, violations, incidents = row.cells
        assert isinstance(violations, Number)
        assert isinstance(incidents, Number)
        rows.append(
            {
                "code": row.label,
                "sex": sex_words((boys, girls, unknown), table.kind),
                "age": words.age_band(str(age)),
                "types": [words.types()[kind] for kind in kinds] if isinstance(kinds, tuple) else [],
                "violations": violations.value,
                "url": links.behind(paper, violations.figure),
                "incidents": incidents.value,
            }
        )
    caption = words.table_title(table.number, table.kind, table.block)
    return {"caption": caption, "rows": rows, "basis": words.units()[table.kind]}


def sex_words(cells: tuple[Any, Any, Any], kind: str) -> str:
    """The sex of one child, or how many of each in a group."""
    counts = {name: cell.value for name, cell in zip(("boys", "girls", "unknown"), cells, strict=True)}
    if kind == GROUPS:
        return phrases.sexes(counts).strip(" ()")
    return _("boy") if counts["boys"] else _("girl") if counts["girls"] else _("not known")


def apart(paper: Paper) -> list[dict[str, Any]]:
    """Concerns outside the totals (mrm.md 2.7)."""
    found = paper.block("apart")
    return [
        {
            "label": words.types()["military_use"],
            "value": found["military_use"],
            "url": links.behind(paper, "apart/military_use"),
            "basis": words.bases(paper.period.product)["apart"],
        },
        {
            "label": words.types()["deprivation_liberty"],
            "value": found["deprivation_liberty"]["total"],
            "unit": _("children"),
            "url": links.behind(paper, "apart/deprivation_liberty/total"),
            "basis": words.bases(paper.period.product)["apart"],
        },
    ]
