from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from sutura.audit.services import keep
from sutura.mhpss.models import Service
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.models import Docket, Step
from sutura.response.services.dockets import note_step, open_docket
from sutura.response.services.limits import load_register
from tests.people import KAYES, MOPTI, cast
from tests.registers import load_places

BAMAKO = ZoneInfo("Africa/Bamako")


@dataclass
class Office:
    """Who follows children where, and who does not."""

    salimata: Account  # follows children in Mopti
    kante: Account  # follows children in Kayes
    place: Unit

    def met(self, hours_ago: float = 10, **said: Any) -> Docket:
        """A boy arrested in Mopti so many hours ago."""
        given: dict[str, Any] = {
            "region": MOPTI, "sex": "boy", "age": 15, "age_basis": "child", "association": "alleged",
            "answer": "arrested", "actor": "gendarmerie", "place": self.place, **ago(hours_ago),
        }  # fmt: skip
        return open_docket(by=said.pop("by", self.salimata), **(given | said))

    def note(self, docket: Docket, kind: str, hours_ago: float = 1, **said: Any) -> Step:
        """Something happened so many hours ago."""
        return note_step(docket=docket, kind=kind, by=self.salimata, **(ago(hours_ago) | said))


def ago(hours: float) -> dict[str, Any]:
    """A moment known to the minute."""
    moment = timezone.now() - timedelta(hours=hours)
    return {"precision": "time", "moment": moment, "day": moment.astimezone(BAMAKO).date()}


def on(day: date) -> dict[str, Any]:
    """A day."""
    return {"precision": "day", "day": day}


def typed(moment: datetime) -> dict[str, str]:
    """A moment as a form sends it."""
    there = moment.astimezone(BAMAKO)
    return {"day": there.date().isoformat(), "at": f"{there:%H:%M}", "zone": "Africa/Bamako"}


@pytest.fixture
def office(machine: Account) -> Office:
    """What every test of dockets begins with."""
    load_places(by=machine)
    load_register(by=machine)
    return Office(
        cast("salimata", "response_officer", regions=(MOPTI,)),
        cast("kante", "response_officer", regions=(KAYES,)),
        Unit.objects.get(code="ML0504"),
    )


@pytest.fixture
def enter(client: Client) -> Callable[[Account], Client]:
    """The browser of somebody."""

    def entered(account: Account) -> Client:
        client.force_login(account)
        return client

    return entered


@pytest.fixture
def service(office: Office, machine: Account) -> Service:
    """An invented service of Mopti for children of twelve and more."""
    return serving(office, machine)


def serving(office: Office, by: Account, **said: Any) -> Service:
    """A service of the map, kept without its form."""
    name = said.pop("name", "Un centre inventé")
    organisation = add_organisation(by=by, name=name, kind="nngo")
    given: dict[str, Any] = {
        "organisation": organisation, "region": "ML05", "place": office.place, "description": "Écoute (inventée)",
        "min_age": 12, "updated_on": timezone.localdate(), "same_as": name, "folded": name,
    }  # fmt: skip
    return keep(Service(**(given | said)), by=by)
