"""The list of quarterly notes: each quarter with its draft figures now and its editions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils import timezone

from sutura.reporting.models import Edition
from sutura.reporting.pages import links
from sutura.reporting.render import words
from sutura.reporting.rules.periods import GHN, Period, compared_with, quarter
from sutura.reporting.services import collect

SHOWN = 8


def notes_page(user: Any) -> dict[str, Any]:
    """The last quarters, the newest first."""
    editions = defaultdict(list)
    for found in Edition.objects.visible_to(user).filter(product=GHN).prefetch_related("clearances"):
        editions[found.period].append(found)
    shown = [note_row(when, editions[when.text], user) for when in last_quarters(timezone.localdate())]
    recent = {row["period"].text for row in shown}
    older = [found for text, many in editions.items() if text not in recent for found in many]
    return {"rows": shown, "older": [edition_row(found) for found in older], "may_freeze": may_freeze(user)}


def may_freeze(user: Any) -> bool:
    """Whether the person may freeze editions: they hold the whole country."""
    return bool(user.may("reporting.freeze", ""))


def last_quarters(today: date) -> list[Period]:
    """The quarter under way and those before it."""
    found = [quarter(today.year, (today.month + 2) // 3)]
    while len(found) < SHOWN:
        found.append(compared_with(found[-1])[0])
    return found


def note_row(when: Period, editions: list[Edition], user: Any) -> dict[str, Any]:
    """One quarter: what it comes to now, and what was frozen."""
    blocks = collect(GHN, when, user=user).blocks
    latest = editions[0] if editions else None
    return {
        "period": when,
        "label": words.period(when),
        "days": words.days(when),
        "url": links.report(when),
        "verified": blocks["verified"].totals.violations,
        "children": blocks["verified"].totals.children.total,
        "late": blocks["late"].totals.violations,
        "unverified": blocks["unverified"].totals.violations,
        "open": number_links(when),
        "editions": [edition_row(found) for found in editions],
        "state": state(latest),
        "under_way": when.end >= timezone.localdate(),
    }


def number_links(when: Period) -> dict[str, str]:
    """What the four numbers of a row open."""
    return {
        "verified": links.records(when, "verified/totals/violations"),
        "children": links.records(when, "verified/totals/children"),
        "late": links.records(when, "late/totals/violations"),
        "unverified": links.records(when, "unverified/totals/violations"),
    }


def state(latest: Edition | None) -> str:
    """Draft, frozen or cleared, by the latest edition."""
    if latest is None:
        return "draft"
    return "cleared" if latest.is_cleared else "frozen"


def edition_row(found: Edition) -> dict[str, Any]:
    """One edition as listed: number, hash, who and when, who cleared."""
    given = {one.level: one for one in found.clearances.all()}
    return {
        "edition": found,
        "url": links.edition(found),
        "label": words.period(found.when),
        "number": found.number,
        "sha": found.sha256[:12],
        "as_at": found.as_at,
        "by": found.frozen_by_name,
        "reason": found.reason,
        "geography": words.geography(found.geography),
        "state": state(found),
        "clearances": [
            {"label": words.level(level), "given": given.get(level)} for level in ("technical", "ctfmr")
        ],
    }
