"""The places where children are held or cared for, and the versions of the time limits."""

from __future__ import annotations

from typing import Any

from sutura.access.rules import may
from sutura.response.models import Site, TimeLimits
from sutura.response.pages.worklist import region_names
from sutura.response.querysets import KEEP


def sites(user: Any) -> dict[str, Any]:
    """Places of detention and centres of one's regions."""
    names = region_names(user)
    found = Site.objects.visible_to(user).select_related("place", "run_by")
    return {
        "rows": [
            {
                "site": each,
                "where": names.get(each.region, each.region),
                "keeper": may(user, KEEP, each.region),
            }
            for each in found
        ],
        "keeper": may(user, KEEP),
    }


def limits(user: Any) -> dict[str, Any]:
    """The versions of the time limits, the newest first."""
    return {"versions": list(TimeLimits.objects.visible_to(user))[::-1], "keeper": may(user, KEEP, "")}


def last_said(user: Any) -> dict[str, Any]:
    """What the form of new limits begins with: the version that holds."""
    last = TimeLimits.objects.visible_to(user).last()
    names = (
        "handover_hours", "handover_source", "plan_hours", "plan_source", "months", "months_source", "confirm_days",
        "confirm_source",
    )  # fmt: skip
    return {name: getattr(last, name) for name in names} if last else {}
