"""The content of a report: what an edition freezes and what every rendering starts from."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sutura.ledger.rules import LineFacts
from sutura.reporting.rules.figures import Figures, Multiple, as_json
from sutura.reporting.rules.periods import Period, compared_with
from sutura.reporting.services.collecting import collect, details


def content_of(
    when: Period, as_at: datetime | None, geography: str, *, user: object = None
) -> dict[str, Any]:
    """All that a rendering needs, at one moment: the figures JSON, the lists, the periods printed beside.

    `user` limits it to the regions where the person reads figures (a draft on screen; never an edition).
    """
    found = collect(when.product, when, as_at=as_at, geography=geography, user=user)
    lists = details(found, user=user)
    beside = [
        collect(other.product, other, as_at=as_at, geography=geography, user=user)
        for other in compared_with(when)
    ]
    return {
        "format": 1,
        "period": when.text,
        "geography": geography,
        "figures": as_json(found),
        "late_earlier_years": found.late_earlier_years,
        "multiple": [multiple_json(one, lists.multiple[one.key]) for one in found.multiple],
        "records": [
            {"block": block, "violation": str(ref), "incident": str(incident), "type": kind, "count": count}
            for block, ref, incident, kind, count in lists.records
        ],
        "compared": [_beside(one) for one in beside],
    }


def multiple_json(one: Multiple, links: tuple[tuple[UUID, LineFacts], ...]) -> dict[str, Any]:
    """A row of tables 13 and 14 of the note (mrm.md 3.5): code, sex, age, types, across incidents."""
    ages = {facts.age_band for _ref, facts in links} - {"unknown"}
    return {
        "child": one.label,
        "kind": "group" if one.is_group else "individual",
        "boys": one.children.boys,
        "girls": one.children.girls,
        "unknown": one.children.unknown,
        "age_band": min(ages, key=lambda band: int(band.split("-")[0])) if ages else "unknown",
        "types": list(one.types),
        "violations": sorted({str(ref) for ref, _facts in links}),
        "incidents": sorted({str(facts.incident_ref) for _ref, facts in links}),
    }


def _beside(found: Figures) -> dict[str, Any]:
    whole = as_json(found)
    return {"period": found.period.text, "blocks": whole["blocks"]}
