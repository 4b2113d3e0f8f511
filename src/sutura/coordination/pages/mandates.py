"""What was done against what a body set out to hold, and how the days of mandates are spent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.access.rules import may
from sutura.coordination.choices.work import EventKind, EventState
from sutura.coordination.models import Event, Mandate, Programme, Stint
from sutura.coordination.rules.work import Pace, pace
from sutura.places.models import Unit
from sutura.ui import wording


def targets(user: Any) -> dict[str, Any]:
    """Each programme that a person may see, the last of each body first."""
    names = Unit.objects.region_names()
    found = Programme.objects.visible_to(user).select_related("body")
    return {
        "programmes": [programme_shown(user, one, names) for one in found],
        "keeps": may(user, "coordination.manage"),
    }


def programme_shown(user: Any, one: Programme, names: dict[str, str]) -> dict[str, Any]:
    """One programme: its figures, and its regions with the workshop of each."""
    events = list(Event.objects.visible_to(user).of_body(one.body).begun_within(one.starts_on, one.ends_on))
    regions = [region_shown(code, names, events) for code in one.regions.split()]
    return {
        "programme": one,
        "period": wording.days(one.starts_on, one.ends_on),
        "figures": [*held_figures(one, events, regions), *days_figure(user, one)],
        "regions": regions,
    }


def held_figures(one: Programme, events: list[Event], regions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Workshops and conferences held, beside what was set out."""

    def held(kind: str) -> int:
        return sum(event.kind == kind and event.state == EventState.HELD for event in events)

    told = (
        (EventKind.THEMATIC, _("Thematic workshops"), held("thematic"), one.thematic,
         _("thematic workshops noted as held")),
        (EventKind.REGIONAL, _("Regions with a strategic workshop"), sum(bool(each["held"]) for each in regions),
         len(regions), _("regions named below where at least one strategic workshop was held")),
        (EventKind.CONFERENCE, _("Conferences"), held("conference"), one.conferences,
         _("conferences noted as held")),
        (EventKind.NATIONAL, _("National capitalisation"), held("national"), one.national,
         _("national capitalisation workshops noted as held")),
    )  # fmt: skip
    return [
        figure(label, done, wanted, basis, records(one, kind))
        for kind, label, done, wanted, basis in told
        if wanted
    ]


def conferences(user: Any) -> dict[str, Any]:
    """Conferences held and planned, each with the institute that received it, beside what each body set out to hold."""
    found = Event.objects.visible_to(user).filter(kind=EventKind.CONFERENCE).select_related("host")
    programmes = Programme.objects.visible_to(user).filter(conferences__gt=0).select_related("body")
    figures = []
    for one in programmes:
        held = found.of_body(one.body).begun_within(one.starts_on, one.ends_on).held().count()
        basis, url = _("conferences noted as held"), records(one, EventKind.CONFERENCE)
        told = figure(str(one.body), held, one.conferences, basis, url)
        figures.append({**told, "period": wording.days(one.starts_on, one.ends_on)})
    return {
        "figures": figures,
        "conferences": found.exclude(state=EventState.CANCELLED).order_by("-starts_on"),
    }


def figure(label: str, done: object, wanted: int, basis: str, url: str) -> dict[str, Any]:
    """A number done, beside the one wanted."""
    return {"label": label, "value": done, "unit": _("of %(n)s") % {"n": wanted}, "basis": basis, "url": url}


def records(one: Programme, kind: str) -> str:
    """Where the records behind a figure are listed."""
    asked = {
        "tab": "held", "kind": kind, "body": one.body.public_id, "since": one.starts_on, "until": one.ends_on,
    }  # fmt: skip
    return f"{reverse('coordination:events')}?{urlencode(asked)}"


def days_figure(user: Any, one: Programme) -> list[dict[str, Any]]:
    """Days worked under the mandates of the body that touch the period, for whoever may see them."""
    mine = Mandate.objects.visible_to(user).filter(
        body=one.body, starts_on__lte=one.ends_on, ends_on__gte=one.starts_on
    )
    allowed = mine.aggregate(all=Sum("days"))["all"]
    if not allowed:
        return []
    used = Stint.objects.filter(mandate__in=mine).aggregate(all=Sum("days"))["all"] or Decimal(0)
    basis = _("days noted under the mandates that touch these dates")
    return [figure(_("Days worked"), used, allowed, basis, reverse("coordination:mandates"))]


def region_shown(code: str, names: dict[str, str], events: list[Event]) -> dict[str, Any]:
    """A region where a strategic workshop is wanted, and the one that was held there, or is planned."""
    there = [event for event in events if event.kind == EventKind.REGIONAL and event.region == code]
    held = next((event for event in there if event.state == EventState.HELD), None)
    planned = next((event for event in there if event.state == EventState.PLANNED), None)
    return {"name": names.get(code, code), "held": held, "planned": planned}


def mandates(user: Any) -> dict[str, Any]:
    """The mandates that a person may see, with how each is spent."""
    found = Mandate.objects.visible_to(user).select_related("body").annotate(worked=Sum("stints__days"))
    return {"rows": [shown(one, one.worked) for one in found], "keeps": may(user, "coordination.manage")}


def shown(mandate: Mandate, used: Decimal | None) -> dict[str, Any]:
    """A mandate with its pace, in words."""
    spent = pace(
        allowed=mandate.days, used=used or Decimal(0), start=mandate.starts_on, end=mandate.ends_on,
        today=timezone.localdate(),
    )  # fmt: skip
    return {
        "mandate": mandate,
        "pace": spent,
        "period": wording.days(mandate.starts_on, mandate.ends_on),
        "rhythm": rhythm(spent),
        "beside": beside(spent),
    }


def rhythm(spent: Pace) -> str:
    """At what rhythm the days that are left can be worked."""
    if spent.a_month is None:
        return _("the mandate is over")
    if spent.months_left < 1:
        return _("to be worked before the mandate ends, in less than a month")
    said = _("%(days)s days a month over the %(months)s months left")
    return said % {"days": wording.number(spent.a_month), "months": wording.number(spent.months_left)}


def beside(spent: Pace) -> str:
    """How far from an even rhythm."""
    apart = round(spent.used - spent.expected)
    if not apart:
        return _("as an even rhythm would have it")
    words = ngettext("%(n)s day", "%(n)s days", abs(apart)) % {"n": wording.number(abs(apart))}
    if apart > 0:
        return _("%(days)s more than an even rhythm") % {"days": words}
    return _("%(days)s less than an even rhythm") % {"days": words}


def mandate_page(user: Any, mandate: Mandate) -> dict[str, Any]:
    """One mandate: what is left, and every day noted."""
    stints = list(mandate.stints.select_related("event"))
    keeps = may(user, "coordination.manage", mandate.body.region)
    return {
        **shown(mandate, sum((each.days for each in stints), Decimal(0))),
        "stints": stints,
        "keeps": keeps,
        "notes": keeps or mandate.account_id == user.pk,
    }
