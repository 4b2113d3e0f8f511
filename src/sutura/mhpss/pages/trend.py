"""Services of each layer, month after month: read from the versions, so a correction of today changes no past month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.models import Service
from sutura.mhpss.pages.services import region_names
from sutura.mhpss.rules import changes
from sutura.mhpss.rules.changes import Version
from sutura.ui import charts, wording
from sutura.ui.charts import Bar, Row

MONTHS = 12


def trend(user: Any, query: QueryDict) -> dict[str, Any]:
    """Twelve months, one panel for each layer, and all services under them."""
    regions = region_names(user)
    region = query.get("region", "") if query.get("region") in regions else ""
    months = last_months(timezone.localdate())
    counted = changes.standing(_versions(regions, region), [end for _first, end in months])
    layers = [(term.code, str(term)) for term in Catalogue().layers()]
    began = next(iter(_first(regions, region)), None)
    rows = [
        Row(label, _bars(months, counted.get(code), began))
        for code, label in [*layers, ("", _("All, each once"))]
    ]
    ticks = [wording.month(first) for first, _end in months]
    return {
        "region": region,
        "name": regions.get(region, ""),
        "tabs": region_tabs(regions, region),
        "svg": charts.lines(rows, title=_("Services by layer, month after month"), height=240),
        "legend": charts.legend([row.label for row in rows]),
        "table": charts.as_table(_("Services by layer, month after month"), [_("Layer"), *ticks], rows),
        "began": began,
    }


def _bars(months: list[tuple[date, datetime]], counts: list[int] | None, began: datetime | None) -> list[Bar]:
    """A month that ended before the map began has no number: nobody knew, which is not zero."""
    found = counts or [0] * len(months)
    return [
        Bar(
            wording.month(first),
            count if began and end >= began else None,
            tick=wording.month(first).split("\u00a0")[0],
        )
        for (first, end), count in zip(months, found, strict=True)
    ]


def last_months(today: date) -> list[tuple[date, datetime]]:
    """First day and last moment of the last twelve months; of this month, this moment."""
    found = []
    number = today.year * 12 + today.month - 1
    for month in range(number - MONTHS + 1, number + 1):
        after = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
        end = timezone.make_aware(datetime.combine(after, time.min))
        found.append((date(month // 12, month % 12 + 1, 1), min(end, timezone.now())))
    return found


def _versions(regions: dict[str, str], region: str) -> Iterator[Version]:
    """Every version in the regions that one reads, or in one of them, oldest first."""
    fields = ("id", "history_date", "working", "layers")
    for service, when, works, layers in _history(regions, region).values_list(*fields):
        yield Version(service, when, works != changes.GONE, tuple(layers.split()))


def _first(regions: dict[str, str], region: str) -> Any:
    """The moment of the first version, if there is any."""
    return _history(regions, region).values_list("history_date", flat=True)[:1]


def _history(regions: dict[str, str], region: str) -> Any:
    wanted = [region] if region else list(regions)
    return Service.history.filter(region__in=wanted).order_by("history_date", "history_id")


def region_tabs(regions: dict[str, str], region: str, **more: str) -> list[dict[str, Any]]:
    """All of one's regions, then each."""
    further = "".join(f"&{name}={value}" for name, value in more.items())
    rows = [("", _("All")), *sorted(regions.items(), key=lambda one: one[1])]
    return [
        {"label": label, "url": f"?region={code}{further}", "current": code == region} for code, label in rows
    ]
