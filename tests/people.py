"""The cast: invented people, each with a role and a region.

Awa documents in Mopti. Moussa verifies for the task force. Fatou coordinates in Bamako and has no case data.
Oumar is a partner in Kayes and must see nothing of Mopti. Beside them: a principal, a secretary, a focal point,
a keeper of accounts and a protection lead, who approves what the keeper proposes.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from sutura.people import services, sessions
from sutura.people.models import Account
from sutura.vault import services as vault
from sutura.vault import session
from sutura.vault.opened import Vault
from sutura.vault.revealing import unsealed

MOPTI, KAYES = "ML05", "ML01"
PASSWORD = "mot de passe inventé"
"""What opens the key of everybody in the cast."""


def cast(name: str, *roles: str, regions: tuple[str, ...] = (), post: str = "") -> Account:
    """An account with grants for a year; nationwide when no region is named."""
    by = services.machine("tests")
    account = services.open_account(by=by, username=name, name=name.title(), post=post, password=None)
    today = timezone.localdate()
    for role in roles:
        services.give_grant(
            by=by,
            account=account,
            role=role,
            regions=regions,
            everywhere=not regions,
            purpose="test",
            starts_on=today - timedelta(days=1),
            ends_on=today + timedelta(days=300),
        )
    vault.begin(by=account, password=PASSWORD)
    return Account.objects.get(pk=account.pk)


def come_in(client: Client, *, factor: str = "totp") -> None:
    """Open the visit that the door opens for a browser which is signed in; `factor=""`: by the password alone."""
    request = HttpRequest()
    request.session = client.session
    sessions.mark(request, factor=factor)
    request.session.save()


def with_vault(account: Account) -> Account:
    """The same person with her vault open, as after a sign-in."""
    private = vault.begin(by=account, password=PASSWORD)
    assert private is not None
    account.vault = Vault(account.pk, private)  # type: ignore[attr-defined]
    return account


def words(record: Model, *names: str, by: Account) -> tuple[Any, ...]:
    """What fields of a record say, sealed ones opened with this person's key."""
    kept = type(record)._default_manager.get(pk=record.pk)
    private = vault.begin(by=by, password=PASSWORD)
    assert private is not None
    unsealed([kept], Vault(by.pk, private))
    return tuple(getattr(kept, name) for name in names)


def open_vault(client: Client, account: Account, password: str = PASSWORD) -> None:
    """Open the vault of a client that is signed in as this person."""
    private = vault.begin(by=account, password=password)
    assert private is not None
    kept = client.session
    kept[session.KEPT], client.cookies[session.cookie()] = session.locked(account.pk, private)
    kept[session.USED] = kept[session.SETTLED] = time.time()
    kept.save()


@pytest.fixture
def machine(db: None) -> Account:
    """The machine account of the tests."""
    return services.machine("tests")


@pytest.fixture
def awa(db: None) -> Account:
    """Monitor in Mopti."""
    return cast("awa", "monitor", "evidence_group", regions=(MOPTI,))


@pytest.fixture
def moussa(db: None) -> Account:
    """Verifies for the task force, everywhere."""
    return cast("moussa", "verification_panel", "evidence_group")


@pytest.fixture
def fatou(db: None) -> Account:
    """Coordinates in Bamako; no case data."""
    return cast("fatou", "coordinator")


@pytest.fixture
def oumar(db: None) -> Account:
    """Partner and monitor in Kayes."""
    return cast("oumar", "alert_partner", "monitor", "evidence_group", regions=(KAYES,))


@pytest.fixture
def binta(db: None) -> Account:
    """Focal point in Mopti: triage and first opinion."""
    return cast("binta", "regional_coordinator", regions=(MOPTI,))


@pytest.fixture
def chair(db: None) -> Account:
    """Principal of the task force: decides and clears."""
    return cast("chair", "ctfmr_principal")


@pytest.fixture
def secretary(db: None) -> Account:
    """Secretariat of the task force."""
    return cast("secretary", "secretariat")


@pytest.fixture
def keeper(db: None) -> Account:
    """Keeps the accounts; no case data."""
    return cast("keeper", "account_keeper")


@pytest.fixture
def lead(db: None) -> Account:
    """Protection lead: approves grants; no case data."""
    return cast("lead", "protection_lead")
