"""The annex of the note: tables 3 to 14 and the incident list by code, on pages that lie on their side."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sutura.reporting import phrases
from sutura.reporting.render import words
from sutura.reporting.render.blocks import Block, Grid, Heading, Text, Turn
from sutura.reporting.render.paper import Item, Paper
from sutura.reporting.rules.counting import BLOCKS
from sutura.reporting.rules.note import Number, Table, TableRow
from sutura.ui.wording import day, number, says

FIRST = 3
"""Tables 1 and 2 are the summary of the note itself (mrm.md 3.5)."""
SEVERAL = 13
"""From here on a row is one child or one group."""


def annex(paper: Paper) -> list[Block]:
    """Every table but the first two, then the incidents; a report as numbers alone says what it lacks."""
    found: list[Block] = [Turn(landscape=True), Heading(_("Annex: tables and incidents"))]
    for table in paper.tables():
        if table.number >= FIRST and (paper.coded or table.number < SEVERAL):
            found += several(table, paper) if table.number >= SEVERAL else crossed(table, paper)
    return [*found, *(incidents(paper) if paper.coded else [_without()]), Turn(landscape=False)]


def _without() -> Block:
    """Why tables 13 and 14 and the incident list are not here."""
    return Text(
        _("Tables 13 and 14 and the incident list hold rows by code: they leave by request, with two people.")
    )


def crossed(table: Table, paper: Paper) -> list[Block]:
    """One of the tables 1 to 12; an empty one is one line."""
    caption = words.table_title(table.number, table.kind, table.block)
    heads = words.short_types() | words.columns()
    numbers = [*table.rows, *([table.total] if table.total else [])]
    if not any(_value(cell) for row in numbers for cell in row.cells):
        return [Text(says(caption, 0))]
    rows = tuple((label(row, table, paper), *(number(_value(cell)) for cell in row.cells)) for row in numbers)
    first = {"by_party": _("Party"), "by_region": _("Region")}.get(table.kind, _("Type"))
    basis = f"{words.bases(paper.period.product)[table.block]} {words.units()[table.kind]}"
    return [Grid((first, *(heads[one] for one in table.columns)), rows, caption, basis, totals=1)]


def _value(cell: object) -> int:
    return cell.value if isinstance(cell, Number) else 0


def label(row: TableRow, table: Table, paper: Paper) -> str:
    """What a row is about, in words."""
    if row.label == "total":
        return _("Total")
    if table.kind == "by_party":
        return words.party(paper, row.label)
    return words.region(paper, row.label) if table.kind == "by_region" else words.types()[row.label]


def several(table: Table, paper: Paper) -> list[Block]:
    """Tables 13 and 14: one row a child or a group, by code."""
    caption = words.table_title(table.number, table.kind, table.block)
    if not table.rows:
        return [Text(says(caption, 0))]
    heads = (_("Code"), _("Sex"), _("Age"), _("Types of violations"), _("Violations"), _("Incidents"))
    rows = []
    for row in table.rows:
        *sexes, age, kinds, violations, incidents_ = row.cells
        counts = {name: _value(cell) for name, cell in zip(("boys", "girls", "unknown"), sexes, strict=True)}
        listed = ", ".join(words.types()[one] for one in kinds) if isinstance(kinds, tuple) else ""
        sex = phrases.sexes(counts).strip(" ()")
        rows.append(
            (
                row.label,
                sex,
                words.age_band(str(age)),
                listed,
                number(_value(violations)),
                number(_value(incidents_)),
            )
        )
    return [Grid(heads, tuple(rows), caption, words.units()[table.kind], wide=(0, 1, 2, 3))]


def incidents(paper: Paper) -> list[Block]:
    """The violations behind the figures by the code of their incident; no name, no place below the region."""
    found: list[Block] = [Heading(_("Incident list by code"), 2)]
    for block in (*BLOCKS, "apart"):
        rows = tuple(_row(one, paper) for one in paper.items if one.block == block)
        if rows:
            basis = words.bases(paper.period.product)[block]
            found.append(Grid(heads(), rows, words.blocks()[block], basis, wide=(0, 1, 2, 3, 4, 5)))
    if len(found) == 1:
        found.append(Text(_("No incident stands behind these figures.")))
    return found


def heads() -> tuple[str, ...]:
    """Heads of the incident list."""
    return (
        _("Incident"),
        _("Type"),
        _("Region"),
        _("Date of incident"),
        _("Attributed to"),
        _("Date of verification"),
        _("Boys"),
        _("Girls"),
        _("Sex unknown"),
    )


def _row(one: Item, paper: Paper) -> tuple[str, ...]:
    sexes = ("–", "–", "–") if one.events else (number(one.boys), number(one.girls), number(one.unknown))
    return (
        one.ref or _("outside your scope"),
        words.types()[one.type],
        words.region(paper, one.region),
        words.occurred(one.occurred_on, one.occurred_to, one.open_ended, month_only=one.month_only),
        words.party(paper, one.party),
        day(one.decided_on) if one.decided_on else words.status(one.status),
        *sexes,
    )
