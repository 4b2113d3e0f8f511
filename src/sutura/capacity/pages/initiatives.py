"""The register of initiatives, theme by sector, and the themes that wait for an answer of several sectors."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.capacity.choices import GroupTheme
from sutura.capacity.forms.initial import InitiativeFilter
from sutura.capacity.models import Initiative, JointTheme
from sutura.capacity.pages.paging import paged
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import absent
from sutura.partners.choices import Sector
from sutura.places.models import Unit
from sutura.ui import charts, wording


def register(user: Any, query: QueryDict) -> dict[str, Any]:
    """What sectors do, the themes they share, and the initiatives one by one."""
    form = InitiativeFilter(query or None, by=user)
    names, today = Unit.objects.region_names(), timezone.localdate()
    found = filtered(Initiative.objects.visible_to(user), form.in_force)
    rows, around = paged(found.select_related("organisation"), query)
    now = list(Initiative.objects.visible_to(user).under_way(today))
    joint = JointTheme.objects.visible_to(user)
    return {
        "form": form,
        "rows": [{"initiative": each, "where": where(each.region, names), "now": is_now(each, today)} for each in rows],
        "columns": [sector.label for sector in sectors_of(now)],
        "lines": lines(now),
        "waiting": [joint_row(user, each, now, names) for each in joint.waiting()],
        "answered": [(each, where(each.region, names)) for each in joint.exclude(answered_on=None)[:20]],
        "keeper": may(user, MANAGE),
        **around,
    }  # fmt: skip


def filtered(found: Any, wanted: dict[str, Any]) -> Any:
    """Initiatives that the filters leave."""
    if "sector" in wanted:
        found = found.filter(sector=wanted["sector"])
    if "theme" in wanted:
        found = found.about(wanted["theme"])
    if "region" in wanted:
        found = found.in_region(wanted["region"])
    return found.under_way(timezone.localdate()) if "when" in wanted else found


def sectors_of(initiatives: list[Initiative]) -> list[Sector]:
    """The sectors that do something, in their order."""
    present = {each.sector for each in initiatives}
    return [sector for sector in Sector if sector in present]


def lines(initiatives: list[Initiative]) -> list[dict[str, Any]]:
    """Theme by sector: how many initiatives are under way; each number opens them."""
    sectors = sectors_of(initiatives)
    counts = Counter((theme, each.sector) for each in initiatives for theme in each.themes.split())
    found = []
    for theme in GroupTheme:
        values = [counts[theme, sector] for sector in sectors]
        if any(values):
            cells = [
                {"value": value, "level": level, "url": opens(theme, sector)}
                for value, level, sector in zip(values, charts.levels(values), sectors, strict=True)
            ]
            found.append({"label": theme.label, "cells": cells})
    return found


def opens(theme: str, sector: str) -> str:
    """Where a number of the table opens."""
    asked = urlencode({"theme": theme, "sector": sector, "when": "now"})
    return f"{reverse('capacity:initiatives')}?{asked}#initiatives"


def joint_row(user: Any, theme: JointTheme, now: list[Initiative], names: dict[str, str]) -> dict[str, Any]:
    """A theme that waits: which of the sectors asked do something there already, and which nothing."""
    about = [each for each in now if theme.theme in each.themes.split()]
    there = {each.sector for each in about if not theme.region or each.region in ("", theme.region)}
    asked = theme.sectors.split()
    missing = absent(asked, there)
    return {
        "theme": theme,
        "where": where(theme.region, names),
        "present": [Sector(code).label for code in asked if code not in missing],
        "missing": [Sector(code).label for code in missing],
        "acts": may(user, MANAGE, theme.region),
    }


def detail(user: Any, initiative: Initiative) -> dict[str, Any]:
    """One initiative."""
    module = initiative.module
    return {
        "initiative": initiative,
        "keeper": may(user, MANAGE, initiative.region),
        "facts": [
            {"label": _("Sector"), "value": initiative.get_sector_display()},
            {"label": _("Led by"), "value": initiative.organisation},
            {"label": _("With UNICEF, or outside?"), "value": initiative.get_carried_display()},
            {"label": _("Where"), "value": where(initiative.region, Unit.objects.region_names())},
            {"label": _("Themes"), "value": ", ".join(initiative.theme_words)},
            {
                "label": _("Module of ours that it equals"),
                "value": module or "",
                "url": module.get_absolute_url() if module else "",
            },
            {"label": _("Dates"), "value": wording.days(initiative.starts_on, initiative.ends_on)},
        ],
    }


def where(region: str, names: dict[str, str]) -> str:
    """A region by name, or the whole country."""
    return names.get(region, region) if region else _("the whole country")


def is_now(initiative: Initiative, today: Any) -> bool:
    """Whether it is under way."""
    return initiative.starts_on <= today and (initiative.ends_on is None or today <= initiative.ends_on)


def said_of(initiative: Initiative) -> dict[str, Any]:
    """What the form of an initiative begins with."""
    own = ("title", "sector", "carried", "region", "starts_on", "ends_on", "words")
    return {name: getattr(initiative, name) for name in own} | {
        "organisation": initiative.organisation.public_id,
        "module": initiative.module and initiative.module.public_id,
        "themes": initiative.themes.split(),
    }
