"""What the workbook of a report holds: definitions, and sheets with one fact a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sutura.ledger.rules import EVENT_TYPES, PERSON_TYPES
from sutura.reporting.render import words
from sutura.reporting.render.paper import Item, Paper
from sutura.reporting.rules.counting import BLOCKS
from sutura.ui.wording import moment, month


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that sums the numbers to its left in its row, with the value that the sum has."""

    cells: int
    value: int


Cell = str | int | date | Sum | None
Sheet = tuple[str, list[str], list[list[Cell]], tuple[int, ...]]
"""Name, heads, rows, and the columns which are summed under the last row."""


def definitions(paper: Paper) -> list[tuple[str, str]]:
    """What the numbers are, of which moment, on which basis, by which rules."""
    bases = words.bases(paper.period.product)
    rows = [
        (_("Distribution"), _("Restricted")),
        (_("Version"), words.version(paper)),
        (_("Period"), f"{words.period(paper.period)} ({words.days(paper.period)})"),
        (_("As known on"), moment(paper.as_at)),
        (_("Scope"), words.scope(paper)),
        (_("Regions"), words.geography(paper.geography)),
        (_("Counting rules"), str(paper.figures["rules_version"])),
    ]
    if paper.frozen:
        rows += [
            (words.level(one.level), f"{one.by}, {moment(one.at)}" if one.by else _("clearance awaited"))
            for one in paper.frozen.clearances
        ]
        rows.append((_("Fingerprint (SHA-256)"), paper.frozen.sha256))
        if paper.frozen.reason:
            rows.append((_("Reason of this edition"), paper.frozen.reason))
    if paper.stamp:
        rows.append((_("Copy made for"), words.stamped(paper.stamp)))
    rows += [(words.blocks()[block], bases[block]) for block in (*BLOCKS, "apart")]
    return [*rows, *_rules(paper)]


def _rules(paper: Paper) -> list[tuple[str, str]]:
    """How it was counted, and whether the checks hold."""
    return [
        (
            _("Unit"),
            _(
                "Children for killing, maiming, recruitment and use, sexual violence, abduction and "
                "deprivation of liberty; one per violation for attacks, denial of access and "
                "military use."
            ),
        ),
        (
            _("Children"),
            _(
                "Each child, and each member of a group, once in a block, by code; those who have no "
                "code, once a violation."
            ),
        ),
        (
            _("Attribution"),
            _(
                "One label a violation: a party, several parties jointly, crossfire between parties, "
                "or unidentified perpetrators; rows sum to the total."
            ),
        ),
        *(
            (_("Check: %(name)s") % {"name": check["name"]}, _("holds") if check["holds"] else _("FAILS"))
            for check in paper.figures["checks"]
        ),
    ]


def sheets(paper: Paper) -> list[Sheet]:
    """(name, heads, rows, columns to sum) of each sheet: one fact a row."""
    block_, type_, columns = _("Part"), _("Type"), words.columns()
    sexes = [columns[one] for one in ("boys", "girls", "unknown", "total")]
    totals = [block_, _("Grave violations"), _("Children"), *sexes[:3], _("In several violations")]
    several = [
        _("Code"),
        *sexes[:3],
        *(columns[one] for one in ("age_band", "types", "violations", "incidents")),
    ]
    return [
        (_("Victims"), [block_, type_, *sexes], _victims(paper), ()),
        (_("Events"), [block_, type_, columns["count"]], _events(paper), ()),
        (_("Totals"), totals, _totals(paper), ()),
        *_per_block(paper),
        (_("Apart"), [type_, *sexes], _apart(paper), ()),
        *([(_("Several violations"), several, multiple_rows(paper), ())] if paper.coded else []),
        *([incident_sheet(paper)] if paper.coded else []),
        *_compared(paper),
    ]


def _victims(paper: Paper) -> list[list[Cell]]:
    names, types = words.blocks(), words.types()
    return [
        [names[block], types[kind], *_sexes(paper.victims(block, kind))]
        for block in BLOCKS
        for kind in PERSON_TYPES
    ]


def _events(paper: Paper) -> list[list[Cell]]:
    names, types = words.blocks(), words.types()
    return [[names[block], types[kind], paper.count(block, kind)] for block in BLOCKS for kind in EVENT_TYPES]


