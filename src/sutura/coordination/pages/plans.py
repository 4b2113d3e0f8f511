"""What the pages of action plans show: the list, one version with its figures, what changed between two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sutura.access.rules import may
from sutura.coordination import plan_chart
from sutura.coordination.choices.plans import ActivityKind, PlanStage
from sutura.coordination.forms.plans import LineFilter
from sutura.coordination.models import Body, FundingLead, Plan, PlanLine, PlanVersion
from sutura.coordination.pages.paging import paged
from sutura.coordination.plan_looks import look, look_of_version
from sutura.coordination.rules.plans import SHOWN, Change, Sums, changes, sums
from sutura.coordination.statuses import whole_country
from sutura.library.models import Document
from sutura.places.models import Unit
from sutura.ui import wording

TELLS = ("title", "axis", "kind", "result", "lead", "helpers", "region", "days", "budget")


def listed(user: Any, query: QueryDict) -> dict[str, Any]:
    """The plans of one's bodies, each as its version in force stands; four statements, whatever their number."""
    bodies = {str(each.public_id): each for each in Body.objects.visible_to(user)}
    found = Plan.objects.visible_to(user).select_related("body")
    chosen = bodies.get(query.get("body", ""))
    if chosen:
        found = found.of_body(chosen)
    plans, turns = paged(found, query)
    versions: dict[int, PlanVersion] = {}
    for version in PlanVersion.objects.visible_to(user).filter(plan__in=plans).order_by("plan_id", "-number"):
        held = versions.get(version.plan_id)
        if held is None or version.is_in_force:
            versions[version.plan_id] = version
    lines: dict[int, list[PlanLine]] = {}
    shown = PlanLine.objects.visible_to(user).filter(version__in=[each.pk for each in versions.values()])
    for line in shown.select_related("activity"):
        lines.setdefault(line.version_id, []).append(line)
    today = timezone.localdate()
    return {
        "rows": [_row(plan, versions[plan.pk], lines, today) for plan in plans],
        **turns,
        "body": chosen,
        "keeper": may(user, "coordination.manage"),
    }


def _row(plan: Plan, version: PlanVersion, lines: dict[int, list[PlanLine]], today: date) -> dict[str, Any]:
    total = sums((line.standing for line in lines.get(version.pk, [])), today)
    url = version.get_absolute_url()
    return {
        "plan": plan,
        "version": version,
        "look": look_of_version(version),
        "sums": total,
        "rate": None if version.is_draft else percent(total.done, total.planned),
        "url": url,
    }


def version_page(user: Any, version: PlanVersion, query: QueryDict) -> dict[str, Any]:
    """One version: its numbers, its timeline, its activities; every number opens them."""
    today, plan = timezone.localdate(), version.plan
    held = list(version.lines.told())
    form = LineFilter(query or None, shows=shows(), held=held)
    chosen = form.in_force
    lines = [line for line in held if _answers(line, chosen, today)]
    total = sums((line.standing for line in held), today)
    keeper = may(user, "coordination.manage", plan.body.region)
    document = plan.document
    readable = document and Document.objects.visible_to(user).filter(pk=document.pk).exists()
    return {
        "version": version,
        "plan": plan,
        "look": look_of_version(version),
        "form": form,
        "figures": figures(version, total, user),
        "axes": by_axis(held, today),
        "columns": [
            _("Activities"), pgettext("activities", "Carried out"), _("Late"), _("Budget"), _("Funded"), _("Gap"),
        ],
        "rows": [line_row(line, form.regions, today) for line in lines],
        "heading": dict(shows()).get(chosen.get("show", ""), _("Activities")),
        "chart": plan_chart.timeline(version, lines, today=today) if lines else "",
        "keys": plan_chart.keys(),
        "basis": _("%(days)s; the upright line is today, %(today)s") % {
            "days": wording.days(version.starts_on, version.ends_on), "today": wording.day(today),
        },
        "others": list(PlanVersion.objects.visible_to(user).filter(plan=plan).exclude(pk=version.pk)),
        "older": PlanVersion.objects.visible_to(user).filter(plan=plan, number__lt=version.number).first(),
        "document_url": document.get_absolute_url() if document and readable else "",
        "keeper": keeper,
        "writing": keeper and version.is_draft,
        "begins": keeper and not version.is_draft and not plan.versions.filter(stage=PlanStage.DRAFT).exists(),
    }  # fmt: skip


def line_row(line: PlanLine, regions: dict[str, str], today: date) -> dict[str, Any]:
    """An activity as a list shows it."""
    standing = line.standing
    late = (today - line.ends_on).days if standing.is_late(today) else 0
    return {
        "line": line,
        "look": look(line.activity),
        "late": ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late} if late else "",
        "where": whole_country(line.region, regions),
        "helpers": ", ".join(each.organisation.short for each in line.helpers.all()),
        "gap": standing.gap,
    }


def figures(version: PlanVersion, total: Sums, user: Any) -> list[dict[str, Any]]:
    """The numbers to look at first, each with what it means and the rows behind it."""
    here = version.get_absolute_url()
    done = {
        "label": _("Execution rate"),
        "value": percent(total.done, total.planned),
        "basis": _("carried out: %(done)s of %(planned)s activities; those given up left out")
        % {"done": total.done, "planned": total.planned},
        "url": f"{here}?show=done#rows",
    }
    late = {
        "label": _("Late"),
        "value": total.late,
        "basis": _("last day over, not carried out"),
        "url": f"{here}?show=late#rows",
        "tone": "attention" if total.late else "",
    }
    planned = {
        "label": _("Activities"),
        "value": total.planned,
        "basis": _("planned in this version"),
        "url": f"{here}?show=planned#rows",
    }
    uncosted = ngettext(
        "%(n)s activity has no budget yet", "%(n)s activities have no budget yet", total.uncosted
    )
    gap = {
        "label": _("Financing gap"),
        **money(total.gap),
        "basis": _("budget %(budget)s, less %(funded)s funded")
        % {"budget": wording.number(total.budget), "funded": wording.number(total.funded)}
        + (f"; {uncosted % {'n': total.uncosted}}" if total.uncosted else ""),
        "url": f"{here}?show=gap#rows",
        "tone": "attention" if total.gap else "",
    }
    return [*([planned] if version.is_draft else [done, late]), gap, sought(version.plan, user)]


