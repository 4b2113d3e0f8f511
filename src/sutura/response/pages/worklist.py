"""The worklist: whose way home waits for somebody, with the reasons, the longest overdue first."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may, regions
from sutura.places.models import Unit
from sutura.response.choices import Due, Stage
from sutura.response.forms.dockets import DocketFilter
from sutura.response.models import Docket, Step, TimeLimits
from sutura.response.querysets import KEEP, READ
from sutura.response.rules.clocks import owed
from sutura.response.settling import episodes, limits_of
from sutura.response.turning import turned
from sutura.response.words import reason


def worklist(user: Any, query: QueryDict) -> dict[str, Any]:
    """What is overdue first, by the filters of the address."""
    now, names = timezone.now(), region_names(user)
    form = DocketFilter(query or None, regions=names)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found, pages = turned(chosen(user, said, now), query)
    return {
        **pages,
        "form": form,
        "rows": rows(found, names, now),
        "shown": said.get("show", ""),
        "figures": figures(user, now),
        "keeper": may(user, KEEP),
        "national": may(user, KEEP, ""),
    }


def region_names(user: Any) -> dict[str, str]:
    """Names of the regions where one follows children, by code."""
    held = regions(user, READ)
    return {code: name for code, name in Unit.objects.region_names().items() if code in held}


def chosen(user: Any, said: dict[str, Any], now: datetime) -> Any:
    """The dockets that the filter means; a code looks among all of them."""
    found = Docket.objects.visible_to(user).in_turn()
    if said.get("code"):
        return found.filter(ref__icontains=said["code"].strip())
    found = found.singly()
    if said.get("show") != "all":
        found = found.open()
    if not said.get("show"):
        found = found if said.get("stage") or said.get("due") else found.overdue(now)
    for name, field in (("region", "region"), ("stage", "stage"), ("due", "next_due")):
        if said.get(name):
            found = found.filter(**{field: said[name]})
    return found


def rows(dockets: list[Docket], names: dict[str, str], now: datetime) -> list[dict[str, Any]]:
    """The dockets of a page with all that is overdue in each: two questions, whatever their number."""
    lines: defaultdict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.among(docket__in=dockets).order_by("id"):
        lines[step.docket_id].append(step)
    versions = list(TimeLimits.objects.all())
    found = []
    for docket in dockets:
        latest = episodes(lines[docket.pk])[-1]
        limits = limits_of(latest, versions)
        dues = owed(latest.facts, limits.limits)
        late = [one for one in dues if one.by < now] or dues[:1]
        found.append(
            {
                "docket": docket,
                "where": names.get(docket.region, docket.region),
                "stage": Stage(docket.stage),
                "dues": [
                    {"what": Due(one.what), "by": one.by, "reason": reason(one, latest, limits)}
                    for one in late
                ],
            }
        )
    return found


def figures(user: Any, now: datetime) -> list[dict[str, Any]]:
    """How many children wait, how many are in detention, how many dockets are open; each opens its list."""
    counts = (
        Docket.objects.visible_to(user)
        .singly()
        .aggregate(
            late=Count("pk", filter=Q(next_due_at__lt=now) & ~Q(stage=Stage.CLOSED)),
            met=Count("pk", filter=Q(stage=Stage.MET)),
            held=Count("pk", filter=Q(stage=Stage.HELD)),
            open=Count("pk", filter=~Q(stage=Stage.CLOSED)),
        )
    )
    return [
        {"label": _("Overdue"), "value": counts["late"], "url": "?", "tone": "attention" if counts["late"] else "",
         "basis": _("children for whom somebody is waited for")},
        {"label": _("Not handed over"), "value": counts["met"], "url": "?stage=met",
         "basis": _("children met, no handover noted")},
        {"label": _("In detention"), "value": counts["held"], "url": "?stage=held",
         "basis": _("children with a detention and no release noted")},
        {"label": _("Open dockets"), "value": counts["open"], "url": "?show=open", "basis": _("children followed")},
    ]  # fmt: skip
