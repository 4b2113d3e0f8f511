from __future__ import annotations

import pytest

from sutura.intake.services.phones import Handed, create_phone
from sutura.intake.services.questionnaires import load_register as load_forms
from sutura.parties.services import load_register as load_parties
from sutura.people.models import Account
from sutura.places.services import load_register as load_places
from tests.intake.phones import Handset
from tests.people import MOPTI


@pytest.fixture
def registers(machine: Account) -> None:
    """Places and parties as shipped."""
    load_places(by=machine)
    load_parties(by=machine)


@pytest.fixture
def handed(registers: None, machine: Account, binta: Account) -> Handed:
    """A phone in Mopti, for which Binta answers, and the forms that come with Sutura."""
    load_forms(by=machine)
    return create_phone(label="Téléphone 3, Mopti", region=MOPTI, by=binta)


@pytest.fixture
def handset(handed: Handed) -> Handset:
    """The same in somebody's hand."""
    return Handset(handed.key)
