"""What the pages of organisations, projects and visits show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.partners.choices import ProjectState
from sutura.partners.forms import ProjectFilter
from sutura.partners.models import Organisation, Project, Visit
from sutura.places.models import Unit
from sutura.ui import wording
from sutura.ui.statuses import Status

LOOKS = {
    ProjectState.PLANNED: ("calendar", ""),
    ProjectState.UNDER_WAY: ("circle-dot", "accent"),
    ProjectState.SUSPENDED: ("ban", "attention"),
    ProjectState.ENDED: ("archive", "quiet"),
}


def rows(found: Iterable[Organisation]) -> list[dict[str, Any]]:
    """Each organisation with the name of its region."""
    names = Unit.objects.region_names()
    return [{"organisation": one, "where": _where(one, names)} for one in found]


def file_rows(one: Organisation) -> list[dict[str, Any]]:
    """What the directory says of an organisation, as rows of label, value, address."""
    parent = one.parent
    return [
        {"label": _("Acronym"), "value": one.acronym},
        {"label": _("Kind"), "value": one.get_kind_display()},
        {"label": _("Sectors"), "value": ", ".join(one.sector_words)},
        {"label": _("Where"), "value": _where(one, Unit.objects.region_names())},
        {
            "label": _("Stands under"),
            "value": parent or "",
            "url": parent.get_absolute_url() if parent else "",
        },
        {"label": _("Address for convening"), "value": one.contact_email},
    ]


def regions_of(user: Any) -> list[tuple[str, str]]:
    """The regions whose organisations somebody keeps, by name."""
    names = sorted(Unit.objects.region_names().items(), key=lambda one: one[1])
    return [(code, name) for code, name in names if may(user, "partners.manage", code)]


def places_of(user: Any) -> list[tuple[str, str]]:
    """The same, headed by the whole country for whoever keeps it."""
    whole = [("", _("whole country"))] if may(user, "partners.manage", "") else []
    return [*whole, *regions_of(user)]


def projects(user: Any, query: QueryDict) -> dict[str, Any]:
    """The projects that the filters leave."""
    form = ProjectFilter(query or None)
    wanted = form.in_force
    found = Project.objects.visible_to(user).select_related("lead", "funder")
    if "region" in wanted:
        found = found.in_region(wanted["region"])
    if "sector" in wanted:
        found = found.filter(sectors__contains=wanted["sector"])
    if "state" in wanted:
        found = found.filter(state=wanted["state"])
    rows = [{"project": each, "look": look(each), "where": worked(each, form.regions)} for each in found]
    return {"form": form, "rows": rows, "keeper": may(user, "partners.manage")}


def project_page(user: Any, found: Project) -> dict[str, Any]:
    """One project: who, where, until when, for how much."""
    names = Unit.objects.region_names()
    parts = [part.organisation for part in found.parts.select_related("organisation")]
    funder = found.funder
    facts: list[dict[str, Any]] = [
        {"label": _("Led by"), "value": found.lead, "url": found.lead.get_absolute_url()},
        {"label": _("Funded by"), "value": funder or "", "url": funder.get_absolute_url() if funder else ""},
        {"label": _("Sectors"), "value": ", ".join(found.sector_words)},
        {"label": _("Where"), "value": worked(found, names)},
        {"label": _("Dates"), "value": _dates(found)},
        {"label": _("Budget in FCFA"), "value": "" if found.budget is None else wording.number(found.budget)},
    ]
    keeper = all(may(user, "partners.manage", region) for region in found.regions.split() or [""])
    return {"project": found, "look": look(found), "rows": facts, "parts": parts, "keeper": keeper}


def said_of(found: Project) -> dict[str, Any]:
    """What the form of a project begins with."""
    own = {name: getattr(found, name) for name in ("title", "starts_on", "ends_on", "budget", "state")}
    parts = found.parts.select_related("organisation")
    return own | {
        "lead": found.lead.public_id,
        "funder": found.funder and found.funder.public_id,
        "partners": [str(part.organisation.public_id) for part in parts],
        "sectors": found.sectors.split(),
        "regions": found.regions.split(),
    }


def visits(user: Any, query: QueryDict) -> dict[str, Any]:
    """Visits of support: those to follow up, the nearest day first, or all of them, the latest first."""
    mine = Visit.objects.visible_to(user)
    tab = "all" if query.get("tab") == "all" else "open"
    shown = mine if tab == "all" else mine.open().order_by("follow_up_on", "pk")
    names, today = Unit.objects.region_names(), timezone.localdate()
    tabs = {"open": (_("To follow up"), mine.open().count()), "all": (_("All visits"), mine.count())}
    return {
        "tabs": [
            {"label": label, "url": f"?tab={name}", "current": name == tab, "count": count}
            for name, (label, count) in tabs.items()
        ],
        "rows": [
            {"visit": each, "where": names.get(each.region, each.region) or _("whole country"),
             "late": is_late(each, today)}
            for each in shown.select_related("organisation")
        ],
        "keeper": may(user, "partners.manage"),
    }  # fmt: skip


def visit_page(user: Any, found: Visit) -> dict[str, Any]:
    """One visit: who, where, what was found."""
    names = Unit.objects.region_names()
    facts: list[dict[str, Any]] = [
        {
            "label": _("Organisation visited"),
            "value": found.organisation,
            "url": found.organisation.get_absolute_url(),
        },
        {"label": _("Where"), "value": names.get(found.region, found.region) or _("whole country")},
        {"label": _("Visited on"), "value": wording.day(found.visited_on)},
        {"label": _("Who visited"), "value": found.visitors},
        {"label": _("To be followed up by"), "value": wording.day(found.follow_up_on)},
    ]
    owed = found.follow_up_on is not None and found.followed_up_on is None
    return {
        "visit": found,
        "rows": facts,
        "late": is_late(found, timezone.localdate()),
        "asks": owed and may(user, "partners.manage", found.region),
    }


def is_late(visit: Visit, today: date) -> bool:
    """Whether the follow-up of a visit should have been done."""
    return visit.followed_up_on is None and visit.follow_up_on is not None and visit.follow_up_on < today


def look(project: Project) -> Status:
    """The pill of a project."""
    return Status(project.get_state_display(), *LOOKS[ProjectState(project.state)])


def worked(project: Project, names: dict[str, str]) -> str:
    """Where a project works, in words."""
    return ", ".join(names.get(code, code) for code in project.regions.split()) or _("whole country")


def _dates(found: Project) -> str:
    if found.ends_on:
        return wording.days(found.starts_on, found.ends_on)
    return _("since %(day)s") % {"day": wording.day(found.starts_on)}


def _where(one: Organisation, names: dict[str, str]) -> str:
    return names.get(one.region, one.region) if one.region else _("whole country")
