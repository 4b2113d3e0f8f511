"""Mapping rounds: how far each is, and who still owes an answer."""

from __future__ import annotations

from typing import Any

from sutura.access.rules import may
from sutura.mhpss.models import Campaign, Service
from sutura.mhpss.querysets import REVIEW
from sutura.places.models import Unit
from sutura.places.resolver import Register


def regions_of(user: Any) -> list[tuple[str, str]]:
    """Regions for whose map one answers, by name."""
    names = sorted(Unit.objects.region_names().items(), key=lambda one: one[1])
    return [(code, name) for code, name in names if may(user, REVIEW, code)]


def campaign_list(user: Any) -> dict[str, Any]:
    """Every round with its count of answers."""
    names = Unit.objects.region_names()
    rounds = Campaign.objects.visible_to(user).with_awaited()
    return {
        "rows": [{"round": each, "where": names.get(each.region, each.region)} for each in rounds],
        "reviews": may(user, REVIEW),
    }


def campaign_page(user: Any, campaign: Campaign) -> dict[str, Any]:
    """One round: each organisation with its answer and what the map knows of it there."""
    register = Register.current()
    asked = campaign.cercles.split() or [campaign.region]
    counts: dict[int, int] = {}
    whose = Service.objects.visible_to(user).on_the_map().filter(region=campaign.region)
    for organisation in whose.order_by().values_list("organisation_id", flat=True):
        counts[organisation] = counts.get(organisation, 0) + 1
    rows: list[dict[str, Any]] = [
        {"invitation": each, "services": counts.get(each.organisation_id, 0)}
        for each in campaign.invitations.select_related("organisation")
    ]
    complete = sum(row["invitation"].answer == "complete" for row in rows)
    return {
        "campaign": campaign,
        "where": [str(register.by_code[code]) for code in asked],
        "rows": rows,
        "complete": complete,
        "answered": sum(row["invitation"].answer != "invited" for row in rows),
        "reviews": may(user, REVIEW, campaign.region),
    }
