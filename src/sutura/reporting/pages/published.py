"""Published figures beside ours, each with its basis; nothing is added across them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sutura.ledger.rules import GRAVE_TYPES
from sutura.reporting.pages import links
from sutura.reporting.published import Published, published
from sutura.reporting.render import words
from sutura.reporting.rules.figures import BlockFigures
from sutura.reporting.rules.periods import ANNUAL, WINDOW, Period, period
from sutura.reporting.services import collect

SHOWN = (
    "total",
    "children",
    "recruitment_use",
    "killing_maiming",
    "sexual_violence",
    "attacks",
    "abduction",
    "denial_humanitarian_access",
)


def published_page(user: Any) -> dict[str, Any]:
    """Reports by kind; `user` reads the whole country, or is None and sees the published figures alone."""
    titles = {
        "annual": _("Annual reports of the Secretary-General"),
        "country": _("Reports on children and armed conflict in Mali"),
        "mission": _("Reports on the mission: windows that overlap, not calendar quarters"),
    }
    return {
        "columns": [labels()[measure] for measure in SHOWN],
        "groups": [
            {"title": title, "rows": [_row(one, user) for one in published() if one.kind == kind]}
            for kind, title in titles.items()
        ],
        "with_ours": user is not None,
    }


def labels() -> dict[str, str]:
    """Heads of the columns."""
    return {
        **words.short_types(),
        "total": _("All violations"),
        "children": _("Children"),
        "killing_maiming": _("Killing and maiming"),
        "attacks": _("Attacks on schools and hospitals"),
    }


def _row(one: Published, user: Any) -> dict[str, Any]:
    values = dict(one.values)
    if "killing_maiming" not in values and {"killing", "maiming"} <= values.keys():
        values["killing_maiming"] = values["killing"] + values["maiming"]
    when = _period(one)
    ours = _ours(collect(when.product, when, user=user).blocks["verified"]) if user and when else None
    summed = one.sum_of_types
    return {
        "label": one.label,
        "symbol": one.symbol,
        "source": one.source,
        "basis": one.basis,
        "cells": [values.get(measure) for measure in SHOWN],
        # A window in which nothing was booked here would be a row of zeros that reads as calm.
        "ours": [ours[measure] for measure in SHOWN] if ours and ours["total"] else None,
        "url": links.report(when) if when else "",
        "closes": summed is not None and summed == values.get("total"),
    }


def _period(one: Published) -> Period | None:
    if one.kind == "annual":
        return period(ANNUAL, one.label)
    return period(WINDOW, f"{one.first}..{one.last}") if one.first and one.last else None


def _ours(block: BlockFigures) -> dict[str, int]:
    """Our figures in the same columns: occurred and verified in the window."""
    by = {kind: sexes.total for kind, sexes in block.victims.items()} | block.events
    assert set(by) == set(GRAVE_TYPES)
    return {
        **by,
        "total": block.totals.violations,
        "children": block.totals.children.total,
        "killing_maiming": by["killing"] + by["maiming"],
        "attacks": by["attack_school"] + by["attack_hospital"],
    }
