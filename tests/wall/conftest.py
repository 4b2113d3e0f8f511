"""Something to see in Mopti, in Kayes, and of the whole country."""

from __future__ import annotations

import pytest

from sutura.incidents import services as incidents
from sutura.incidents.models import Incident
from sutura.parties.services import load_register as load_parties
from sutura.people.models import Account
from sutura.places.models import Unit
from tests.laws.test_scope import bundle
from tests.registers import load_places as load_register

CODES = {"mopti": "ML0501", "kayes": "ML0101", "country": "MLI"}


@pytest.fixture
def places(machine: Account) -> dict[str, Unit]:
    """A cercle of each region, and the country."""
    load_register(by=machine)
    load_parties(by=machine)
    found = {unit.code: unit for unit in Unit.objects.filter(edition="cod-ab-2021", level__in=(0, 2))}
    country = next(unit for unit in found.values() if unit.level == 0)
    return {name: found.get(code, country) for name, code in CODES.items()}


@pytest.fixture
def facts(places: dict[str, Unit], machine: Account) -> dict[str, Incident]:
    """One incident with one of everything in each."""
    made = incidents.open_incidents(bundles=[bundle(unit) for unit in places.values()], by=machine)
    return dict(zip(places, made, strict=True))
