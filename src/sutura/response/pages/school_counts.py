"""Schools in numbers for whoever coordinates: no school is named, and attacks and use are told in steps of five.

That a school is closed is known to all around it. That it was attacked or is used, and that somebody said so, is not:
a count of one in a region would point at the school, and at who told of it (ADR 0031).
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may, regions
from sutura.places.models import Unit
from sutura.response.choices.schools import Line, Shown
from sutura.response.pages.schools import commitments
from sutura.response.pages.telling import said
from sutura.response.querysets import COUNTS
from sutura.response.rules.clocks import blurred
from sutura.response.rules.schools import inside, stretches
from sutura.response.schooling import Known, all_counted, spanned

STEPPED = (Shown.ATTACKED, Shown.USED, Shown.IN_USE, Shown.VACATED)


def counts(user: Any) -> dict[str, Any]:
    """The last twelve months: attacks and use over all regions together, closings and reopenings by region."""
    today = timezone.localdate()
    since, found = today - timedelta(days=365), all_counted(user)
    first, last = spanned(since).first, spanned(today).last
    held = regions(user, COUNTS)
    names = {code: name for code, name in Unit.objects.region_names().items() if code in held}
    tallies = {code: tally([one for one in found if one.region == code], first, last) for code in names}
    return {
        "since": since,
        "steps": [
            (column.label, said(blurred(sum(one.answers(column, first, last, today) is True for one in found))))
            for column in STEPPED
        ],
        "rows": [
            {"where": name, "shut": of["shut"], "closed": of["closed"], "reopened": of["reopened"], "late": of["late"]}
            for code, name in names.items() if (of := tallies[code])
        ],
        "commitments": commitments(user),
        "manager": may(user, "coordination.manage"),
        "basis": _("as noted with the offices of education; closings told by incidents alone are not in it"),
    }  # fmt: skip


def tally(found: list[Known], first: Any, last: Any) -> Counter[str]:
    """Closings and reopenings that offices told of, and late actions: never what an incident alone tells."""
    today, counted = timezone.localdate(), Counter[str]()
    for one in found:
        begins, ends = one.noted(Line.CLOSED, Line.STILL_CLOSED), one.noted(Line.REOPENED)
        times = stretches(begins, ends)
        counted["shut"] += any(time.open for time in times)
        counted["closed"] += any(inside(time.start, first, last) is True for time in times)
        counted["reopened"] += any(inside(end, first, last) is True for end in ends)
        counted["late"] += sum(action.late(today) for action in one.actions)
    return counted
