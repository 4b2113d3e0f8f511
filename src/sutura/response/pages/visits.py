"""Visits to places: what waits for somebody with its reason, what is left to do, and one visit with its children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Window
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.response.choices import Kind, Stage, Standing
from sutura.response.forms.visits import VisitFilter
from sutura.response.models import Docket, SeenChild, Step, ToDo, Visit
from sutura.response.pages.worklist import region_names
from sutura.response.querysets import KEEP
from sutura.response.rules.reach import FOLLOWS
from sutura.response.settling import episodes
from sutura.response.turning import turned
from sutura.response.visit_acts import ACTS
from sutura.response.waiting import visit_reason
from sutura.response.words import when
from sutura.ui.statuses import Status

LOOKS = {
    Standing.PLANNED: ("calendar", ""),
    Standing.ASKED: ("hourglass", ""),
    Standing.AUTHORISED: ("door-open", "accent"),
    Standing.REFUSED: ("ban", "attention"),
    Standing.UNANSWERED: ("circle-question-mark", "attention"),
    Standing.DONE: ("check", "accent"),
    Standing.DROPPED: ("archive", "quiet"),
}
YEAR = timedelta(days=365)
SHOWN = 50


def look(visit: Visit) -> Status:
    """Where a visit stands, as its word, icon and tone."""
    standing = Standing(visit.standing)
    return Status(standing.label, *LOOKS[standing])


def listed(user: Any, query: QueryDict) -> dict[str, Any]:
    """What waits for somebody first, by the filters of the address; beside it what visits left to do."""
    today, names = timezone.localdate(), region_names(user)
    form = VisitFilter(query or None, regions=names, by=user)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found, pages = turned(chosen(user, said), query)
    seen = still_seen(found)
    to_do = left_to_do(user, today)
    return pages | {
        "form": form,
        "rows": [
            {"visit": each, "look": look(each), "where": names.get(each.region, each.region),
             "reason": visit_reason(each, today), "children": len(seen[each.pk])}
            for each in found
        ],
        "filtered": any(said.values()),
        "to_do": to_do,
        "figures": figures(user, today, to_do[0].overdue if to_do else 0),
        "keeper": may(user, KEEP),
    }  # fmt: skip


def chosen(user: Any, said: dict[str, Any]) -> Any:
    """The visits that the filter means; without one, those which wait."""
    found = Visit.objects.visible_to(user).select_related("site").in_turn()
    if not any(said.values()):
        return found.waiting()
    for name in ("region", "site", "standing", "asked_of"):
        if said.get(name):
            found = found.filter(**{name: said[name]})
    return found


def left_to_do(user: Any, today: date) -> list[Any]:
    """What visits left to do, the most urgent first; each row also says how many are overdue in all."""
    overdue = Window(Count("pk", filter=Q(due_on__lt=today)))
    rows = ToDo.objects.visible_to(user).open().select_related("visit__site", "organisation")
    return list(rows.annotate(overdue=overdue)[:SHOWN])


def figures(user: Any, today: date, late: int) -> list[dict[str, Any]]:
    """What waits for an authority, what is to come, which doors stayed shut, what is late."""
    counts = Visit.objects.visible_to(user).aggregate(
        asked=Count("pk", filter=Q(standing=Standing.ASKED)),
        coming=Count("pk", filter=Q(standing=Standing.AUTHORISED)),
        late=Count("pk", filter=Q(wait_from__lt=today)),
        shut=Count(
            "pk",
            filter=Q(standing__in=(Standing.REFUSED, Standing.UNANSWERED), planned_on__gte=today - YEAR),
        ),
    )
    return [
        {"label": _("Waiting for an authority"), "value": counts["asked"], "url": "?standing=asked",
         "basis": _("visits asked for, no answer yet")},
        {"label": _("Authorised, to be made"), "value": counts["coming"], "url": "?standing=authorised",
         "basis": _("visits")},
        {"label": _("Late visits"), "value": counts["late"], "url": "?",
         "tone": "attention" if counts["late"] else "", "basis": _("to ask for, answered by nobody, or to note")},
        {"label": _("Things to do, overdue"), "value": late, "url": "#to-do", "tone": "attention" if late else "",
         "basis": _("left by visits, their day is over")},
        {"label": _("Doors that stayed shut"), "value": counts["shut"], "url": "access/",
         "basis": _("refused or never answered, planned in the last twelve months")},
    ]  # fmt: skip


def still_seen(visits: Iterable[Visit]) -> dict[int, list[SeenChild]]:
    """The children of visits whose line still holds in its docket; two questions, whatever their number."""
    rows = list(SeenChild.objects.among(visit__in=list(visits)).select_related("docket", "line"))
    dockets = {row.docket_id for row in rows}
    after = {
        step.corrects_id: step
        for step in Step.objects.among(docket__in=dockets).exclude(corrects=None).only("corrects", "kind")
    }
    found: defaultdict[int, list[SeenChild]] = defaultdict(list)
    for row in rows:
        at: Step = row.line
        while at.pk in after:
            at = after[at.pk]
        if at.kind:
            found[row.visit_id].append(row)
    return found


def detail(user: Any, visit: Visit) -> dict[str, Any]:
    """One visit: how it came, what was found, which children, what is left to do."""
    today, keeper = timezone.localdate(), may(user, KEEP, visit.region)
    noted = still_seen([visit])[visit.pk]
    acts = FOLLOWS.get(Standing(visit.standing), ()) if keeper else ()
    made = visit.standing == Standing.DONE
    return {
        "visit": visit,
        "look": look(visit),
        "reason": visit_reason(visit, today),
        "late": visit.wait_from,
        "keeper": keeper,
        "made": made,
        "undo": keeper and not noted and visit.standing != Standing.PLANNED,
        "acts": [(act, ACTS[act].title) for act in acts],
        "companions": [each.organisation.short for each in visit.companions.select_related("organisation")],
        "found": found_there(visit) if made else [],
        "children": told(user, noted),
        "expected": expected(user, visit, {row.docket_id for row in noted}) if made and keeper else [],
        "to_do": list(visit.to_dos.select_related("organisation")),
        "approaches": list(visit.approaches.select_related("organisation", "party")),
        "before": list(
            Visit.objects.visible_to(user).filter(site=visit.site_id).exclude(pk=visit.pk).in_turn()[:5]
        ),
    }


def found_there(visit: Visit) -> list[dict[str, Any]]:
    """What was found in the place; what nobody noted is said to be not stated."""
    return [
        {"label": _("Places for children"), "value": visit.places},
        {"label": _("Children counted there"), "value": visit.children},
        {"label": _("Room"), "value": visit.get_crowding_display()},
        {"label": _("Children and adults"), "value": visit.get_mixed_display()},
        {"label": _("Food and water"), "value": visit.get_food_display()},
        {"label": _("Health care"), "value": visit.get_care_display()},
        {"label": _("Register of children kept"), "value": visit.get_books_display()},
        {"label": _("Children heard without a guard"), "value": visit.get_alone_display()},
    ]


def told(user: Any, noted: list[SeenChild]) -> list[dict[str, Any]]:
    """Each child that one may read, with what the visit says of it beside its line."""
    mine = set(
        Docket.objects.visible_to(user)
        .filter(pk__in=[row.docket_id for row in noted])
        .values_list("pk", flat=True)
    )
    return [
        {"docket": row.docket, "came": row.line.answer_words, "when": when(row.line),
         "health": row.get_health_display(), "age_disputed": row.get_age_disputed_display(),
         "family": row.get_family_display()}
        for row in noted if row.docket_id in mine
    ]  # fmt: skip


def expected(user: Any, visit: Visit, noted: set[int]) -> list[Docket]:
    """Children who by their dockets are in this place and are not noted yet."""
    stages = (Stage.MET, Stage.HELD, Stage.HANDED_OVER, Stage.IN_CARE)
    named = Step.objects.among(site=visit.site_id).values("docket")
    found = Docket.objects.visible_to(user).filter(stage__in=stages, pk__in=named).exclude(pk__in=noted)
    lines: defaultdict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.among(docket__in=found).order_by("id"):
        lines[step.docket_id].append(step)
    return [docket for docket in found if _last_site(lines[docket.pk]) == visit.site_id]


def _last_site(steps: list[Step]) -> int | None:
    latest = episodes(steps)[-1].steps
    found = [step for step in latest if step.kind in (Kind.DETENTION, Kind.CARE)]
    return found[-1].site_id if found else None