def _totals(paper: Paper) -> list[list[Cell]]:
    names = ("violations", "children", "boys", "girls", "unknown", "children_multiple")
    return [
        [words.blocks()[block], *(paper.block(block)["totals"][one] for one in names)] for block in BLOCKS
    ]


def _apart(paper: Paper) -> list[list[Cell]]:
    found, types = paper.block("apart"), words.types()
    return [
        [types["military_use"], None, None, None, found["military_use"]],
        [types["deprivation_liberty"], *_sexes(found["deprivation_liberty"])],
    ]


def _sexes(counts: Mapping[str, int]) -> list[Cell]:
    """Boys, girls, unknown, and their sum as a formula."""
    return [counts["boys"], counts["girls"], counts["unknown"], Sum(3, counts["total"])]


def _per_block(paper: Paper) -> list[Sheet]:
    """By perpetrator and by region: a sheet a block, so that its formula is the total of the block."""
    found: list[Sheet] = []
    for block in BLOCKS:
        for table, name, label in (
            ("by_party", _("Party"), words.party),
            ("by_region", _("Region"), words.region),
        ):
            key = "party" if table == "by_party" else "region"
            rows: list[list[Cell]] = [
                [label(paper, row[key]), row[key], words.types()[row["type"]], row["count"]]
                for row in paper.block(block)[table]
            ]
            heads = [name, _("Code"), _("Type"), _("Count")]
            found.append((f"{words.blocks()[block]} - {name}", heads, rows, (3,)))
    return found


def _compared(paper: Paper) -> list[Sheet]:
    beside = [
        (words.short(paper.period), paper.figures["blocks"]),
        *((words.short(when), blocks) for when, blocks in paper.beside()),
    ]
    if len(beside) == 1:
        return []
    rows: list[list[Cell]] = [
        [when, words.blocks()[block], words.types()[kind], count]
        for when, blocks in beside
        for block in BLOCKS
        for kind, count in _counts(blocks[block])
    ]
    return [(_("Compared"), [_("Period"), _("Part"), _("Type"), _("Count")], rows, ())]


def _counts(block: Any) -> list[tuple[str, int]]:
    victims = [(row["type"], row["total"]) for row in block["victims"]]
    return victims + [(row["type"], row["count"]) for row in block["events"]]


def multiple_rows(paper: Paper) -> list[list[Cell]]:
    """Children and groups in several violations, by code."""
    return [
        [
            row["child"],
            row["boys"],
            row["girls"],
            row["unknown"],
            words.age_band(row["age_band"]),
            ", ".join(words.types()[kind] for kind in row["types"]),
            len(row["violations"]),
            len(row["incidents"]),
        ]
        for row in paper.report["multiple"]
    ]


def incident_sheet(paper: Paper) -> Sheet:
    """The violations behind the figures, by code."""
    return (_("Incidents"), incident_heads(), [incident_row(one, paper) for one in paper.items], ())


def incident_heads() -> list[str]:
    """Heads of the incident list."""
    return [
        _("Part"),
        _("Incident"),
        _("Type"),
        _("Status"),
        _("Region"),
        _("Code"),
        _("From"),
        _("To"),
        _("Still going on"),
        _("Attributed to"),
        _("Date of verification"),
        _("Boys"),
        _("Girls"),
        _("Sex unknown"),
        _("Events"),
        _("Late for the quarter"),
        _("Late for the year"),
    ]


def incident_row(one: Item, paper: Paper) -> list[Cell]:
    """One violation by the code of its incident."""
    return [
        words.blocks()[one.block],
        one.ref,
        words.types()[one.type],
        words.status(one.status),
        words.region(paper, one.region),
        one.region,
        month(one.occurred_on) if one.month_only else one.occurred_on,
        one.occurred_to,
        _("yes") if one.open_ended else _("no"),
        words.party(paper, one.party),
        one.decided_on,
        one.boys,
        one.girls,
        one.unknown,
        one.events,
        _("yes") if one.late_for_quarter else _("no"),
        _("yes") if one.late_for_year else _("no"),
    ]
