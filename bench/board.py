"""A body with ten years of meetings: its board, its dashboard, the rows behind; statements, and time in the server."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench import server, stage
from bench.measure import Result, Side, alternate, milliseconds
from sutura.config.language import say

SEED = 20130701
MEETINGS, LARGE, SMALL, ORGANISATIONS = 120, 5000, 200, 40
STATEMENTS, SECONDS = 12, 0.150
STATES = (
    "adopted",
    "under_way",
    "blocked",
    "deferred",
    "declared",
    "verified",
    "verified",
    "verified",
    "lapsed",
)
BOARD = "/coordination/recommendations/"
PAGES = (BOARD, f"{BOARD}?by=age", f"{BOARD}?show=escalated", f"{BOARD}?show=all&page=4")
OF_BODY = (
    "dashboard/",
    "dashboard/?{span}",
    "attendance/?{span}",
    "figures/carried_out/?{span}",
    "figures/chaired/?{span}",
)
PRESENCE = ("present", "present", "represented", "excused", "absent")


def run(folder: Path, small: bool) -> list[Result]:
    """The page as the product answers it, from the session to the last tag; of several the slowest counts."""
    os.environ["SUTURA_STATIC"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    (folder / "static").mkdir(exist_ok=True)
    stage.start(folder, stage.copy_of_empty(folder, "board"))
    number = SMALL if small else LARGE
    body = fill(number)
    rounds = 3 if small else 15
    board = judged("board", say(
        f"board of {number} recommendations, {MEETINGS} meetings",
        f"tableau de {number} recommandations, {MEETINGS} réunions",
    ), PAGES, rounds)  # fmt: skip
    span = f"first={date.today() - timedelta(days=30 * MEETINGS)}&last={date.today()}"
    own = [f"/coordination/bodies/{body.public_id}/{page.format(span=span)}" for page in OF_BODY]
    return board + judged("board", say(
        "dashboard, attendance and figures of the same body, ten years at once",
        "tableau de bord, présences et chiffres de la même instance, dix ans d’un coup",
    ), own, rounds)  # fmt: skip


def judged(goal: str, what: str, pages: Sequence[str], rounds: int) -> list[Result]:
    """Time and statements of some pages; of several the slowest and the most asking count."""
    asked = [asker(page) for page in pages]
    statements = max(counted(work) for work in asked)
    slowest = max(alternate(*asked, rounds=rounds), key=lambda cost: cost.wall)
    limit = say("limit", "limite")
    ours = milliseconds(
        say(f"the slowest of {len(pages)} views", f"la plus lente de {len(pages)} vues"), slowest
    )
    return [
        Result(goal, what, ours, Side(limit, SECONDS * 1000, "ms"), slowest.wall / SECONDS, 1.0),
        Result(
            goal, say("its statements", "ses requêtes SQL"), Side("SQL", statements, ""),
            Side(limit, STATEMENTS, ""), statements / STATEMENTS, 1.0,
        ),
    ]  # fmt: skip


def asker(page: str) -> Any:
    """Somebody who keeps the body asks for a page."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = server.session("secretary").partition("=")[2]

    def ask() -> None:
        answer = client.get(page)
        assert answer.status_code == 200, answer.status_code

    ask()
    return ask


def counted(work: Any) -> int:
    """How many statements a page asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def fill(number: int) -> Any:
    """One body, its organisations and meetings by the services, its recommendations in bulk."""
    from sutura.audit.services import keep_all
    from sutura.coordination.models import Attendance, Recommendation
    from sutura.coordination.services import bodies, meetings
    from sutura.partners.services import add_organisation
    from sutura.people.services import machine

    by, today, random = machine("bench"), date.today(), Random(SEED)
    body = bodies.open_body(kind="consultation", name_fr="Cadre du banc", acronym="BANC", by=by)
    organisations = [
        add_organisation(
            name=f"Organisation du banc {each}",
            acronym=f"OB{each}",
            kind=("state", "nngo", "un")[each % 3],
            by=by,
        )
        for each in range(ORGANISATIONS)
    ]
    days = [today - timedelta(days=30 * back + 1) for back in range(MEETINGS, 0, -1)]
    bodies.add_member(body=body, organisation=organisations[0], seat="lead", starts_on=days[0], by=by)
    came, axes = [], name_axes(by)
    for day in days:
        planned = meetings.plan_meeting(body=body, planned_on=day, by=by)
        chair, writer = random.sample(organisations, 2)
        held = meetings.open_minutes(meeting=planned, held_on=day, chaired_by=chair, minuted_by=writer, by=by)
        came += [
            Attendance(meeting=held, organisation=each, presence=random.choice(PRESENCE))
            for each in organisations
        ]
    keep_all(Attendance, came, by=by, why="bench")
    made = [
        a_recommendation(body, organisations, organisation, days[place % MEETINGS], place, random, axes)
        for place, organisation in enumerate(random.choices(organisations, k=number))
    ]
    keep_all(Recommendation, made, by=by, why="bench")
    return body


def name_axes(by: Any) -> list[Any]:
    """Six strategic axes of one document."""
    from sutura.coordination.services.plans import add_axis
    from sutura.library.services import add_document

    document = add_document(kind="framework", title="Cadre du banc", issuer="Banc", language="fr", by=by)
    return [add_axis(document=document, number=n, title=f"Axe du banc {n}", by=by) for n in range(1, 7)]


def a_recommendation(
    body: Any,
    organisations: list[Any],
    responsible: Any,
    day: date,
    place: int,
    random: Random,
    axes: list[Any],
) -> Any:
    """One of the body, in any state that can be; most of ten years are verified."""
    from sutura.coordination.models import Recommendation

    state = random.choice(STATES)
    found = Recommendation(
        body=body, ref=f"BANC-{place:05d}", origin="meeting", text=f"Recommandation inventée numéro {place}.",
        responsible=responsible, raised_on=day, adopted_on=day, due_on=day + timedelta(days=random.randint(20, 120)),
        axis=axes[place % 6], region=random.choice(("ML01", "ML04", "ML05", "ML06", "")), state=state,
        blockage="funding" if state == "blocked" else "", reason="inventée", progress=random.randint(0, 100),
    )  # fmt: skip
    if state == "verified":
        others = [each for each in organisations if each.pk != responsible.pk]
        found.verified_on, found.verifier = day + timedelta(days=40), random.choice(others)
        found.verified_by = stage.account("secretary")
    return found
