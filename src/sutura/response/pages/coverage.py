"""Who was trained, read from the registers of trainings, beside the cases: cercle by cercle, gaps first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.alerts.models import Alert
from sutura.capacity.models import Attendance, Cohort, Module
from sutura.capacity.querysets import READ as TRAININGS
from sutura.incidents.models import Incident
from sutura.places.resolver import Register
from sutura.response.forms.programme import ThemeFilter
from sutura.response.pages.telling import cercles, followed, said
from sutura.response.querysets import READ
from sutura.response.rules.telling import part

COD, REFORM = "2021", "2023"
Key = tuple[str, str]
"""A region and a cercle of it; "": what no cercle is known of."""


@dataclass
class Trained:
    """Who was trained in a cercle: different people, and the last day."""

    people: set[int] = field(default_factory=set)
    last: date | None = None


def coverage(user: Any, query: QueryDict) -> dict[str, Any]:
    """One row for each cercle of one's regions."""
    names = {
        module.code: module.title for module in Module.objects.visible_to(user).order_by("code", "version")
    }
    form = ThemeFilter(query or None, modules=names)
    theme = form.cleaned_data["module"] if form.is_bound and form.is_valid() else ""
    edition = REFORM if query.get("regions") == REFORM else COD
    taught, cases = trained(user, theme), {"incidents": incidents(user), "alerts": alerts(user)}
    children = followed(user).counts
    rows = [
        row(user, (region, cercle), children[region][cercle], taught, cases)
        for region in sorted(children)
        for cercle in (*cercles(region), "")
    ]
    shown = [each for each in rows if each["cercle"] or each["told"] or each["people"]]
    placed(shown, edition)
    return {
        "form": form,
        "tabs": [
            {"label": label, "url": f"?{urlencode({'regions': code, 'module': theme})}", "current": edition == code}
            for code, label in ((COD, _("Regions of 2021")), (REFORM, _("Regions of 2023")))
        ],
        "rows": sorted(shown, key=turn),
        "gaps": sum(each["gap"] for each in shown),
        "trainings": may(user, TRAININGS),
        "incidents": may(user, "incidents.read"),
        "alerts": may(user, "alerts.read"),
    }  # fmt: skip


def turn(each: dict[str, Any]) -> tuple[Any, ...]:
    """Gaps first, then most children, then most people trained."""
    return -each["gap"], -each["told"], -(each["people"] or 0), each["where"], each["name"]


def row(
    user: Any, key: Key, count: int, taught: dict[Key, Trained], cases: dict[str, Counter[Key]]
) -> dict[str, Any]:
    """A cercle: the people trained, the children followed as far as they may be told, the other cases."""
    region, exact = key[0], may(user, READ, key[0])
    told, found = (count if exact else part(count).low), taught.get(key, Trained())
    others = {name: counted[key] for name, counted in cases.items()}
    known = may(user, TRAININGS, region)
    return {
        "region": region,
        "cercle": key[1],
        "people": len(found.people) if known else None,
        "last": found.last,
        "told": told,
        "children": told if exact else said(told),
        "gap": known and not found.people and bool(told or any(others.values())),
        **{name: value if may(user, f"{name}.read", region) else None for name, value in others.items()},
    }


def placed(rows: Iterable[dict[str, Any]], edition: str) -> None:
    """Name the cercle and the region of each row, by one of the two divisions of the country."""
    units = Register.current().by_code
    for each in rows:
        cercle, region = units.get(each["cercle"]), units[each["region"]]
        if edition == REFORM:
            code = (cercle or region).region_2023
            region = units.get(code, region)
        each["name"] = cercle.name if cercle else _("cercle not known")
        each["where"] = region.name


def trained(user: Any, theme: str) -> dict[Key, Trained]:
    """Different people who came to a session held there: counts alone, for whoever follows trainings."""
    found: defaultdict[Key, Trained] = defaultdict(Trained)
    came = Attendance.objects.filter(
        enrolment__cohort__in=Cohort.objects.visible_to(user), session__cancelled=""
    )
    if theme:
        came = came.filter(session__module__code=theme)
    fields = (
        "enrolment__cohort__region",
        "enrolment__cohort__place",
        "enrolment__professional",
        "session__held_on",
    )
    register = Register.current()
    for region, place, person, day in came.order_by().values_list(*fields).distinct():
        one = found[region, cercle_of(register, region, place)]
        one.people.add(person)
        one.last = max(filter(None, (one.last, day)))
    return found


def cercle_of(register: Register, region: str, place: str) -> str:
    """The cercle that the place of a training means, where it is one of its region; nothing is guessed."""
    unit = register.named(place, register.by_code.get(region)).unit if place.strip() else None
    return unit.cercle if unit is not None and unit.region == region else ""


def incidents(user: Any) -> Counter[Key]:
    """Incidents by cercle, as far as they may be read."""
    return (
        _by_cercle(Incident.objects.visible_to(user).counting()) if may(user, "incidents.read") else Counter()
    )


def alerts(user: Any) -> Counter[Key]:
    """Alerts by cercle, likewise."""
    return _by_cercle(Alert.objects.readable_by(user).reports()) if may(user, "alerts.read") else Counter()


def _by_cercle(found: Any) -> Counter[Key]:
    rows = found.order_by().values_list("region", "cercle").annotate(n=Count("pk"))
    return Counter({(region, cercle): count for region, cercle, count in rows})
