"""What the pages of one activity, of funding leads and of strategic axes show."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.coordination.choices.plans import ActivityState, PlanStage
from sutura.coordination.forms.plans import FundingFilter
from sutura.coordination.models import Activity, Axis, FundingLead, Plan, PlanLine
from sutura.coordination.pages.plans import line_row
from sutura.coordination.plan_looks import OF_ACTIVITIES, look_of_lead
from sutura.coordination.querysets.plans import FundingLeadQuerySet
from sutura.coordination.services.activities import line_in_force, reports
from sutura.library.models import Document
from sutura.places.models import Unit
from sutura.ui import wording
from sutura.ui.timeline import Entry

LEAD = ("donor", "call", "amount", "stage", "closes_on", "words")
LINE = ("title", "kind", "result", "region", "starts_on", "ends_on", "budget")


def activity_page(user: Any, found: Activity) -> dict[str, Any]:
    """One activity: what is planned, how far it has come, who may pay, and its story."""
    in_force = line_in_force(found)
    line = PlanLine.objects.visible_to(user).told().select_related("version").filter(activity=found)
    told = line.get(pk=in_force.pk) if in_force else line.order_by("-version__number").first()
    today, plan = timezone.localdate(), found.plan
    regions = Unit.objects.region_names()
    keeper = may(user, "coordination.manage", plan.body.region)
    leads = FundingLead.objects.visible_to(user).filter(activity=found).by_day()
    return {
        "activity": found,
        "line": told,
        "plan": plan,
        "row": line_row(told, regions, today) if told else None,
        "facts": facts(told, regions) if told else [],
        "gone": told is not None and told.version.stage == PlanStage.REPLACED,
        "reports": in_force is not None and reports(user, in_force),
        "leads": [lead_row(each) for each in leads],
        "entries": story(found),
        "keeper": keeper,
    }


def facts(line: PlanLine, regions: dict[str, str]) -> list[dict[str, Any]]:
    """What the version plans of it."""
    shown = line_row(line, regions, timezone.localdate())
    return [
        {"label": _("Kind"), "value": line.get_kind_display()},
        {"label": _("Strategic axis"), "value": line.axis or ""},
        {"label": _("Expected result"), "value": line.result},
        {"label": _("Lead organisation"), "value": line.lead, "url": line.lead.get_absolute_url()},
        {"label": _("Partner organisations"), "value": shown["helpers"]},
        {"label": _("Region"), "value": shown["where"]},
        {"label": _("Days"), "value": wording.days(line.starts_on, line.ends_on)},
        {"label": _("Budget"), "value": "" if line.budget is None else _francs(line.budget)},
        {"label": _("Funded"), "value": _francs(line.activity.funded), "note": _gap(shown["gap"])},
    ]


def story(found: Activity) -> list[Entry]:
    """What was reported of it, the latest first."""
    versions = found.history.select_related("history_user").order_by("-history_date", "-history_id")
    return [
        Entry(
            title=_("Planned") if now.history_type == "+" else str(ActivityState(now.state).label),
            moment=now.history_date,
            by=str(now.history_user or ""),
            text=_told(now),
            icon="plus" if now.history_type == "+" else OF_ACTIVITIES[ActivityState(now.state)][0],
        )
        for now in versions
    ]


def _told(now: Any) -> str:
    if now.history_type == "+":
        return ""
    said = _("%(percent)s %% done, %(funded)s funded") % {
        "percent": now.progress, "funded": _francs(now.funded),
    }  # fmt: skip
    return f"{said}. {now.words}".strip()


def _francs(amount: int) -> str:
    return f"{wording.number(amount)} FCFA"


def _gap(gap: int) -> str:
    return _("%(gap)s are lacking") % {"gap": _francs(gap)} if gap else ""


def reported(found: Activity) -> dict[str, Any]:
    """What the form of a report begins with."""
    return {name: getattr(found, name) for name in ("state", "progress", "funded")}


def planned(line: PlanLine) -> dict[str, Any]:
    """What the form of a planned activity begins with."""
    helpers = line.helpers.select_related("organisation")
    return {name: getattr(line, name) for name in LINE} | {
        "axis": line.axis and line.axis.public_id,
        "lead": line.lead.public_id,
        "helpers": [str(each.organisation.public_id) for each in helpers],
    }


def funding(user: Any, query: QueryDict) -> dict[str, Any]:
    """Funding leads: those on which somebody works, the nearest closing day first; or all of them."""
    mine = FundingLead.objects.visible_to(user).select_related("plan__body", "activity")
    form = FundingFilter(query or None, plans=Plan.objects.visible_to(user).select_related("body"))
    chosen = form.in_force
    if "plan" in chosen:
        mine = mine.filter(plan=form.plans[chosen["plan"]])
    stages: dict[str, tuple[str, FundingLeadQuerySet]] = {
        "sought": (_("Being sought"), mine.sought()),
        "granted": (_("Granted"), mine.filter(stage="granted")),
        "all": (_("All"), mine),
    }
    tab = query.get("tab", "") if query.get("tab") in stages else "sought"
    kept = f"&plan={chosen['plan']}" if "plan" in chosen else ""
    return {
        "form": form,
        "tabs": [
            {"label": label, "url": f"?tab={name}{kept}", "current": name == tab, "count": rows.count()}
            for name, (label, rows) in stages.items()
        ],
        "rows": [lead_row(each) for each in stages[tab][1].by_day()],
        "plan": form.plans.get(chosen.get("plan", "")),
        "keeper": may(user, "coordination.manage"),
    }


def lead_row(lead: FundingLead) -> dict[str, Any]:
    """A funding lead as a list shows it."""
    today, closes = timezone.localdate(), lead.closes_on
    waits = lead.stage in ("spotted", "preparing") and closes is not None
    return {
        "lead": lead,
        "look": look_of_lead(lead),
        "late": _("closing day passed") if waits and closes and closes < today else "",
    }


def said_of_lead(lead: FundingLead) -> dict[str, Any]:
    """What the form of a funding lead begins with."""
    return {name: getattr(lead, name) for name in LEAD} | {
        "activity": lead.activity and lead.activity.public_id
    }


def lead_choices(user: Any, plan: Plan) -> dict[str, Any]:
    """The activities of a plan with their last titles, for the form of a funding lead."""
    lines = PlanLine.objects.visible_to(user).filter(version__plan=plan).order_by("version__number")
    return {
        "activities": Activity.objects.visible_to(user).filter(plan=plan),
        "names": dict(lines.values_list("activity_id", "title")),
    }


def axes(user: Any) -> dict[str, Any]:
    """The strategic axes of the documents that one may read, document by document."""
    grouped: dict[Document, list[dict[str, Any]]] = {}
    for axis in Axis.objects.visible_to(user).select_related("document"):
        keeps = may(user, "coordination.manage", axis.document.region)
        url = reverse("coordination:axis_change", args=[axis.public_id]) if keeps else ""
        grouped.setdefault(axis.document, []).append({"axis": axis, "url": url})
    return {"documents": list(grouped.items()), "keeper": may(user, "coordination.manage")}


def documents_kept_by(user: Any) -> Any:
    """The documents to which a person may add axes: those of the regions whose bodies she keeps."""
    found = Document.objects.visible_to(user)
    where = [code for code in ("", *Unit.objects.region_names()) if may(user, "coordination.manage", code)]
    return found.filter(region__in=where)
