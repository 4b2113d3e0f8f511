from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from sutura.config import demo, registers
from sutura.people.models import Account
from sutura.people.services import machine


@pytest.fixture(scope="module")
def once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, poured once for the tests of a file and then forgotten."""
    with django_db_blocker.unblock(), transaction.atomic():
        registers.load()
        demo.load(by=machine("demo"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def poured(once: None, db: None) -> dict[str, Account]:
    """The invented people, with everything that they did."""
    return {account.username: account for account in Account.objects.filter(is_demo=True)}
