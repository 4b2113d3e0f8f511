from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sutura.incidents.models import Incident, Violation
from sutura.incidents.parts import IncidentBundle, SourcePart, ViolationPart
from sutura.incidents.services import open_incident
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.verification.models import Opinion
from sutura.verification.services import give_opinion
from tests.registers import load_places as load_register

MOPTI_CERCLE, KAYES_CERCLE = "ML0504", "ML0103"
ACCOUNT = "Deux enfants blessés par un engin explosif près du puits."
RESTRICTED = "Le père du plus jeune raconte au moniteur."


@pytest.fixture
def register(machine: Account) -> None:
    """The register of places that ships with the software."""
    load_register(by=machine)


@pytest.fixture
def happened() -> date:
    """The day of the incident."""
    return timezone.localdate() - timedelta(days=20)


@pytest.fixture
def document(register: None, awa: Account, happened: date) -> Callable[..., Violation]:
    """Open an incident in Mopti as Awa does, with one violation and one graded primary source."""

    def documented(
        *,
        by: Account = awa,
        place: str = MOPTI_CERCLE,
        sources: tuple[SourcePart, ...] | None = None,
        **facts: Any,
    ) -> Violation:
        graded = SourcePart(
            violations=("v",),
            category="primary_witness",
            reliability="high",
            credibility="medium",
            organisation="ONG",
        )
        given: dict[str, Any] = {"type": "maiming", "boys": 2}
        part = ViolationPart(key="v", **(given | facts))
        bundle = IncidentBundle(
            place=Unit.objects.get(code=place),
            occurred_on=happened,
            account_shareable=ACCOUNT,
            account_restricted=RESTRICTED,
            violations=(part,),
            sources=(graded,) if sources is None else sources,
        )
        incident: Incident = open_incident(bundle=bundle, by=by)
        return incident.violations.get()

    return documented


@pytest.fixture
def say(happened: date) -> Callable[..., Opinion]:
    """Give an opinion on a violation, dated a day after the incident unless told otherwise."""

    def said(violation: Violation, level: str, by: Account, status: str = "verified", **more: Any) -> Opinion:
        given: dict[str, Any] = {
            "given_on": happened + timedelta(days=1),
            "reason": "Trois récits concordent.",
        }
        return give_opinion(violation=violation, level=level, status=status, by=by, **(given | more))

    return said


@pytest.fixture
def before_ctfmr(
    document: Callable[..., Violation], say: Callable[..., Opinion], binta: Account, moussa: Account
) -> Callable[..., Violation]:
    """A violation of Mopti on which the first two opinions are given."""

    def ready(**facts: Any) -> Violation:
        violation = document(**facts)
        say(violation, "focal_point", binta)
        say(violation, "technical", moussa)
        return violation

    return ready


@pytest.fixture
def visit() -> Callable[[Account], Client]:
    """The browser of an account."""

    def visiting(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return visiting
