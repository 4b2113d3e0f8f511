"""The chooser of a year or of a window of dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from sutura.reporting.forms import PeriodForm
from sutura.reporting.models import Edition
from sutura.reporting.pages import links
from sutura.reporting.pages.notes import edition_row, number_links
from sutura.reporting.render import words
from sutura.reporting.rules.periods import ANNUAL, GHN, WINDOW, Period
from sutura.reporting.services import collect

YEARS = 4


def figures_page(user: Any, form: PeriodForm) -> dict[str, Any]:
    """The form, the last years with what they come to now, and the editions of years and windows."""
    today = timezone.localdate()
    years = [
        Period(ANNUAL, date(year, 1, 1), date(year, 12, 31))
        for year in range(today.year, today.year - YEARS, -1)
    ]
    known = Edition.objects.visible_to(user).exclude(product=GHN).prefetch_related("clearances")
    last = Period(WINDOW, today - timedelta(days=364), today)
    return {
        "form": form,
        "years": [_year(when, user) for when in years],
        "twelve": {"url": links.report(last), "label": words.days(last)},
        "editions": [edition_row(found) for found in known],
    }


def _year(when: Period, user: Any) -> dict[str, Any]:
    blocks = collect(ANNUAL, when, user=user).blocks
    return {
        "label": words.period(when),
        "url": links.report(when),
        "open": number_links(when),
        "verified": blocks["verified"].totals.violations,
        "children": blocks["verified"].totals.children.total,
        "late": blocks["late"].totals.violations,
        "unverified": blocks["unverified"].totals.violations,
        "under_way": when.end >= timezone.localdate(),
    }
