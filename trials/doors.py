"""Who stands at the doors of the trials: somebody who documents, and somebody who keeps everything."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from sutura.access.roles import MACHINE, ROLES
from sutura.incidents import services as incidents
from sutura.incidents.models import Incident
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.people import services as people
from sutura.people import sessions
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.vault import services as vault_services
from sutura.vault import serving
from sutura.vault import session as vault_session
from sutura.vault.opened import Vault

EVERY = "every role"
PASSWORD = "une phrase pour les essais"
"""What opens the key of everybody here."""


@dataclass
class World:
    """Two browsers and an incident."""

    monitor: Client
    keeper: Client
    incident: Incident
    clerk: Account
    """The secretariat with her vault open: she reads what became of the files which she gave."""


def account(name: str, *roles: str) -> Account:
    """Somebody with these roles in the whole country."""
    by, today = people.machine("trials"), timezone.localdate()
    made = people.open_account(by=by, username=name, name=name.title())
    for role in roles:
        people.give_grant(
            by=by, account=made, role=role, everywhere=True, purpose="trial", starts_on=today,
            ends_on=today + timedelta(days=300),
        )  # fmt: skip
    vault_services.begin(by=made, password=PASSWORD)
    return Account.objects.get(pk=made.pk)


def with_vault(account: Account) -> Account:
    """The same person, as after a sign-in."""
    private = vault_services.begin(by=account, password=PASSWORD)
    assert private is not None
    account.vault = Vault(account.pk, private)  # type: ignore[attr-defined]
    return account


def browser(of: Account | None) -> Client:
    """A browser in which somebody came in with a second factor and an open vault; a failure comes as a page."""
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    if of is not None:
        client.force_login(of)
        request = HttpRequest()
        request.session = client.session
        request.user = of
        sessions.mark(request, factor="totp")
        vault_session.open_at_sign_in(request, of, PASSWORD)
        request.session.save()
        client.cookies[vault_session.cookie()] = request.vault_cookie  # type: ignore[attr-defined]
    return client


def read(answer: Any) -> bytes:
    """Read an answer to its end, as a browser does: a long file is tried, and taken in, while its page is read."""
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content


def turned_away(answer: Any) -> bool:
    """Whether an answer leads to the door, or to the pages of an account, instead of what was asked."""
    try:
        there = resolve(urlsplit(answer.get("Location", "")).path)
    except Resolver404:
        return False
    return answer.status_code == 302 and there.app_name == "people"


def people_of_every_role(turn: int) -> dict[str, Account | None]:
    """Somebody for each role that a person holds, one who holds them all, and a stranger."""
    roles = sorted(set(ROLES) - {MACHINE})
    found: dict[str, Account | None] = {
        role: account(f"{role}-{turn}".replace("_", "-"), role) for role in roles
    }
    return found | {EVERY: account(f"every-role-{turn}", *roles), "stranger": None}


def people_and_incident() -> World:
    """A monitor with an incident of Mopti, and the secretariat."""
    monitor, keeper = account("trial-monitor", "regional_coordinator"), account("trial-keeper", "secretariat")
    place = Unit.objects.filter(code__startswith="ML05").order_by("level", "code").first()
    assert place is not None
    bundle = IncidentBundle(
        place=place,
        occurred_on=date(2026, 2, 10),
        violations=(ViolationPart(type="killing", key="k", boys=1),),
        victims=(VictimPart(violations=("k",), sex="boy", age=9),),
        perpetrators=(PerpetratorPart(violations=("k",), party="JNIM"),),
        sources=(SourcePart(violations=("k",), category="primary_witness"),),
    )
    incident = incidents.open_incident(bundle=bundle, by=monitor)
    return World(browser(monitor), browser(keeper), incident, with_vault(keeper))


@contextmanager
def quiet() -> Iterator[None]:
    """Refusals, which are what is wanted, leave no line on the screen; failures of ours do."""
    log = logging.getLogger("django.request")
    kept = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(kept)


@contextmanager
def open_pictures(weaker: bool) -> Iterator[None]:
    """With `weaker`, photographs go out as they came."""
    kept = serving.redrawn
    if weaker:
        serving.redrawn = lambda content: content
    try:
        yield
    finally:
        serving.redrawn = kept
