"""The list of indicators by aim, and the page of one: its figure, its definition, its course, the records behind it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutura.access.rules import may
from sutura.indicators.choices import Origin
from sutura.indicators.counting import MEASURES
from sutura.indicators.figures import REPORT, Told, told
from sutura.indicators.forms.filters import FigureFilter
from sutura.indicators.models import Definition, Figure, Indicator, Value
from sutura.indicators.querysets import WRITE
from sutura.indicators.rules import periods_until
from sutura.places.models import Unit
from sutura.ui import charts, wording
from sutura.ui.charts import Bar, Row

SECTIONS = {
    "list": gettext_lazy("Indicators"),
    "rounds": gettext_lazy("Rounds of reports"),
    "bulletins": gettext_lazy("Bulletins"),
    "mandate": gettext_lazy("The mandate in numbers"),
    "exports": gettext_lazy("Exports"),
}
BACK = 6  # periods of a chart
SIZE = 200  # records on one page


def tabs(current: str) -> list[dict[str, Any]]:
    """The pages of indicators."""
    return [
        {"label": label, "url": reverse(f"indicators:{name}"), "current": name == current}
        for name, label in SECTIONS.items()
    ]


class Asked:
    """The days and the place that the address names, and the address of the same for another page."""

    def __init__(self, user: Any, query: QueryDict) -> None:
        named = any(name in query for name in ("first", "last", "region"))
        asked = FigureFilter(query if named else None, by=user)
        self.span, self.region = asked.span(timezone.localdate()), asked.place
        self.form = asked if asked.is_bound else FigureFilter(initial=vars(self.span), by=user)

    def query(self, first: date | None = None, last: date | None = None) -> str:
        """These days, or others, and the same place."""
        first, last = first or self.span.first, last or self.span.last
        said = {"first": first.isoformat(), "last": last.isoformat()}
        return urlencode(said | ({"region": self.region} if self.region else {}))


def indicator_list(user: Any, query: QueryDict) -> dict[str, Any]:
    """Every indicator in use, by aim; the figure of those that the registers compute."""
    asked = Asked(user, query)
    found = Definition.objects.visible_to(user).current().filter(indicator__retired_on=None)
    rows = [_row(definition, asked) for definition in found.in_order().select_related("body")]
    counts = dict(
        Value.objects.filter(category="", report__state="accepted")
        .order_by().values_list("definition__indicator").annotate(Count("report", distinct=True))
    )  # fmt: skip
    aims: dict[Any, dict[str, Any]] = {}
    for row in rows:
        row["reports"] = counts.get(row["definition"].indicator_id, 0)
        there = aims.setdefault(row["definition"].indicator.aim, {"known": [], "silent": []})
        there["known" if row["told"] or row["reports"] else "silent"].append(row)
    return {
        "form": asked.form,
        "tabs": tabs("list"),
        "aims": list(aims.items()),
        "period": wording.days(asked.span.first, asked.span.last),
        "keeper": may(user, WRITE, ""),
    }


def _row(definition: Definition, asked: Asked) -> dict[str, Any]:
    now = None if definition.is_typed else told(definition, asked.span.first, asked.span.last, asked.region)
    return {
        "definition": definition,
        "told": now,
        "url": f"{definition.indicator.get_absolute_url()}?{asked.query()}",
        "records": f"{reverse('indicators:records', args=[definition.indicator.public_id])}?{asked.query()}",
    }


def current_of(indicator: Indicator) -> Definition:
    """The version in force."""
    found = indicator.definitions.select_related("body", "indicator__aim").last()
    assert found is not None, "an indicator is made with its first definition"
    return found


def indicator_page(user: Any, indicator: Indicator, query: QueryDict) -> dict[str, Any]:
    """One indicator: its figure over the days asked for, or why there is none."""
    asked, definition = Asked(user, query), current_of(indicator)
    now = told(definition, asked.span.first, asked.span.last, asked.region)
    return {
        "form": asked.form,
        "indicator": indicator,
        "definition": definition,
        "told": now,
        "figure": figure_of(definition, now, records_url(indicator, asked.query())),
        "period": wording.days(asked.span.first, asked.span.last),
        "facts": facts(definition),
        "versions": list(indicator.definitions.order_by("-version")),
        "chart": chart(definition, asked),
        "values": values(user, indicator, asked) if definition.is_typed else None,
        "keeper": may(user, WRITE, ""),
    }


def records_url(indicator: Indicator, query: str) -> str:
    """Where a figure opens."""
    return f"{reverse('indicators:records', args=[indicator.public_id])}?{query}"


def figure_of(definition: Definition, now: Told, url: str) -> dict[str, Any]:
    """A figure as a page prints it, with its definition beside it."""
    basis = [now.basis, _("Definition, version %(n)s") % {"n": definition.version}]
    return {
        "label": str(definition),
        "value": now.words,
        "url": url if now.rows else "",
        "basis": " · ".join(filter(None, basis)),
    }


def facts(definition: Definition) -> list[dict[str, Any]]:
    """The definition, line by line; what is not said is not shown."""
    known: list[tuple[str, Any, str]] = [
        (_("Level"), definition.indicator.get_level_display(), str(definition.indicator.aim)),
        (_("What is counted"), definition.said("numerator"), ""),
        (_("Of what whole"), definition.said("denominator"), ""),
        (_("Unit"), definition.get_unit_display(), ""),
        (_("Told apart"), definition.get_split_display() if definition.split else "", ""),
        (_("How often"), definition.get_frequency_display(), ""),
        (_("Means of verification"), definition.said("means"), ""),
        (_("Several places together"), definition.get_places_display(), ""),
        (_("Several periods together"), definition.get_periods_display(), ""),
        (_("Baseline"), "" if definition.baseline is None else wording.number(definition.baseline), ""),
        (_("Target"), "" if definition.target is None else wording.number(definition.target), ""),
        (_("Source of the value"), definition.get_origin_display(), _how(definition)),
        (_("Valid from"), wording.day(definition.valid_from), ""),
        (_("Source of the wording"), definition.credit, ""),
    ]
    return [{"label": label, "value": value, "note": note} for label, value, note in known if value]


def _how(definition: Definition) -> str:
    measure = str(MEASURES[definition.measure].label) if definition.measure else ""
    return f"{measure} ({definition.body})" if definition.body else measure


def chart(definition: Definition, asked: Asked) -> dict[str, Any] | None:
    """The last periods; what has no dated records is drawn from the bulletins that froze it."""
    dated = definition.is_typed or MEASURES[definition.measure].dated
    parts = _periods(definition, asked) if dated else _frozen(definition)
    if sum(part.value is not None for part in parts) < 2:
        return None
    row = Row(str(definition), parts)
    heads = ["", *(part.tick or part.label for part in parts)]
    return {
        "title": _("Over time"),
        "svg": charts.bars(parts, title=str(definition)),
        "table": charts.as_table(str(definition), heads, [row]),
        "basis": "" if dated else _("As bulletins froze it: the map of services keeps no past state."),
    }


def _periods(definition: Definition, asked: Asked) -> list[Bar]:
    last = min(asked.span.last, timezone.localdate())
    found = []
    for first, end in periods_until(definition.frequency, last, BACK):
        now = told(definition, first, end, asked.region)
        url = records_url(definition.indicator, asked.query(first, end)) if now.rows else ""
        words = wording.days(first, end)
        tick = {"month": wording.month(first), "quarter": wording.quarter(first)}.get(
            definition.frequency, str(first.year)
        )
        found.append(Bar(words, None if now.value is None else float(now.value), url, tick))
    return found


def _frozen(definition: Definition) -> list[Bar]:
    figures = Figure.objects.filter(definition__indicator=definition.indicator_id, region="").select_related(
        "bulletin"
    )
    last = list(figures.order_by("-bulletin__last", "-pk")[:BACK])[::-1]
    return [
        Bar(str(each.bulletin), None if each.value is None else float(each.value), each.bulletin.get_absolute_url(),
            wording.month(each.bulletin.last))
        for each in last
    ]  # fmt: skip


def values(user: Any, indicator: Indicator, asked: Asked) -> list[dict[str, Any]]:
    """What was accepted of these days, report by report, with its parts."""
    found = Value.objects.visible_to(user).filter(
        definition__indicator=indicator, report__state="accepted",
        report__round__first__gte=asked.span.first, report__round__last__lte=asked.span.last,
    )  # fmt: skip
    if asked.region:
        found = found.filter(report__region=asked.region)
    rows: dict[int, dict[str, Any]] = {}
    names = Unit.objects.region_names()
    ordered = found.order_by("-report__round__last", "report__organisation__name", "report", "category")
    for value in ordered.select_related("report__round", "report__organisation", "definition"):
        row = rows.setdefault(
            value.report_id, {"report": value.report, "parts": [], "version": value.definition.version}
        )
        row["where"] = names.get(value.report.region, _("The whole country"))
        if value.category:
            row["parts"].append(wording.says(value.get_category_display(), wording.number(value.value)))
        else:
            row["value"], row["whole"] = value.value, value.whole
    return list(rows.values())


def records_page(user: Any, indicator: Indicator, query: QueryDict) -> dict[str, Any]:
    """The rows behind a figure: those that count, those of the whole that do not, those unknown."""
    asked, definition = Asked(user, query), current_of(indicator)
    now = told(definition, asked.span.first, asked.span.last, asked.region)
    shown = rows_of(user, now.kind, now.part, now.whole, now.unknown)
    return {
        "indicator": indicator,
        "figure": figure_of(definition, now, ""),
        "refusal": now.refusal,
        "period": wording.days(asked.span.first, asked.span.last),
        "back": f"{indicator.get_absolute_url()}?{asked.query()}",
        **shown,
    }


def rows_of(
    user: Any, kind: str, part: tuple[int, ...], whole: tuple[int, ...] | None, unknown: tuple[int, ...] = ()
) -> dict[str, Any]:
    """Rows by number, as far as this person may open them; how many she may not."""
    numbers = list(dict.fromkeys((*part, *(whole or ()), *unknown)))
    found: dict[int, Any] = {}
    if kind:
        rows = apps.get_model(kind)._default_manager.visible_to(user)
        found = {row.pk: row for row in rows.filter(Q(pk__in=numbers[:SIZE]))}
    counts = set(part)
    return {
        "rows": [
            {
                "row": found[pk],
                "url": found[pk].get_absolute_url(),
                "counts": pk in counts,
                "unknown": pk in unknown,
            }
            for pk in numbers
            if pk in found
        ],
        "hidden": len(numbers[:SIZE]) - len(found),
        "beyond": max(0, len(numbers) - SIZE),
        "kind": apps.get_model(kind)._meta.verbose_name_plural if kind else "",
        "by_report": kind == REPORT,
    }


def said_of(indicator: Indicator) -> dict[str, Any]:
    """What the form of the next version begins with."""
    last = current_of(indicator)
    names = (
        "text_fr text_en official credit origin measure unit numerator_fr numerator_en denominator_fr denominator_en"
        " split frequency places periods means_fr means_en baseline target"
    ).split()
    said = {name: getattr(last, name) for name in names}
    return said | {"body": last.body.public_id if last.body else None, "origin": Origin(last.origin).value}
