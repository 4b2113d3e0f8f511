"""A month of the bodies that a person may see, day by day, and how she is reminded."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.coordination.engagements import Engagement, engagements
from sutura.coordination.forms.reminders import CalendarFilter
from sutura.coordination.models import Body, Feed, Reminder
from sutura.ui import wording


def month_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """One month, with the month before and the one after."""
    form = CalendarFilter(query or None, bodies=Body.objects.visible_to(user))
    body = form.cleaned_data.get("body") if form.is_valid() else None
    today = timezone.localdate()
    first = month_of(query.get("month", ""), today)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    found = engagements(user, first, last, body.public_id if body else None)
    return {
        "form": form,
        "heading": wording.month(first),
        "days": list(by_day(found, first)),
        "today": today,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{last + timedelta(days=1):%Y-%m}",
        "now": None if first <= today <= last else f"{today:%Y-%m}",
    }


def month_of(typed: str, today: date) -> date:
    """The first day of `2026-11`; of this month for anything else."""
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)


def by_day(found: list[Engagement], first: date) -> list[dict[str, Any]]:
    """The days on which something stands; what began before the month stands on its first day."""
    days = groupby(found, key=lambda one: max(one.starts_on, first))
    return [
        {"day": day, "weekday": weekday(day), "lines": [shown(one) for one in lines]} for day, lines in days
    ]


def shown(one: Engagement) -> dict[str, Any]:
    """A line of the calendar, with its hours or its days."""
    if one.ends_on != one.starts_on:
        return {"line": one, "when": wording.days(one.starts_on, one.ends_on)}
    hours = [f"{moment:%H:%M}" for moment in (one.starts_at, one.ends_at) if moment]
    return {"line": one, "when": "–".join(hours)}


def weekday(day: date) -> str:
    """Monday to Sunday."""
    names = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return names[day.weekday()]


def reminders_page(user: Any) -> dict[str, Any]:
    """How somebody is reminded, and whether her calendar has an address."""
    return {"feed": Feed.objects.visible_to(user).open().first()}


def reminder_said(user: Any) -> dict[str, Any]:
    """What the form of reminders begins with."""
    found = Reminder.objects.visible_to(user).first()
    return {"rhythm": found.rhythm, "email": found.email} if found else {"rhythm": "off"}
