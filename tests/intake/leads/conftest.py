from __future__ import annotations

import pytest

from sutura.people.models import Account
from sutura.places.resolver import Register
from tests.registers import load_places as load_register


@pytest.fixture
def register(machine: Account) -> Register:
    """The register of places that ships with the software."""
    load_register(by=machine)
    return Register.current()