def sought(plan: Plan, user: Any) -> dict[str, Any]:
    """What donors were asked for and have not decided."""
    amounts = FundingLead.objects.visible_to(user).filter(plan=plan).sought().values_list("amount", flat=True)
    asked = list(amounts)
    return {
        "label": _("Being sought"),
        **money(sum(amount or 0 for amount in asked)),
        "basis": ngettext("%(n)s funding lead, undecided", "%(n)s funding leads, undecided", len(asked))
        % {"n": len(asked)},
        "url": f"{reverse('coordination:funding')}?plan={plan.public_id}",
    }  # fmt: skip


def money(amount: int) -> dict[str, Any]:
    """An amount that a phone has room for: from ten millions on in millions, to the nearest tenth."""
    if amount < 10_000_000:
        return {"value": amount, "unit": "FCFA"}
    return {"value": round(amount / 1_000_000, 1), "unit": _("million FCFA")}


def by_axis(held: Iterable[PlanLine], today: date) -> list[dict[str, Any]]:
    """One line for each axis, those without one last; each number opens its activities."""
    grouped: dict[Any, list[PlanLine]] = {}
    for line in held:
        grouped.setdefault(line.axis, []).append(line)
    found = []
    for axis, lines in sorted(grouped.items(), key=lambda one: (one[0] is None, one[0] and one[0].number)):
        total = sums((line.standing for line in lines), today)
        here = f"?axis={axis.public_id}" if axis else ""
        cells = {
            "planned": total.planned, "done": total.done, "late": total.late, "": total.budget,
            "funded": total.funded, "gap": total.gap,
        }  # fmt: skip
        found.append(
            {
                "label": str(axis) if axis else _("No axis named"),
                "url": f"{here}#rows" if here else "",
                "cells": [
                    {"value": value, "url": f"{here}&show={show}#rows" if here else ""}
                    for show, value in cells.items()
                ],
            }
        )
    return found


def shows() -> list[tuple[str, str]]:
    """The activities that a number opens, in words."""
    return [
        ("planned", _("Planned, without those given up")),
        ("open", _("Not carried out yet")),
        ("done", pgettext("activities", "Carried out")),
        ("late", _("Late")),
        ("gap", _("With a financing gap")),
        ("funded", _("Funded, in part or whole")),
        ("uncosted", _("Without a budget")),
        ("dropped", _("Given up")),
    ]


def _answers(line: PlanLine, chosen: dict[str, Any], today: date) -> bool:
    """Whether an activity answers to every filter."""
    told = {
        "axis": str(line.axis.public_id) if line.axis else "",
        "lead": str(line.lead.public_id),
        "region": line.region,
        "kind": line.kind,
    }
    if any(told[name] != chosen[name] for name in told if name in chosen):
        return False
    return SHOWN[chosen.get("show", "all")](line.standing, today)


def difference(version: PlanVersion, older: PlanVersion) -> list[dict[str, Any]]:
    """Each activity that changed between two versions, field by field, in words."""
    regions = Unit.objects.region_names()
    told = [
        {line.activity.number: _told(line, regions) for line in each.lines.told()}
        for each in (older, version)
    ]
    names = {
        **{n: one["title"] for n, one in told[0].items()},
        **{n: one["title"] for n, one in told[1].items()},
    }
    return [_changed(change, names[change.number]) for change in changes(*told)]


def _changed(change: Change, title: str) -> dict[str, Any]:
    words = {
        "new": pgettext("activity", "New"),
        "gone": pgettext("activity", "Taken out"),
        "changed": pgettext("activity", "Changed"),
    }
    label = labels()
    return {
        "number": change.number,
        "title": title,
        "how": change.how,
        "word": words[change.how],
        "fields": [
            {"label": label[name], "before": before, "after": after}
            for name, before, after in change.fields
            if change.how == "changed" or (name != "title" and (before or after))
        ],
    }


def labels() -> dict[str, str]:
    """What each column of a plan is called."""
    return {
        "title": _("Activity"),
        "axis": _("Strategic axis"),
        "kind": _("Kind"),
        "result": _("Expected result"),
        "lead": _("Lead organisation"),
        "helpers": _("Partner organisations"),
        "region": _("Region"),
        "days": _("Days"),
        "budget": _("Budget, in CFA francs"),
    }


def _told(line: PlanLine, regions: dict[str, str]) -> dict[str, str]:
    values = (
        line.title, str(line.axis or ""), str(ActivityKind(line.kind).label), line.result, line.lead.short,
        ", ".join(each.organisation.short for each in line.helpers.all()), whole_country(line.region, regions),
        wording.days(line.starts_on, line.ends_on), "" if line.budget is None else wording.number(line.budget),
    )  # fmt: skip
    return dict(zip(TELLS, values, strict=True))


def percent(part: int, whole: int) -> str | None:
    """A share in words; nothing to share is a dash."""
    return f"{round(100 * part / whole)}\u00a0%" if whole else None
