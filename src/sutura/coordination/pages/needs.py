"""What the pages of needs and themes lay out: what nobody answered first, and who works on what."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.access.rules import may
from sutura.coordination.choices.recommendations import NeedState
from sutura.coordination.forms.needs import TABS, NeedFilter
from sutura.coordination.models import Body, Need, Recommendation, Theme
from sutura.coordination.need_acts import ACTS, form_for
from sutura.coordination.pages.paging import addressed, paged
from sutura.coordination.statuses import status_of_need, whole_country
from sutura.places.models import Unit
from sutura.ui import wording

SIZE = 100
ADDRESSED = {"body": "body__public_id"}
"""Filters which name a record by its public number."""
UNANSWERED = Q(needs__state__in=(NeedState.RAISED, NeedState.EXAMINED))


def needs_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """The needs that a person may see, the gravest and oldest first."""
    tab = query.get("tab", "") if query.get("tab") in TABS else "waiting"
    mine = Need.objects.visible_to(user)
    form = NeedFilter(query or None, bodies=Body.objects.visible_to(user))
    found = mine.filter(**{ADDRESSED.get(name, name): value for name, value in form.in_force.items()})
    states = {name: Count("pk", filter=Q(state__in=states)) for name, (_label, states) in TABS.items()}
    counts = found.order_by().aggregate(**states)
    rows = found.filter(state__in=TABS[tab][1]).select_related("body", "theme").by_severity()
    needs, turns = paged(rows, query, counts[tab])
    return {
        "form": form,
        "tab": tab,
        "tabs": [
            {"label": label, "url": addressed(query, tab=name), "current": name == tab, "count": counts[name]}
            for name, (label, _states) in TABS.items()
        ],
        "rows": [shown(need, form.regions) for need in needs],
        **turns,
    }


def shown(need: Need, regions: dict[str, str]) -> dict[str, Any]:
    """A need as a list shows it."""
    return {
        "need": need,
        "look": status_of_need(need),
        "where": whole_country(need.region, regions),
        "waits": waits(need),
    }


def waits(need: Need) -> str:
    """How long it has waited for an answer; nothing once it has one."""
    if need.answered_on:
        return ""
    days = (timezone.localdate() - need.raised_on).days
    return ngettext("waits for %(n)s day", "waits for %(n)s days", days) % {"n": days}


def detail(user: Any, need: Need, bound: dict[str, Any] | None = None) -> dict[str, Any]:
    """One need: what is lacking, how it was answered, and what may be done now."""
    regions = Unit.objects.region_names()
    keeps = may(user, "coordination.manage", need.body.region)
    facts: list[dict[str, Any]] = [
        {"label": _("Region"), "value": whole_country(need.region, regions)},
        {"label": _("Raised to"), "value": need.body, "url": need.body.get_absolute_url()},
        {"label": _("Severity"), "value": need.get_severity_display()},
        {"label": _("Layer of the pyramid"), "value": need.get_layer_display()},
        {
            "label": _("Theme"),
            "value": need.theme,
            "url": need.theme.get_absolute_url() if need.theme else "",
        },
        {"label": _("How it is known"), "value": need.evidence},
        {"label": _("Raised"), "value": wording.day(need.raised_on), "note": str(need.raised_by)},
    ]
    later = {_("Examined on"): need.examined_on, _("Answered on"): need.answered_on}
    facts += [{"label": label, "value": wording.day(on)} for label, on in later.items() if on]
    acts = [act for act in ACTS.values() if need.state in act.states] if keeps else []
    return {
        **shown(need, regions),
        "facts": facts,
        "keeps": keeps,
        "answers": list(need.recommendations.all()),
        "acts": [{"act": act, "form": (bound or {}).get(act.name) or form_for(act, need)} for act in acts],
    }


def themes_page(user: Any) -> dict[str, Any]:
    """Every theme: needs without an answer, and whether anybody works on it; those that nobody treats come first."""
    mine = Need.objects.visible_to(user).waiting()
    waiting = dict(mine.exclude(theme=None).order_by().values_list("theme").annotate(Count("pk")))
    themes = Theme.objects.visible_to(user).annotate(active=Count("partners__organisation", distinct=True))
    rows = [{"theme": theme, "active": theme.active, "waiting": waiting.get(theme.pk, 0)} for theme in themes]
    return {"rows": sorted(rows, key=lambda row: (row["active"] > 0, -row["waiting"], str(row["theme"])))}


def theme_page(user: Any, theme: Theme) -> dict[str, Any]:
    """One theme: who works on it and where, what regions lack, what was recommended."""
    regions = Unit.objects.region_names()
    raised = Need.objects.visible_to(user).filter(theme=theme).select_related("body").by_severity()
    asked = Recommendation.objects.visible_to(user).filter(theme=theme)
    partners = theme.partners.select_related("organisation")
    return {
        "theme": theme,
        "partners": [
            {"partner": each, "where": whole_country(each.region, regions),
             "may_drop": may(user, "coordination.manage", each.region)} for each in partners
        ],
        "needs": [shown(need, regions) for need in raised[:SIZE]],
        "recommendations": list(asked.by_day()[:SIZE]),
        "keeps": may(user, "coordination.manage"),
    }  # fmt: skip
