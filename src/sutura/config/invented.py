"""Keeps invented data away from real data: it is poured only where nothing real is."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import transaction

from sutura.access.errors import DomainError
from sutura.config.language import say
from sutura.people import services as people
from sutura.people.models import Account

DEMO = "sutura.config.demo"
# What a person documents; registers and machine accounts are no obstacle.
FACTS = ("alerts.Alert", "incidents.Incident")


class RealData(DomainError):
    """The database holds records that nobody invented."""


class NoDemo(DomainError):
    """This Sutura was shipped without its invented data."""


def poured() -> bool:
    """Whether the invented data is here: its accounts are marked."""
    return Account.objects.filter(is_demo=True).exists()


def in_use() -> bool:
    """Whether people work here: somebody signs in, or something was documented."""
    people_here = Account.objects.exclude(kind="machine").exists()
    installed = [name for name in FACTS if apps.is_installed(f"sutura.{name.partition('.')[0]}")]
    return people_here or any(apps.get_model(name)._default_manager.exists() for name in installed)


def pour() -> None:
    """Load the demo once, whole or not at all; refuse on a database where people work."""
    if poured():
        return
    if in_use():
        raise RealData(
            say(
                "people work in this database: invented data goes only into an empty one (set DATABASE_URL)",
                "cette base est utilisée : les données inventées ne vont que dans une base vide "
                "(voir DATABASE_URL)",
            )
        )
    if find_spec(DEMO) is None:
        raise NoDemo(say("the demo is not part of this build", "la démo n’est pas dans cette livraison"))
    with transaction.atomic():
        import_module(DEMO).load(by=people.machine("demo"))
