from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from sutura.audit.services import keep_all
from sutura.incidents import services
from sutura.incidents.models import Incident
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.parties.models import Party
from sutura.people.models import Account
from sutura.places.models import Unit

DAY = date(2025, 2, 10)
Opener = Callable[..., Incident]


@dataclass(frozen=True)
class Places:
    """A country of two regions, enough for scope."""

    mali: Unit
    mopti: Unit
    kayes: Unit


def unit(code: str, name: str, level: int, parent: Unit | None = None) -> Unit:
    """A unit of the old geography; its 2023 region is named after it."""
    region = "" if level == 0 else code
    return Unit(
        edition="cod-ab-2021",
        level=level,
        code=code,
        name=name,
        parent=parent,
        path=region,
        region=region,
        region_2023=region and f"R{code}",
    )


@pytest.fixture
def places(machine: Account) -> Places:
    """Mali, Mopti and Kayes."""
    mali = keep_all(Unit, [unit("MLI", "Mali", 0)], by=machine)[0]
    mopti, kayes = keep_all(
        Unit, [unit("ML05", "Mopti", 1, mali), unit("ML01", "Kayes", 1, mali)], by=machine
    )
    return Places(mali, mopti, kayes)


@pytest.fixture
def parties(machine: Account) -> dict[str, Party]:
    """Three parties of the register, and its label for nobody known."""
    told = {"JNIM": "armed_group", "DNA": "armed_group", "FAMA": "armed_force", "NOBODY": "unidentified"}
    rows = [Party(code=code, type=kind, name_fr=code, name_en=code) for code, kind in told.items()]
    return {party.code: party for party in keep_all(Party, rows, by=machine)}


def bundle(places: Places, **changes: Any) -> IncidentBundle:
    """Three violations, four children and a group, two parties, one source: an incident with everything."""
    given: dict[str, Any] = {
        "place": places.mopti,
        "occurred_on": DAY,
        "title": "Attaque du marché",
        "account_restricted": "Le récit des témoins.",
        "violations": (
            ViolationPart(key="a", type="killing", boys=2, girls=1, parties=("JNIM",)),
            ViolationPart(key="b", type="maiming", boys=3, unknown=2, parties=("JNIM", "FAMA")),
            ViolationPart(key="c", type="attack_school", detail={"attack_kind": "threat"}),
        ),
        "victims": (
            VictimPart(violations=("a", "b"), child_key="K1", sex="boy", age=9),
            VictimPart(violations=("a",), sex="girl", age=16),
            VictimPart(violations=("b",), kind="group", boys=1, unknown=1),
            VictimPart(violations=("c",), sex="girl", age=7),
        ),
        "perpetrators": (PerpetratorPart(violations=("c",), more={"name": "Abou Untel"}),),
        "sources": (
            SourcePart(
                violations=("a", "b"),
                category="primary_witness",
                reliability="high",
                more={"description": "Une voisine"},
            ),
        ),
    }
    return IncidentBundle(**(given | changes))


@pytest.fixture
def opened(places: Places, parties: dict[str, Party], awa: Account) -> Opener:
    """Opens an incident with everything, as Awa unless told otherwise."""

    def open_one(by: Account | None = None, **changes: Any) -> Incident:
        return services.open_incident(bundle=bundle(places, **changes), by=by or awa, why="alerte")

    return open_one


@pytest.fixture
def incident(opened: Opener) -> Incident:
    """An incident of Mopti, opened by Awa."""
    return opened()
