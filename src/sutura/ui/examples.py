"""What the gallery shows: invented content of no sensitivity, in every state of every component."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.ui import charts
from sutura.ui.statuses import STATUSES

QUARTERS = [(year, quarter) for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)]


def quarter_name(year: int, quarter: int) -> str:
    """`T1 2026` in French, `Q1 2026` in English."""
    return _("Q%(quarter)s %(year)s") % {"quarter": quarter, "year": year}


def panels() -> list[charts.Row]:
    """Four small panels of twelve quarters; one quarter is not assessed."""
    names = [
        _("Abduction"),
        _("Recruitment and use"),
        _("Attack on school"),
        _("Denial of humanitarian access"),
    ]
    found = []
    for step, name in zip((3, 5, 7, 11), names, strict=True):
        parts = [
            charts.Bar(
                quarter_name(year, quarter),
                None if (step, year, quarter) == (7, 2025, 2) else (year * quarter * step) % 17,
                href=f"?region=ML05&type={step}&quarter={year}-{quarter}",
                tick=str(year) if quarter == 1 else "",
            )
            for year, quarter in QUARTERS
        ]
        found.append(charts.Row(name, parts, href=f"?type={step}"))
    return found


def matrix() -> dict[str, Any]:
    """Region by type, shaded; a dash is not assessed."""
    columns = [_("Killing"), _("Maiming"), _("Abduction"), _("School"), _("Hospital"), _("Access")]
    counts: list[list[int | None]] = [
        [12, 9, 4, 7, 0, 3],
        [5, 2, 1, 0, 0, 0],
        [3, 4, None, 1, 2, 1],
        [None] * 6,
    ]
    flat = charts.levels(value for row in counts for value in row)
    rows: list[dict[str, Any]] = []
    for down, (name, row) in enumerate(zip(["Mopti", "Gao", "Tombouctou", "Kidal"], counts, strict=True)):
        cells = [
            {"value": value, "url": f"?cell={down}-{across}", "level": flat[down * 6 + across]}
            for across, value in enumerate(row)
        ]
        rows.append({"label": name, "url": "?region=ML05", "cells": cells})
    sums = [sum(row[across] or 0 for row in counts) for across in range(6)]
    rows.append(
        {"label": _("Total"), "total": True, "cells": [{"value": value, "url": "?"} for value in sums]}
    )
    return {"columns": columns, "rows": rows}


def stacked_rows() -> list[charts.Row]:
    """Three stacked rows by sex."""
    keys = sexes()
    counts = {_("Killing"): (30, 12, 4), _("Maiming"): (44, 20, 9), _("Abduction"): (18, 15, 2)}
    return [
        charts.Row(
            name, [charts.Bar(key, count, href=f"?sex={key}") for key, count in zip(keys, row, strict=True)]
        )
        for name, row in counts.items()
    ]


def sexes() -> list[str]:
    """The three answers to sex."""
    return [_("Boys"), _("Girls"), _("Sex not known")]


def drawings() -> dict[str, Any]:
    """One of each chart."""
    rows, small = stacked_rows(), panels()
    ticks = [""] + [part.label for part in small[0].parts]
    return {
        "multiples": charts.multiples(small),
        "multiples_table": charts.as_table(_("Verified violations by quarter"), ticks, small),
        "stacked": charts.stacked(rows, title=_("Verified victims by type and sex")),
        "stacked_legend": charts.legend(sexes()),
        "stacked_table": charts.as_table(_("Verified victims by type and sex"), ["", *sexes()], rows),
        "lines": charts.lines(small[:3], title=_("Verified violations by quarter")),
        "lines_legend": charts.legend([row.label for row in small[:3]]),
        "spark": charts.sparkline(
            [part.value for part in small[2].parts], title=_("Twelve quarters, 2 to 14")
        ),
    }


def context() -> dict[str, Any]:
    """Everything the gallery shows but its forms."""
    now = timezone.now()
    today = timezone.localdate()
    return {
        "statuses": list(STATUSES),
        "clocks": [
            now + timedelta(days=9, minutes=1),
            now + timedelta(hours=5, minutes=1),
            now - timedelta(days=3),
        ],
        "days": [today + timedelta(days=12), today, today - timedelta(days=2)],
        "now": now,
        "today": today,
        "figures": figures(now),
        "records": records(now),
        "short": short_table(),
        "matrix": matrix(),
        "steps": steps(today),
        "entries": entries(now),
        "tasks": tasks(now),
        "tabs": tabs(),
        "file": file_rows(),
        "charts": drawings(),
        "kinds": ["nothing_happened", "nothing_reported", "not_assessed"],
    }


def figures(now: Any) -> list[dict[str, Any]]:
    """Figure blocks: a plain one, one with a change, one that asks for action, one not known."""
    period = quarter_name(2026, 3)
    verified, waiting = _("verified, by date of decision"), _("all regions")
    return [
        {"label": _("Violations"), "value": 1141, "url": "?status=verified", "basis": verified, "period": period},
        {"label": _("Children"), "value": 873, "unit": _("children"), "url": "?unit=child", "basis": verified,
         "period": period, "as_at": now, "change": _("12 more than in edition 1")},
        {"label": _("Waiting over 90 days"), "value": 14, "url": "?queue=90", "basis": waiting, "tone": "attention"},
        {"label": _("Schools assessed"), "value": None, "basis": _("not assessed"), "period": period},
    ]  # fmt: skip


def records(now: Any) -> list[dict[str, Any]]:
    """Rows of a list."""
    return [
        {"ref": "INC-2026-0412", "place": "Bandiagara, Mopti", "day": now, "n": 3, "status": "pending",
         "due": now - timedelta(days=2)},
        {"ref": "INC-2026-0409", "place": "Ansongo, Gao", "day": now - timedelta(days=6), "n": 1,
         "status": "verified", "due": None},
        {"ref": "INC-2026-0377", "place": "Niafunké, Tombouctou", "day": now - timedelta(days=40), "n": 1264,
         "status": "could_not_verify", "due": now + timedelta(days=11)},
    ]  # fmt: skip


def short_table() -> dict[str, Any]:
    """Two columns, of words and of numbers."""
    rows = [
        [{"value": "Mopti", "url": "?region=ML05"}, {"value": 412, "numeric": True, "label": _("Children")}],
        [{"value": "Gao", "url": "?region=ML07"}, {"value": 87, "numeric": True, "label": _("Children")}],
    ]
    return {"columns": [{"label": _("Region")}, {"label": _("Children"), "numeric": True}], "rows": rows}


def steps(today: Any) -> list[dict[str, Any]]:
    """Stages of a verification, in every state."""
    return [
        {"label": _("Focal point"), "state": "done", "note": _("verified"), "on": today - timedelta(days=20)},
        {"label": _("Technical level"), "state": "current", "note": _("two primary sources")},
        {"label": _("Task force"), "state": "waiting"},
    ]


def entries(now: Any) -> list[dict[str, Any]]:
    """A short history."""
    return [
        {"title": _("Alert received"), "text": _("By telephone, from a partner."), "moment": now - timedelta(days=9),
         "by": "Awa", "icon": "bell", "tone": "attention"},
        {"title": _("Incident opened"), "moment": now - timedelta(days=8), "by": "Awa", "icon": "folder-open",
         "url": "#timeline"},
        {"title": _("Number of girls changed from 1 to 2"), "text": _("Second source."), "by": "Awa",
         "moment": now - timedelta(days=3), "icon": "pencil", "tone": "quiet"},
        {"title": _("Verified at the technical level"), "moment": now, "by": "Moussa", "icon": "circle-check"},
    ]  # fmt: skip


def tasks(now: Any) -> list[dict[str, Any]]:
    """A task in every state."""
    return [
        {"label": _("Where and when"), "url": "#tasks", "status": "done"},
        {"label": _("What was done to children"), "url": "#tasks", "status": "started"},
        {
            "label": _("Sources"),
            "url": "#tasks",
            "status": "problem",
            "hint": _("A source lacks its consent."),
        },
        {"label": _("Perpetrators"), "url": "#tasks", "status": "todo"},
        {"label": _("Send to verification"), "status": "blocked"},
        {"label": _("Give the opinion of the focal point"), "url": "#tasks", "due": now - timedelta(days=2)},
    ]


def tabs() -> list[dict[str, Any]]:
    """Three tabs, one open."""
    return [
        {"label": _("To decide"), "url": "#tabs", "count": 42, "current": True},
        {"label": _("Evidence missing"), "url": "?tab=missing", "count": 9},
        {"label": _("Decided"), "url": "?tab=decided", "count": None},
    ]


def file_rows() -> list[dict[str, Any]]:
    """A file with a link, a change, a note and an unknown."""
    return [
        {
            "label": _("Place"),
            "value": "Bandiagara, Mopti",
            "url": "?place=ML0504",
            "change_url": "?step=place",
        },
        {
            "label": _("Day of the event"),
            "value": "21 nov. 2026",
            "note": _("estimated"),
            "change_url": "?step=day",
        },
        {"label": _("Reported by"), "value": None, "change_url": "?step=source"},
    ]
