from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sutura.alerts.models import Alert
from sutura.alerts.services import receive
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.places.resolver import Register
from tests.people import cast
from tests.registers import load_places as load_register

SIO = "ML050613"
MOPTI_CERCLE = "ML0506"
KAYES_CERCLE = "ML0103"


@pytest.fixture
def register(machine: Account) -> Register:
    """The register of places that ships with the software."""
    load_register(by=machine)
    return Register.current()


@pytest.fixture
def partner(db: None) -> Account:
    """An organisation in Mopti that sends alerts and reads none."""
    return cast("partner", "alert_partner", regions=("ML05",))


@pytest.fixture
def tell(register: Register, awa: Account) -> Callable[..., Alert]:
    """Receive an alert of Mopti, as Awa would send it."""

    def told(**facts: Any) -> Alert:
        place = Unit.objects.get(code=facts.pop("place", MOPTI_CERCLE))
        given: dict[str, Any] = {
            "by": awa, "types": ["killing"], "place": place, "boys": 1, "told": "Deux tirs.",
            "happened_on": timezone.localdate() - timedelta(days=12), "party_type": "unidentified",
            "source_category": "witness", "access": "green", "consent_known": "yes",
        }  # fmt: skip
        return receive(**(given | facts))

    return told


@pytest.fixture
def visit(client: Client) -> Callable[[Account], Client]:
    """The browser of an account."""

    def visiting(account: Account) -> Client:
        client.force_login(account)
        return client

    return visiting
