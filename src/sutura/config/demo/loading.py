"""Pours the demonstration: everything through the services, in one transaction, from one seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from sutura.config.demo import (
    accounts,
    alerts,
    care,
    children,
    following,
    groups,
    indicators,
    judging,
    library,
    meetings,
    phones,
    plans,
    programme,
    projects,
    publications,
    recommendations,
    reports,
    schools,
    sectors,
    services,
    trainings,
    visits,
    work,
)
from sutura.config.demo.incidents import bundle
from sutura.config.demo.shapes import CERCLES, Draw, draw
from sutura.incidents import services as incidents
from sutura.incidents.models import Violation
from sutura.people.models import Account
from sutura.places.models import Unit

SEED = 20130701  # the day of the protocol on the release and handover of children
INCIDENTS = 400
WHY = "démonstration : données inventées"
AFTERWARDS: tuple[Callable[..., Any], ...] = (
    meetings.meet, library.shelve, recommendations.follow, projects.support, work.carry_out, publications.publish,
    plans.plan, services.chart, trainings.train, groups.meet, following.follow, sectors.teach, children.follow,
    care.begin, visits.visit, schools.attend, programme.run, indicators.count, phones.send,
)  # fmt: skip
"""What bodies, keepers and officers do with it, each after what it rests on."""


def quiet(_line: str) -> None:
    """Say nothing."""


@transaction.atomic
def load(*, by: Account, progress: Callable[[str], Any] = quiet) -> None:
    """Invented accounts, incidents, alerts, access notes and judgements; about 400 incidents over three years."""
    random = Random(SEED)  # noqa: S311 - invented facts, the same at each pouring
    today = timezone.localdate()
    progress("accounts")
    cast = accounts.open_all(by=by)
    places = communes()
    progress("incidents")
    drawn = events(random, today)
    bundles = [bundle(one, random.choice(places[one.cercle]), random) for one in drawn]
    opened = list(zip(drawn, incidents.open_incidents(bundles=bundles, by=by, why=WHY), strict=True))
    progress("alerts")
    alerts.receive_all(by=by, cast=cast, places=places, random=random)
    alerts.open_some(cast=cast)
    cercles = list(Unit.objects.filter(edition="cod-ab-2021", level=2).order_by("code"))
    alerts.note_access(by=by, cercles=cercles, random=random)
    progress("judgements")
    panel = judging.Panel(cast, today, random)
    judging.decide_before(opened=opened, by=by)
    kept = judging.judge(panel, opened)
    waiting = Violation.objects.pending().exclude(pk__in=[violation.pk for violation, _status in kept])
    judging.leave_waiting(panel, waiting.exclude(incident__opened_by=cast["awa"].pk))
    judging.respond(panel)
    progress("reports")
    reports.report(panel, kept)
    progress("meetings")
    for act in AFTERWARDS:
        act(cast=cast, today=today)


def events(random: Random, today: date) -> list[Draw]:
    """The invented events, in the order in which they happened."""
    drawn = [draw(number, random, today) for number in range(INCIDENTS)]
    return sorted(drawn, key=lambda one: (one.day, one.number))


def communes() -> dict[str, list[Unit]]:
    """The communes of each cercle which the invented events use."""
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    units = Unit.objects.filter(edition="cod-ab-2021", level=3, parent__code__in=CERCLES).select_related(
        "parent"
    )
    for unit in units.order_by("code"):
        found[unit.cercle].append(unit)
    return found
