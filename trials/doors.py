"""Who stands at the doors of the trials: somebody who documents, and somebody who keeps everything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from sutura.access.roles import MACHINE, ROLES
from sutura.incidents import services as incidents
from sutura.incidents import serving
from sutura.incidents.models import Incident
from sutura.incidents.parts import IncidentBundle, ViolationPart
from sutura.people import services as people
from sutura.people.models import Account
from sutura.places.models import Unit


@dataclass
class World:
    """Two browsers and an incident."""

    monitor: Client
    keeper: Client
    incident: Incident


def account(name: str, role: str) -> Account:
    """Somebody with a role in the whole country."""
    by, today = people.machine("trials"), timezone.localdate()
    made = people.open_account(by=by, username=name, name=name.title())
    people.give_grant(
        by=by, account=made, role=role, everywhere=True, purpose="trial", starts_on=today,
        ends_on=today + timedelta(days=300),
    )  # fmt: skip
    return Account.objects.get(pk=made.pk)


def browser(of: Account | None) -> Client:
    """A browser in which somebody is signed in; a failure of ours comes as a page, as in life."""
    client = Client(raise_request_exception=False)
    if of is not None:
        client.force_login(of)
    return client


def people_of_every_role() -> dict[str, Client]:
    """A browser for each role that a person holds, and one for a stranger."""
    roles = sorted(set(ROLES) - {MACHINE})
    return {role: browser(account(f"fuzz-{role}", role)) for role in roles} | {"stranger": browser(None)}


def again(role: str) -> Client:
    """The same person, come back."""
    return browser(Account.objects.filter(username=f"fuzz-{role}").first())


def people_and_incident() -> World:
    """A monitor with an incident of Mopti, and the secretariat."""
    monitor, keeper = account("trial-monitor", "regional_coordinator"), account("trial-keeper", "secretariat")
    place = Unit.objects.filter(code__startswith="ML05").order_by("level", "code").first()
    assert place is not None
    bundle = IncidentBundle(
        place=place,
        occurred_on=date(2026, 2, 10),
        violations=(ViolationPart(type="killing", key="k", boys=1),),
    )
    incident = incidents.open_incident(bundle=bundle, by=monitor)
    return World(browser(monitor), browser(keeper), incident)


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
