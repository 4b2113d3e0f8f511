"""The lines behind a report, one countable fact a row; codes only, and no key of a child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from sutura.ledger.rules import LineFacts
from sutura.ledger.writing import chunks
from sutura.reporting.papers import incident_refs
from sutura.reporting.render import words
from sutura.reporting.render.paper import Paper
from sutura.reporting.rules.counting import block_of
from sutura.reporting.services.collecting import lines_in

CHUNK = 5000
FACTS = (
    "type",
    "status",
    "sex",
    "age_band",
    "count",
    "unit_kind",
    "region",
    "region_2023",
    "party_label",
    "occurred_on",
    "occurred_to",
    "decided_on",
)


def heads() -> list[str]:
    """Heads of the columns."""
    return [
        _("Part"),
        _("Incident"),
        _("Type"),
        _("Status"),
        _("Sex"),
        _("Age"),
        _("Count"),
        _("Unit"),
        _("Region (2021)"),
        _("Region (2023)"),
        _("Attributed to"),
        _("From"),
        _("To"),
        _("Verified on"),
        _("Export"),
    ]


def rows(paper: Paper, user: Any) -> Iterator[tuple[Any, ...]]:
    """Lines of the report at the moment of its figures, within the reader's regions, read as they are written."""
    names = words.blocks()
    for part in chunks(lines_in(paper.period, paper.as_at, user), CHUNK):
        refs = incident_refs((facts.incident_ref for _violation, facts in part), user)
        for _violation, facts in part:
            block = block_of(facts, paper.period)
            if block is not None:
                yield (
                    names[block],
                    refs.get(facts.incident_ref, ""),
                    *told(facts, whole=facts.incident_ref in refs),
                    paper.stamp.ref if paper.stamp else "",
                )


def told(facts: LineFacts, *, whole: bool) -> list[Any]:
    """The facts of a line; of an incident that the reader may not read, the month stands for its days."""
    values = {name: getattr(facts, name) for name in FACTS}
    if not whole:
        values |= {"occurred_on": f"{facts.occurred_on:%Y-%m}", "occurred_to": None}
    return list(values.values())
