"""Trends: small multiples by quarter, a map, and the silence beside them; read from the roll-up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import EVERYWHERE, regions
from sutura.alerts.choices import Silence
from sutura.alerts.coverage import Row as Covered
from sutura.alerts.coverage import coverage
from sutura.ledger.rules import AGE_BANDS, COULD_NOT_VERIFY, GRAVE_TYPES, PENDING, VERIFIED
from sutura.places import map as places_map
from sutura.places.outline import schematic
from sutura.reporting import papers
from sutura.reporting.forms import TrendForm
from sutura.reporting.pages import links
from sutura.reporting.render import words
from sutura.reporting.render.drawings import BOUNDARIES
from sutura.reporting.rules.periods import quarter
from sutura.reporting.services import Series, map_values, trend
from sutura.ui import charts
from sutura.ui.charts import Bar, Row

STATUSES = {"verified": (VERIFIED,), "unverified": (PENDING, COULD_NOT_VERIFY)}
DEFAULTS = {
    "axis": "type",
    "status": "verified",
    "kind": "",
    "geography": "2021",
    "level": "region",
    "years": "3",
}
SILENT = (Silence.NOTHING_REPORTED, Silence.NOT_ASSESSED)


def trends_page(user: Any, asked: QueryDict) -> dict[str, Any]:
    """What the filters ask for, with its basis printed."""
    types = words.types()
    form = TrendForm({**DEFAULTS, **asked.dict()}, types={kind: types[kind] for kind in GRAVE_TYPES})
    chosen = form.cleaned_data if form.is_valid() else DEFAULTS
    axis, status, kind, geography, level, years = (chosen.get(name) or DEFAULTS[name] for name in DEFAULTS)
    shown = quarters(timezone.localdate(), int(years))
    reach: dict[str, Any] = {
        "statuses": STATUSES[status],
        "types": (kind,) if kind else GRAVE_TYPES,
        "quarters": (shown[0], shown[-1]),
    }
    along = "region_2023" if axis == "region" and geography == "2023" else axis
    rows = panels(trend(along, user=user, **reach), along, shown, kind, status)
    covered = coverage(user)
    return {
        "form": form,
        "basis": basis(status, shown),
        "scope": _scope(user),
        "charts": charts.multiples(rows, one_scale=axis != "type") if rows else "",
        "table": charts.as_table(
            _("By quarter of the incident"), [_("Series"), *map(words.quarter, shown)], rows
        ),
        "one_scale": axis != "type",
        "map": country(user, level, geography, reach, covered),
        "level": level,
        "silence": silence(covered),
        "silent": sum(1 for row in covered if row.silence in SILENT),
        "all_cercles": len(covered),
        "coverage_url": links.named("alerts:coverage"),
    }


def silence(covered: list[Covered]) -> list[dict[str, Any]]:
    """The cercles by what their silence means: the three kinds of empty first, those heard from last."""
    order = (Silence.NOT_ASSESSED, Silence.NOTHING_REPORTED, Silence.NOTHING_HAPPENED, Silence.REPORTED)
    found = [
        {"code": kind.value, "label": kind.label, "rows": [row for row in covered if row.silence == kind]}
        for kind in order
    ]
    return [one for one in found if one["rows"]]


def quarters(today: date, years: int) -> list[int]:
    """Numbers of the quarters shown, the oldest first, the one under way last."""
    last = today.year * 4 + (today.month + 2) // 3 - 1
    return [(one // 4) * 10 + one % 4 + 1 for one in range(last - 4 * years + 1, last + 1)]


def basis(status: str, shown: list[int]) -> str:
    """What the numbers are, in one line."""
    said = {"from": words.quarter(shown[0]), "to": words.quarter(shown[-1])}
    if status == "verified":
        return (
            _(
                "Verified so far, by quarter of the incident, %(from)s to %(to)s. Children for the "
                "first five types, violations for the others. Not the figures of a note, which count "
                "by date of verification."
            )
            % said
        )
    return (
        _(
            "Pending or could not be verified, by quarter of the incident, %(from)s to %(to)s. "
            "Never part of a total."
        )
        % said
    )


def _scope(user: Any) -> str:
    held = regions(user, "reporting.read")
    if held is EVERYWHERE:
        return _("Whole country")
    names = papers.region_names()
    return _("Your regions only: %(regions)s") % {
        "regions": ", ".join(names.get(code, code) for code in sorted(held))
    }


def panels(found: list[Series], axis: str, shown: list[int], kind: str, status: str) -> list[Row]:
    """One panel a value of the axis; the values with most first, but types, sexes and ages in their own order."""
    sums: dict[str, dict[int, int]] = {}
    for one in found:
        counts = sums.setdefault(one.type if axis == "type" else one.value, {})
        for number, count in one.counts.items():
            counts[number] = counts.get(number, 0) + count
    labels = _labels(axis, list(sums))
    ordered = sorted(sums, key=lambda value: _place(axis, value, sum(sums[value].values())))
    rows = []
    for value in ordered:
        filters = _filters(axis, value, kind, status)
        bars = [
            Bar(
                words.quarter(number),
                sums[value].get(number, 0),
                href=links.incidents(number, **filters) if sums[value].get(number) else "",
                tick=words.quarter(number) if place in (0, len(shown) - 1) else "",
            )
            for place, number in enumerate(shown)
        ]
        rows.append(Row(labels[value], bars))
    return rows


def _place(axis: str, value: str, total: int) -> tuple[int, str]:
    order = {
        "type": list(GRAVE_TYPES),
        "sex": ["boy", "girl", "unknown", ""],
        "age": [*AGE_BANDS, "unknown", ""],
    }
    known = order.get(axis, [])
    return (known.index(value) if value in known else len(known) - total, value)


def _labels(axis: str, values: list[str]) -> dict[str, str]:
    if axis == "type":
        return {value: words.types()[value] for value in values}
    if axis == "party":
        return papers.party_words(values)[words.language()]
    if axis == "sex":
        known = {
            "boy": _("Boys"),
            "girl": _("Girls"),
            "unknown": _("Sex unknown"),
            "": _("Violations without victims counted"),
        }
        return {value: known[value] for value in values}
    if axis == "age":
        return {
            value: words.age_band(value) if value else _("Violations without victims counted")
            for value in values
        }
    names = papers.region_names()
    return {value: names.get(value, value) or _("Not located in a region") for value in values}


def _filters(axis: str, value: str, kind: str, status: str) -> dict[str, str]:
    """The filters of the incident list that come closest to a bar."""
    found = {"status": status} if status == "verified" else {}
    if axis == "type":
        found["type"] = value
    elif kind:
        found["type"] = kind
    if axis == "region" and value:
        found["region"] = value
    if axis == "party" and "+" not in value:
        found["party"] = value
    return found


def country(user: Any, level: str, geography: str, reach: dict[str, Any], covered: list[Covered]) -> Any:
    """Zero is plain, a number is shaded; hatched where nothing was booked and nobody can say why."""
    along = "cercle" if level == "cercle" else "region" if geography == "2021" else "region_2023"
    counts = map_values(along, user=user, **reach)
    drawn = schematic("cercle" if level == "cercle" else BOUNDARIES[geography]).shapes
    heard = _heard(along, covered)
    values = {code: counts.get(code) or (0 if code in heard else None) for code in drawn}
    return places_map.draw(
        level,
        values,
        geography=BOUNDARIES[geography],
        links={code: _place_url(along, code, reach) for code, value in values.items() if value},
        title=_("Verified violations by cercle") if level == "cercle" else _("Verified violations by region"),
        name="trends",
    )


def _heard(along: str, covered: list[Covered]) -> set[str]:
    """Units of which something is known: an alert, or a visit without anything found."""
    known = [row.unit for row in covered if row.silence not in SILENT]
    if along == "cercle":
        return {unit.code for unit in known}
    return {unit.region if along == "region" else unit.region_2023 for unit in known}


def _place_url(along: str, code: str, reach: dict[str, Any]) -> str:
    if along != "region":
        return ""
    first, last = (quarter(one // 10, one % 10) for one in reach["quarters"])
    return links.named(
        "incidents:list", region=code, first=first.start.isoformat(), last=last.end.isoformat()
    )
