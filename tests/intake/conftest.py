from __future__ import annotations

import pytest

from sutura.parties.services import load_register as load_parties
from sutura.people.models import Account
from sutura.places.services import load_register as load_places


@pytest.fixture
def registers(machine: Account) -> None:
    """Places and parties as shipped."""
    load_places(by=machine)
    load_parties(by=machine)
