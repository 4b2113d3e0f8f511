"""20,000 children followed and as many referrals: statements of their lists, and time in the server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bench import server, stage
from bench.board import counted
from bench.measure import Result, Side, alternate, milliseconds
from sutura.config.language import say

SEED = 20130701
LARGE, SMALL, SERVICES = 20_000, 400, 30
STATEMENTS, SECONDS = 8, 0.100
READER, REGIONS = "follower", ("ML04", "ML05", "ML06")
PAGES = (
    "", "?show=open", "?show=all&page=300", "?stage=held", "?due=handover", "?code=7K", "referrals/",
    "referrals/?show=answered&page=40",
)  # fmt: skip
# Ways home: each line by its kind, its code and the days after the encounter.
WAYS: tuple[tuple[tuple[str, str, int], ...], ...] = (
    (("notification", "", 1),),
    (("detention", "prison", 1), ("legal_basis", "remand", 2), ("lawyer", "no", 9), ("visit", "seen", 30)),
    (("handover", "well", 2), ("care", "centre", 3), ("plan", "", 4), ("tracing", "requested", 9)),
    (("handover", "care", 1), ("care", "foster", 1), ("plan", "", 2), ("tracing", "found", 9),
     ("reunification", "kin", 40), ("package", "school", 50), ("follow_up", "stable", 70)),
    (("handover", "well", 1), ("reunification", "parents", 5), ("follow_up", "stable", 35), ("outcome", "stable", 200)),
)  # fmt: skip


def run(folder: Path, small: bool) -> list[Result]:
    """On SQLite; `bench.children_wall` asks the same of PostgreSQL."""
    os.environ["SUTURA_STATIC"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    (folder / "static").mkdir(exist_ok=True)
    stage.start(folder, stage.copy_of_empty(folder, "children"))
    return judged("SQLite", small)


def judged(database: str, small: bool, ready: Callable[[], object] = lambda: None) -> list[Result]:
    """Fill it and make it `ready`; then the time of the slowest page, and the statements of the most talkative."""
    number, rounds = (SMALL, 3) if small else (LARGE, 15)
    fill(number)
    ready()
    asked = [asker(page) for page in PAGES]
    statements = max(counted(work) for work in asked)
    slowest, page = max(
        zip(alternate(*asked, rounds=rounds), PAGES, strict=True), key=lambda found: found[0].wall
    )
    what = say(
        f"lists of {number} children followed and {number} referrals, {database}",
        f"listes de {number} enfants suivis et {number} orientations, {database}",
    )
    limit = say("limit", "limite")
    ours = milliseconds(
        say(f"the slowest of {len(PAGES)} views", f"la plus lente de {len(PAGES)} vues"), slowest
    )
    return [
        Result(
            "children", what, ours, Side(limit, SECONDS * 1000, "ms"), slowest.wall / SECONDS, 1.0,
            note=f"/response/{page}",
        ),
        Result(
            "children", say("its statements", "ses requêtes SQL"), Side("SQL", statements, ""),
            Side(limit, STATEMENTS, ""), statements / STATEMENTS, 1.0,
        ),
    ]  # fmt: skip


def asker(page: str) -> Any:
    """Somebody who follows children in three regions asks for a page."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = server.session(READER).partition("=")[2]

    def ask() -> None:
        answer = client.get(f"/response/{page}")
        assert answer.status_code == 200, answer.status_code

    ask()
    return ask


def fill(number: int) -> None:
    """Dockets with their lines and one referral each, in bulk; what is due next is worked out as the product does."""
    from sutura.access.acting import beyond
    from sutura.audit.services import keep_all
    from sutura.people.services import machine
    from sutura.response.models import Consent, Docket, Referral, Step

    with beyond("the bench"):
        by, services = machine("bench"), offered()
        made = list(children(number, by))
        keep_all(Docket, [docket for docket, _steps in made], by=by, why="bench")
        for docket, steps in made:
            for step in steps:
                step.docket_id = docket.pk
        Step.objects.bulk_create([step for _docket, steps in made for step in steps], batch_size=500)
        sent = [referred(docket, services, place, by) for place, (docket, _steps) in enumerate(made)]
        keep_all(Consent, [each.consent for each in sent], by=by, why="bench")
        for each in sent:
            each.consent_id = each.consent.pk
        keep_all(Referral, sent, by=by, why="bench")


def offered() -> list[Any]:
    """Services of the map, which children are sent to."""
    from sutura.mhpss.services.map import keep_service
    from sutura.partners.services import add_organisation
    from sutura.people.services import machine
    from sutura.places.models import Unit

    by, place = machine("bench"), Unit.objects.get(code="ML0504")
    return [
        keep_service(
            organisation=add_organisation(name=f"Organisation du banc {each}", acronym=f"OB{each}", kind="nngo", by=by),
            place=place, description="Écoute (inventée)", codes=["4.1"], layers=["L2"], by=by,
        )
        for each in range(SERVICES)
    ]  # fmt: skip


def children(number: int, by: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Each child with its lines; three quarters in the regions of the reader, most of them in time."""
    from sutura.response.codes import new_code
    from sutura.response.models import Docket, TimeLimits
    from sutura.response.rules.clocks import owed, stage_of

    random, today, key = Random(SEED), date.today(), 0
    limits = TimeLimits.objects.latest("version").limits
    for place in range(number):
        met = today - timedelta(days=random.randint(1, 900))
        steps = lines(WAYS[place % len(WAYS)], met, today, key, by)
        key += len(steps)
        facts = [step.fact for step in steps]
        due = next(iter(owed(facts, limits)), None)
        yield Docket(
            ref=new_code(), region=random.choice((*REGIONS, "ML07")), sex=random.choice(("boy", "girl")),
            age=random.choice((12, 15, 17)), age_basis="family", association="unknown", opened_by=by,
            stage=stage_of(facts), next_due=due.what if due else "", next_due_at=due.by if due else None,
        ), steps  # fmt: skip


def lines(way: tuple[tuple[str, str, int], ...], met: date, today: date, key: int, by: Any) -> list[Any]:
    """The lines of one way home which have come; keys are given, so that the rules know their order."""
    from sutura.response.models import Step

    noted = datetime.combine(met, datetime.min.time(), ZoneInfo("Africa/Bamako"))
    found = (("encounter", "captured", 0), *way)
    return [
        Step(
            id=key + place, episode=1, kind=kind, answer=answer, precision="day", day=met + timedelta(days=after),
            month=1 if kind == "follow_up" else None, noted_at=noted, noted_by=by,
        )
        for place, (kind, answer, after) in enumerate(found, start=1)
        if met + timedelta(days=after) <= today
    ]  # fmt: skip


def referred(docket: Any, services: list[Any], place: int, by: Any) -> Any:
    """One referral on its consent; one in five waits for an answer."""
    from django.utils import timezone

    from sutura.response.codes import new_code
    from sutura.response.models import Consent, Referral

    service, now = services[place % SERVICES], timezone.now()
    consent = Consent(
        docket=docket, organisation=service.organisation, given_by="both", given_on=now.date(),
        expires_on=now.date() + timedelta(days=90),
    )  # fmt: skip
    state = ("sent", "accepted", "given", "declined", "given")[place % 5]
    return Referral(
        ref=new_code("O"), docket=docket, region=docket.region, consent=consent, service=service,
        need="psychosocial", urgency="72", state=state, declined="full" if state == "declined" else "", sent_by=by,
        due_at=now + timedelta(hours=72 - place % 2000),
        answered_at=None if state == "sent" else now - timedelta(hours=place % 2000),
    )  # fmt: skip
