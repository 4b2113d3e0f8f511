from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from sutura.mhpss.models import Service
from sutura.mhpss.services.map import keep_service
from sutura.mhpss.services.register import load_register as load_codes
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.places.models import Unit
from tests.people import KAYES, MOPTI, cast
from tests.registers import load_places as load_register

DAY = date(2026, 3, 2)


@dataclass
class Land:
    """Places, codes, two invented organisations, who answers for the map, who feeds it, and a stranger."""

    ngo: Organisation
    other: Organisation
    keeper: Account  # answers for the map everywhere
    member: Account  # proposes in Mopti
    stranger: Account  # answers for the map of Kayes


@pytest.fixture
def land(machine: Account) -> Land:
    """The registers and the people of the map."""
    load_register(by=machine)
    load_codes(by=machine)
    return Land(
        add_organisation(by=machine, name="ONG Sahel fictive", acronym="OSF", kind="nngo"),
        add_organisation(by=machine, name="Association fictive", acronym="AF", kind="association"),
        cast("fatou", "coordinator"),
        cast("mariam", "body_member", regions=(MOPTI,)),
        cast("souleymane", "coordinator", regions=(KAYES,)),
    )


def unit(code: str) -> Unit:
    """A place by its code."""
    return Unit.objects.get(code=code)


def told(land: Land, **facts: Any) -> dict[str, Any]:
    """What is said of an invented child-friendly space in Mopti."""
    given: dict[str, Any] = {
        "organisation": land.ngo, "place": unit("ML0501"), "site": "Espace du fleuve (inventé)",
        "description": "Espace ami des enfants (inventé)", "codes": ["4.1"], "layers": ["L2"],
        "groups": ["children"], "min_age": 6, "max_age": 17, "phone": "+223 00 00 00 00",
        "hours": "lundi–vendredi, 8 h–16 h", "updated_on": DAY, "staff": {"community": (2, 1)},
    }  # fmt: skip
    return given | facts


def keep(land: Land, by: Any = None, **facts: Any) -> Service:
    """The same, on the map."""
    return keep_service(by=by or land.keeper, **told(land, **facts))


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found
