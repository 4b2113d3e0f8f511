from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from sutura.incidents import services as incidents
from sutura.incidents.models import Incident
from sutura.people.models import Account
from tests.incidents.conftest import Opener, Places, opened, parties, places  # noqa: F401 - fixtures used by name

DECIDED = date(2025, 3, 20)
Visit = Callable[[Account], Client]


@pytest.fixture
def visit() -> Visit:
    """A browser in which a person is signed in."""

    def sign_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return sign_in


def judge(incident: Incident, machine: Account, status: str = "verified", on: date | None = DECIDED) -> None:
    """Give every violation of an incident a status."""
    for violation in incident.violations.order_by("id"):
        incidents.set_status(violation=violation, status=status, decided_on=on, by=machine, why="séance")


@pytest.fixture
def told(opened: Opener, places: Places, machine: Account, oumar: Account) -> dict[str, Any]:  # noqa: F811
    """First quarter of 2025: one incident verified in Mopti, one in Kayes, one late, one pending."""
    found = {
        "mopti": opened(),
        "kayes": opened(by=oumar, place=places.kayes, victims=(), sources=(), perpetrators=()),
        "late": opened(occurred_on=date(2024, 11, 3), victims=()),
        "pending": opened(victims=()),
    }
    for name in ("mopti", "kayes", "late"):
        judge(found[name], machine)
    return found
