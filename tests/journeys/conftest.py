from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from sutura.config import registers
from sutura.config.demo import accounts
from sutura.incidents.models import Incident, Violation
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.incidents.services import open_incident
from sutura.people.models import Account
from sutura.people.services import machine
from sutura.places.models import Unit
from sutura.verification.services import give_opinion
from tests.journeys.walking import LAPTOP, Walker

Walk = Callable[..., Walker]


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where photographs go: `SUTURA_PHOTOGRAPHS`, or a folder of this run."""
    folder = Path(os.environ.get("SUTURA_PHOTOGRAPHS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def people(transactional_db: None) -> dict[str, Account]:
    """The registers, and the invented people of the demonstration, with nothing to do yet."""
    registers.load()
    return accounts.open_all(by=machine("demo"))


@pytest.fixture
def walk(browser: Browser, live_server: Any, people: dict[str, Account]) -> Iterator[Walk]:
    """Brings a person in, on a laptop unless told otherwise; without a name she stays at the door."""
    walkers: list[Walker] = []

    def walking(name: str, viewport: dict[str, int] = LAPTOP) -> Walker:
        walkers.append(Walker(browser, live_server.url, "", viewport))
        if name:
            walkers[-1].come_in(people[name])
        return walkers[-1]

    yield walking
    for walker in walkers:
        walker.close()


@pytest.fixture
def quarter() -> date:
    """A day in the present quarter, not after today and early enough for opinions to follow."""
    today = timezone.localdate()
    return max(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), today - timedelta(days=20))


@pytest.fixture
def documented(people: dict[str, Account], quarter: date) -> Callable[..., Violation]:
    """An incident of Mopti as Awa documents it: three boys recruited, one of them described, one good source."""

    def told(kind: str = "recruitment_use", **facts: Any) -> Violation:
        place = Unit.objects.get(code="ML050613")
        bundle = IncidentBundle(
            place=place,
            occurred_on=quarter,
            title="Garçons recrutés (inventé)",
            account_restricted="Le père raconte au moniteur (inventé).",
            account_shareable="Des garçons ont rejoint un campement (inventé).",
            violations=(ViolationPart(key="v", type=kind, boys=3, **facts),),
            victims=(VictimPart(violations=("v",), child_key="DEMO-1", sex="boy", age=14),),
            perpetrators=(PerpetratorPart(violations=("v",), party="JNIM"),),
            sources=(
                SourcePart(
                    violations=("v",),
                    category="primary_witness",
                    reliability="high",
                    credibility="high",
                    more={"trained": "yes"},
                ),
            ),
        )
        incident: Incident = open_incident(bundle=bundle, by=people["awa"], why="alerte")
        return incident.violations.get()

    return told


@pytest.fixture
def said(people: dict[str, Account], quarter: date) -> Callable[..., None]:
    """The first opinions on a violation, by the people of the demonstration."""
    by = {"focal_point": people["binta"], "technical": people["moussa"], "ctfmr": people["seydou"]}

    def saying(violation: Violation, *levels: str, status: str = "verified") -> None:
        for level in levels:
            give_opinion(
                violation=violation,
                level=level,
                status=status,
                given_on=quarter,
                reason="Deux récits concordent (inventé).",
                by=by[level],
            )

    return saying
