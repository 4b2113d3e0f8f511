from __future__ import annotations

import pytest

from sutura.parties.resolver import Parties
from sutura.parties.services import load_register
from sutura.people.models import Account


@pytest.fixture
def parties(machine: Account) -> Parties:
    """The register of parties that ships with the software, loaded."""
    load_register(by=machine)
    return Parties.current()
