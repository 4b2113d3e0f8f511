"""The board of practice groups: who meets, how regularly, and themes only where they tell of nobody."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.capacity.choices import Balance, GroupNeed, GroupState, GroupTheme
from sutura.capacity.forms.groups import BoardFilter
from sutura.capacity.models import Group, GroupReading, GroupRule, NeedRaised, OpeningBalance
from sutura.capacity.pages.paging import paged
from sutura.capacity.pages.training import called
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import months_until, silent_days, state_of_group, themes_may_show
from sutura.places.models import Unit
from sutura.ui import charts, wording
from sutura.ui.statuses import Status

MONTHS, SILENT = 6, 90
LOOKS = {
    GroupState.STARTING: ("hourglass", ""),
    GroupState.FUNCTIONAL: ("check", "accent"),
    GroupState.IRREGULAR: ("triangle-alert", "attention"),
    GroupState.SUSPENDED: ("ban", "quiet"),
    GroupState.CLOSED: ("archive", "quiet"),
}


def board(user: Any, query: QueryDict) -> dict[str, Any]:
    """Every group that somebody follows, month by month, with the figure and the rule it is read by."""
    today, rule = timezone.localdate(), GroupRule.objects.visible_to(user).last()
    groups = Group.objects.visible_to(user).select_related("host").prefetch_related("sittings")
    rows = [row(group, rule, today) for group in groups]
    form = BoardFilter(query or None, by=user)
    shown = [each for each in rows if matches(each, form.in_force)]
    functional = sum(each["state"] == GroupState.FUNCTIONAL for each in rows)
    opened = OpeningBalance.objects.visible_to(user).filter(what=Balance.GROUPS).first()
    months = months_until(today, MONTHS)
    return {
        "figures": [
            {"label": _("Functional groups"), "value": functional, "url": "?state=functional#groups",
             "basis": words_of(rule)},
            *([{"label": _("Opening balance"), "value": opened.count, "period": wording.day(opened.as_of),
                "basis": opened.source}] if opened else []),
        ],
        "months": [wording.month(month) for month in months],
        "lines": lines(shown, months),
        "rows": shown,
        "form": form,
        "themes": themes(rows),
        "readings": GroupReading.objects.visible_to(user).select_related("rule")[:12],
        "keeper": may(user, MANAGE),
        "national": may(user, MANAGE, ""),
    }  # fmt: skip


def matches(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a group is among those that the filters leave; themes and the figure are of all of them."""
    return all(
        said == wanted.get(name, said)
        for name, said in (("region", row["group"].region), ("state", row["state"]))
    )


def row(group: Group, rule: GroupRule | None, today: date) -> dict[str, Any]:
    """One group: where it stands, and how long it has not met."""
    standing = group.standing
    state = GroupState(state_of_group(rule.measure, standing, today) if rule else GroupState.STARTING)
    open_now = state not in (GroupState.SUSPENDED, GroupState.CLOSED)
    days = silent_days(standing, today)
    return {
        "group": group,
        "state": state,
        "look": Status(state.label, *LOOKS[state]),
        "held": standing.sittings,
        "silent": days if open_now and days >= SILENT else None,
        "late": open_now and SILENT > days > group.days_between,
    }


def lines(rows: list[dict[str, Any]], months: list[date]) -> list[dict[str, Any]]:
    """Group by month: how many sittings; nothing is said of months before a group was opened."""
    found = []
    for each in rows:
        held = Counter(day.replace(day=1) for day, _people in each["held"])
        begun = each["group"].opened_on.replace(day=1)
        values = [held[month] if month >= begun else None for month in months]
        url = each["group"].get_absolute_url()
        cells = [
            {"value": value, "level": level, "url": url}
            for value, level in zip(values, charts.levels(values), strict=True)
        ]
        found.append({"label": each["group"].code, "url": url, "cells": cells})
    return found


def themes(rows: list[dict[str, Any]]) -> list[tuple[str, int]] | None:
    """How many sittings touched each theme; None where so few groups would tell who spoke of what."""
    sittings = [each for row in rows for each in row["group"].sittings.all() if each.themes]
    if not themes_may_show(len({each.group_id for each in sittings}), len(sittings)):
        return None
    found = Counter(theme for each in sittings for theme in each.themes.split())
    return [(str(GroupTheme(theme).label), count) for theme, count in found.most_common()]


def words_of(rule: GroupRule | None) -> str:
    """The rule in one sentence, as it is printed beside the figure."""
    if rule is None:
        return _("No rule is set yet.")
    return _(
        "Rule %(version)s, since %(day)s: a facilitator is named, the charter is accepted, at least %(sittings)s "
        "sittings in the last %(days)s days, median attendance of at least %(attendance)s."
    ) % {
        "version": rule.version, "day": wording.day(rule.valid_from), "sittings": rule.sittings,
        "days": rule.window_days, "attendance": rule.attendance,
    }  # fmt: skip


def group_page(user: Any, group: Group) -> dict[str, Any]:
    """One group and its sittings; names and notes for whoever manages its region."""
    rule, names = GroupRule.objects.visible_to(user).last(), Unit.objects.region_names()
    keeper = may(user, MANAGE, group.region)
    people = [called(user, each) for each in (group.facilitator, group.second) if each] if keeper else []
    named = ", ".join(people) or (_("named") if group.facilitator_id else "")
    return {
        **row(group, rule, timezone.localdate()),
        "rule": words_of(rule),
        "sittings": group.sittings.prefetch_related("needs"),
        "keeper": keeper,
        "facts": [
            {"label": _("Hosted by"), "value": group.host},
            {"label": _("Where"), "value": names.get(group.region, group.region)},
            {"label": _("Facilitator"), "value": named},
            {"label": _("Charter accepted on"), "value": group.charter_on and wording.day(group.charter_on)},
            {"label": _("Days planned between two sittings"), "value": group.days_between},
            {"label": _("Opened on"), "value": wording.day(group.opened_on)},
        ],
    }


def needs_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """What groups ask for, and the cohort that answers a training."""
    names = Unit.objects.region_names()
    found = NeedRaised.objects.visible_to(user).select_related("sitting__group", "planned_in")
    rows: list[dict[str, Any]] = [
        {
            "need": each,
            "where": names.get(each.sitting.group.region, each.sitting.group.region),
            "asks": each.kind == GroupNeed.TRAINING and may(user, MANAGE, each.sitting.group.region),
        }
        for each in found
    ]
    counts = Counter(each["need"].kind for each in rows)
    shown, around = paged(rows, query)
    return {
        **around,
        "rows": shown,
        "counts": [(need.label, counts[need]) for need in GroupNeed],
        "board": reverse("capacity:groups"),
    }


def said_of(group: Group) -> dict[str, Any]:
    """What the form of a group begins with."""
    own = ("code", "name", "region", "charter_on", "days_between", "opened_on", "suspended_on", "closed_on")
    people = {
        name: getattr(group, name) and getattr(group, name).public_id
        for name in ("host", "facilitator", "second")
    }
    return {name: getattr(group, name) for name in own} | people
