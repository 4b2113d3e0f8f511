"""The three figures of training, never summed, and what was counted before the register beside what came since."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sutura.access.rules import may
from sutura.capacity.choices import Balance, Cadre, DropOut, Sex
from sutura.capacity.forms.training import RegisterFilter
from sutura.capacity.models import Attendance, Cohort, Enrolment, OpeningBalance, Professional, Session
from sutura.capacity.pages.paging import paged
from sutura.capacity.querysets import MANAGE, EnrolmentQuerySet
from sutura.capacity.rules import BANDS, band, by_sex

SECTIONS = {
    "home": gettext_lazy("Overview"),
    "cohorts": gettext_lazy("Cohorts"),
    "sessions": pgettext_lazy("training", "Sessions"),
    "modules": gettext_lazy("Modules and pathways"),
    "people": gettext_lazy("Professionals"),
    "refreshers": gettext_lazy("Refreshers"),
}
NAMED = ("people", "refreshers")


def tabs(user: Any, current: str) -> list[dict[str, Any]]:
    """The pages of training that somebody may open."""
    manager = may(user, MANAGE)
    return [
        {"label": label, "url": reverse(f"capacity:{name}"), "current": name == current}
        for name, label in SECTIONS.items()
        if manager or name not in NAMED
    ]


def counted(user: Any, wanted: dict[str, Any]) -> EnrolmentQuerySet:
    """Enrolments to be counted, not named: those of the cohorts that somebody follows."""
    found = Enrolment.objects.filter(cohort__in=Cohort.objects.visible_to(user))
    if "region" in wanted:
        found = found.in_region(wanted["region"])
    if "cadre" in wanted:
        found = found.filter(cohort__pathway__cadre=wanted["cadre"])
    return found


def overview(user: Any, query: QueryDict) -> dict[str, Any]:
    """The first page: the figures with their definitions, and where each opens."""
    form = RegisterFilter(query or None, by=user)
    wanted = form.in_force
    enrolled = counted(user, wanted)
    present = Attendance.objects.filter(enrolment__in=enrolled).count()
    ahead = f"?{query.urlencode()}" if query else ""
    return {
        "form": form,
        "tabs": tabs(user, "home"),
        "figures": [
            {"label": _("Persons"), "value": enrolled.persons(), "url": _opens(user, "people", ahead),
             "basis": _("Different people enrolled at least once: somebody in two cohorts counts once.")},
            {"label": _("Enrolments"), "value": enrolled.count(), "url": reverse("capacity:cohorts") + ahead,
             "basis": _("A person in a cohort; the same person in two cohorts is two enrolments.")},
            {"label": _("Attendances"), "value": present, "url": reverse("capacity:sessions") + ahead,
             "basis": _("Half-days at which somebody was there.")},
        ],
        "balances": balances(user, wanted),
        "tables": [
            (_("Persons certified, by group and sex"), _("Group"), sexes(enrolled.certified())),
            (_("Persons certified, by age and sex"), _("Age"), ages(enrolled.certified())),
        ],
        "left": departures(enrolled),
        "keeper": may(user, MANAGE),
    }  # fmt: skip


def departures(enrolled: EnrolmentQuerySet) -> list[tuple[str, int]]:
    """Why people left their cohort, the most frequent first."""
    found = Counter(enrolled.exclude(left_for="").order_by().values_list("left_for", flat=True))
    return [(str(DropOut(reason).label), count) for reason, count in found.most_common()]


def balances(user: Any, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """What was counted by July 2022 beside the persons certified since; the old numbers have no region to filter."""
    certified = counted(user, {name: value for name, value in wanted.items() if name != "cadre"}).certified()
    found = []
    for balance in OpeningBalance.objects.visible_to(user).exclude(what=Balance.GROUPS):
        since = certified.filter(cohort__pathway__cadre=balance.what)
        query = QueryDict(mutable=True)
        query.update({**wanted, "cadre": balance.what, "certified": "yes"})
        found.append(
            {
                "balance": balance,
                "since": since.persons(),
                "url": _opens(user, "people", f"?{query.urlencode()}"),
            }
        )
    return found


def sexes(certified: EnrolmentQuerySet) -> list[dict[str, Any]]:
    """Persons certified by group and sex; each person once in a group."""
    rows = (
        certified.order_by()
        .values_list("professional", "cohort__pathway__cadre", "professional__sex")
        .distinct()
    )
    found = by_sex((cadre, sex) for _person, cadre, sex in rows)
    return [
        line(Cadre(cadre).label, [found.get((cadre, sex), 0) for sex in Sex.values])
        for cadre in Cadre.values
        if any(found.get((cadre, sex)) for sex in Sex.values)
    ]


def ages(certified: EnrolmentQuerySet) -> list[dict[str, Any]]:
    """Persons certified by age and sex, and all of them: each person once, so that every sum is the total."""
    people = Professional.objects.filter(pk__in=certified.values("professional"))
    year = timezone.localdate().year
    found = Counter((band(born, year), sex) for born, sex in people.values_list("birth_year", "sex"))
    starts = [0, *BANDS]
    labels: dict[int | None, str] = {
        0: _("under %(age)s") % {"age": BANDS[0]},
        **{at: f"{starts[at]}–{starts[at + 1] - 1}" for at in range(1, len(BANDS))},
        len(BANDS): _("%(age)s and over") % {"age": BANDS[-1]},
        None: _("age not stated"),
    }
    if not found:
        return []
    lines = [line(label, [found[at, sex] for sex in Sex.values]) for at, label in labels.items()]
    return [*lines, line(_("All"), [sum(row["cells"][at] for row in lines) for at in range(len(Sex.values))])]


def line(label: object, cells: list[int]) -> dict[str, Any]:
    """A line by sex, and its sum."""
    return {"label": label, "cells": [*cells, sum(cells)]}


def cohorts(user: Any, query: QueryDict) -> dict[str, Any]:
    """The cohorts that the filters leave, with how many enrolled, completed and left."""
    form = RegisterFilter(query or None, by=user)
    wanted = form.in_force
    found = Cohort.objects.visible_to(user).counted().select_related("pathway", "organiser")
    if "region" in wanted:
        found = found.in_region(wanted["region"])
    if "cadre" in wanted:
        found = found.filter(pathway__cadre=wanted["cadre"])
    rows, around = paged(found.order_by("-starts_on", "code"), query)
    return {"form": form, "rows": rows, "tabs": tabs(user, "cohorts"), "keeper": may(user, MANAGE), **around}


def sessions(user: Any, query: QueryDict) -> dict[str, Any]:
    """The sessions that the filters leave, with the half-days attended in each."""
    form = RegisterFilter(query or None, by=user)
    wanted = form.in_force
    found = Session.objects.visible_to(user).with_present().select_related("cohort", "module")
    if "region" in wanted:
        found = found.in_region(wanted["region"])
    if "cadre" in wanted:
        found = found.filter(cohort__pathway__cadre=wanted["cadre"])
    rows, around = paged(found.order_by("-held_on", "-pk"), query)
    return {"form": form, "rows": rows, "tabs": tabs(user, "sessions"), **around}


def _opens(user: Any, name: str, ahead: str) -> str:
    """Where a number of persons opens: names for whoever manages, cohorts for the others."""
    return reverse(f"capacity:{name if may(user, MANAGE) else 'cohorts'}") + ahead
