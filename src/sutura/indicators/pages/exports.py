"""What may leave as a file, and the dry run of what a DHIS2 would get."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from sutura.access.rules import may
from sutura.indicators.choices import CodeKind
from sutura.indicators.dhis2 import plan
from sutura.indicators.models import Dhis2Code, Round
from sutura.indicators.pages.definitions import Asked, tabs
from sutura.indicators.querysets import WRITE
from sutura.places.models import Unit
from sutura.ui import wording


def export_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """The files, the rounds that a DHIS2 may take, and its codes."""
    asked, keeper = Asked(user, query), may(user, WRITE)
    rounds = Round.objects.visible_to(user).kept_by(user)
    return {
        "form": asked.form,
        "tabs": tabs("exports"),
        "query": asked.query(),
        "period": wording.days(asked.span.first, asked.span.last),
        "rounds": [{"round": each, "period": wording.days(each.first, each.last)} for each in rounds],
        "codes": Dhis2Code.objects.visible_to(user) if keeper else [],
        "keeper": keeper,
    }


def dhis2_page(user: Any, found: Round) -> dict[str, Any]:
    """What would be sent, value by value; what lacks a code; what is left out and why."""
    made, names = plan(found), Unit.objects.region_names()
    return {
        "round": found,
        "period": wording.days(found.first, found.last),
        "plan": made,
        "rows": [
            {"cell": cell, "value": value, "where": names.get(cell.place, cell.place)}
            for cell, value in made.sent
        ],
        "lacking": [{"kind": CodeKind(kind).label, "subject": subject} for kind, subject in made.lacking],
        "left_out": [
            {"code": code, "where": names.get(place, place), "why": why} for code, place, why in made.left_out
        ],
        "ready": bool(made.period and made.data_set and made.sent),
    }
