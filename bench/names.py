"""Finding a name among sealed ones: every name opened and matched in the session, none of them in an index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench import bundles, stage
from bench.measure import Result, Side, cost, median
from sutura.config.language import say

LIMIT = 1.0
FIRST = (
    "Awa",
    "Moussa",
    "Djeneba",
    "Mahamadou",
    "Oumou",
    "Boubacar",
    "Fatoumata",
    "Ibrahim",
    "Kadidia",
    "Seydou",
)
LAST = ("Traoré", "Coulibaly", "Diallo", "Keïta", "Touré", "Cissé", "Maïga", "Diarra", "Koné", "Sangaré")


def found_one(found: list[Any]) -> None:
    """The one name that was looked for."""
    assert len(found) == 1


def run(folder: Path, small: bool) -> list[Result]:
    """All of 20,000 names: keys of records opened, names opened, words folded and matched; one second is the limit."""
    size = 1000 if small else 20_000
    database = stage.copy_of_empty(folder, "names")
    stage.start(folder, database)
    from django.db import transaction

    from sutura.audit.services import keep_all
    from sutura.incidents.models import Perpetrator
    from sutura.incidents.naming import search
    from sutura.incidents.services import open_incident
    from sutura.vault import services as vault
    from sutura.vault.opened import Vault

    awa = stage.account("awa")
    incident = open_incident(bundle=bundles.three_and_five(bundles.a_place(), 0), by=awa)
    rows = [
        Perpetrator(
            incident=incident, ref=f"{incident.ref}-B{number}", category="armed_group",
            name=f"{FIRST[number % 10]} {LAST[number // 10 % 10]} inventé {number}",
        )
        for number in range(size)
    ]  # fmt: skip
    # One save each, as people type them: every key then costs an exchange of its own.
    for start in range(0, size, 500):
        with transaction.atomic():
            for row in rows[start : start + 500]:
                keep_all(Perpetrator, [row], by=awa)
    private = vault.begin(by=awa, password=stage.PASSWORD)
    assert private is not None
    awa.vault = Vault(awa.pk, private)  # type: ignore[attr-defined]
    for _each in range(size // 5000 + 1):
        vault.settle(by=awa)
    took = []
    for _round in range(3):
        awa.vault = Vault(awa.pk, private)  # type: ignore[attr-defined]
        took.append(cost(lambda: found_one(search(f"inventé {size - 1}", by=awa, reason="banc"))))
    middle = median(took)
    ours = Side(say("search", "recherche"), middle.wall, "s", middle.cpu * 1000)
    second = Side(say("one second", "une seconde"), 1.0, "s")
    what = say(f"a name found among {size} sealed ones", f"un nom trouvé parmi {size} noms scellés")
    return [Result("names", what, ours, second, ours.value, LIMIT)]
