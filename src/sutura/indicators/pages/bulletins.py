"""Bulletins as they were frozen, and the numbers of the mandate on one page."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.capacity.models import OpeningBalance
from sutura.coordination.pages.mandates import targets
from sutura.indicators.figures import told
from sutura.indicators.models import Bulletin, Definition, Figure
from sutura.indicators.pages.definitions import records_url, rows_of, tabs
from sutura.indicators.querysets import WRITE
from sutura.ui import wording

BALANCES = {"community": "CCT4", "focused": "CCT5", "groups": "CCT6"}
MEETINGS = "CCT1"


def bulletin_list(user: Any) -> dict[str, Any]:
    """Every bulletin, the last first."""
    rows = [
        {"bulletin": each, "period": wording.days(each.first, each.last)}
        for each in Bulletin.objects.visible_to(user)
    ]
    return {"rows": rows, "tabs": tabs("bulletins"), "keeper": may(user, WRITE, "")}


def bulletin_page(user: Any, bulletin: Bulletin) -> dict[str, Any]:
    """One bulletin: each figure with the definition it was read by; those of which nothing was known at the end."""
    figures = bulletin.figures.select_related("definition__indicator__aim")
    rows = [_shown(figure) for figure in figures.order_by("definition__indicator__aim__position", "pk")]
    return {
        "bulletin": bulletin,
        "period": wording.days(bulletin.first, bulletin.last),
        "rows": [row for row in rows if row["known"]],
        "silent": [row for row in rows if not row["known"]],
    }


def _shown(figure: Figure) -> dict[str, Any]:
    said, kept = json.loads(figure.basis).get(wording.language(), ""), json.loads(figure.records)
    number = wording.number(figure.value)
    share = figure.definition.unit == "percent" and figure.value is not None
    return {
        "figure": figure,
        "value": f"{number}\u00a0%" if share else number,
        "basis": said,
        "known": figure.value is not None or bool(said),
        "opens": bool(kept["part"] or kept["whole"]),
    }


def figure_page(user: Any, figure: Figure) -> dict[str, Any]:
    """One frozen figure and the records that it counted that day."""
    kept = json.loads(figure.records)
    whole = None if kept["whole"] is None else tuple(kept["whole"])
    return {
        **_shown(figure),
        "bulletin": figure.bulletin,
        "definition": figure.definition,
        "period": wording.days(figure.bulletin.first, figure.bulletin.last),
        **rows_of(user, kept["kind"], tuple(kept["part"]), whole),
    }


def mandate_page(user: Any) -> dict[str, Any]:
    """What was counted before beside what came since, and what was set out beside what is done."""
    today = timezone.localdate()
    current = Definition.objects.visible_to(user).current().select_related("indicator", "body")
    known = {
        each.indicator.code: each
        for each in current.filter(indicator__code__in=[*BALANCES.values(), MEETINGS])
    }
    since: list[dict[str, Any]] = []
    before = f"{reverse('capacity:home')}#since" if may(user, "capacity.read") else ""
    for balance in OpeningBalance.objects.order_by("pk"):
        definition = known.get(BALANCES.get(balance.what, ""))
        if definition is not None:
            now = told(definition, balance.as_of, today)
            query = urlencode({"first": balance.as_of.isoformat(), "last": today.isoformat()})
            since.append({
                "balance": balance, "before": before, "value": now.words, "basis": now.basis, "definition": definition,
                "url": records_url(definition.indicator, query) if now.rows else "",
            })  # fmt: skip
    programmes = targets(user)["programmes"]
    for one in programmes:
        one["figures"] = [*one["figures"], *_meetings(known.get(MEETINGS), one["programme"])]
    return {"tabs": tabs("mandate"), "since": since, "programmes": programmes}


def _meetings(definition: Definition | None, programme: Any) -> list[dict[str, Any]]:
    """Meetings held, of those planned, between the days of a programme."""
    if definition is None:
        return []
    definition.body = (
        programme.body
    )  # of this programme's body, whatever the definition says; nothing is saved
    now = told(definition, programme.starts_on, min(programme.ends_on, timezone.localdate()))
    if now.answer is None:
        return []
    first = {"first": programme.starts_on.isoformat(), "last": programme.ends_on.isoformat()}
    return [
        {"label": _("Monthly meetings held"), "value": wording.number(now.answer.value),
         "unit": _("of %(n)s") % {"n": wording.number(now.answer.whole)}, "basis": now.words,
         "url": f"{reverse('coordination:figure', args=[programme.body.public_id, 'regularity'])}?{urlencode(first)}"}
    ]  # fmt: skip
