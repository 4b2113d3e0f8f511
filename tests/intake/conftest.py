from __future__ import annotations

import pytest

from sutura.intake.services.phones import Handed, create_phone
from sutura.intake.services.questionnaires import load_register as load_forms
from sutura.parties.services import load_register as load_parties
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from tests.intake.phones import Handset
from tests.people import MOPTI, cast
from tests.registers import load_places


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


@pytest.fixture
def salimata(db: None) -> Account:
    """Follows children in Mopti; sends no alert."""
    return cast("salimata", "response_officer", regions=(MOPTI,))


@pytest.fixture
def keeper_of_trainings(db: None) -> Account:
    """Keeps practice groups in Mopti; sends no alert."""
    return cast("keeper_of_trainings", "training_keeper", regions=(MOPTI,))


@pytest.fixture
def ong(machine: Account) -> Organisation:
    """An organisation that does not exist."""
    return add_organisation(by=machine, name="ONG inventée", acronym="OI", kind="nngo")
