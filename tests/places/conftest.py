from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from sutura.people.models import Account
from sutura.people.services import machine as machine_account
from sutura.places.resolver import Register
from sutura.places.services import load_register


@pytest.fixture
def register(machine: Account) -> Register:
    """The register that ships with the software, loaded in the database."""
    load_register(by=machine)
    return Register.current()


@pytest.fixture(scope="session")
def remembered(django_db_setup: None, django_db_blocker: Any) -> Register:
    """The same register in memory alone: loaded once, read, and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_register(by=machine_account("tests"))
        register = Register.read_all()
        transaction.set_rollback(True)
    return register
