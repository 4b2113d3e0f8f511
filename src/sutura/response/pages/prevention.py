"""Prevention in communities: what was done, and how many took part."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.http import QueryDict
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.places.models import Unit
from sutura.response.forms.programme import ActivityFilter
from sutura.response.models import Activity
from sutura.response.models.programme import COUNTS as NUMBERS
from sutura.response.querysets import COUNTS, KEEP, READ
from sutura.response.turning import turned


def regions_of(user: Any) -> dict[str, str]:
    """Names of the regions where one follows children or counts them, by code."""
    return {
        code: name
        for code, name in Unit.objects.region_names().items()
        if may(user, READ, code) or may(user, COUNTS, code)
    }


def activities(user: Any, query: QueryDict) -> dict[str, Any]:
    """Activities of one's regions, the latest first."""
    names = regions_of(user)
    form = ActivityFilter(query or None, regions=names)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = Activity.objects.visible_to(user)
    for name, field in (("since", "held_on__gte"), ("until", "held_on__lte"), ("region", "region"),
                        ("kind", "kind"), ("theme", "theme")):  # fmt: skip
        if said.get(name):
            found = found.filter(**{field: said[name]})
    rows, pages = turned(found.select_related("place", "organisation"), query)
    sums = found.aggregate(**{name: Sum(name, default=0) for name in NUMBERS})
    adults = sums["women"] + sums["men"]
    return {
        **pages,
        "form": form,
        "rows": [{"activity": each, "where": names.get(each.region, each.region)} for each in rows],
        "keeper": may(user, KEEP),
        "figures": [
            {"label": _("Activities"), "value": found.count(), "basis": _("by this filter")},
            {"label": _("Children who took part"), "value": sum(sums.values()) - adults,
             "basis": _("under 18; somebody at two activities counts twice")},
            {"label": _("Adults who took part"), "value": adults,
             "basis": _("somebody at two activities counts twice")},
        ],
    }  # fmt: skip
