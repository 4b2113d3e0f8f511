"""Invented incidents as a monitor hands them in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sutura.incidents.parts import IncidentBundle
    from sutura.places.models import Unit

TOLD = "Inventé : des hommes armés sont entrés dans le village à l'aube et ont ouvert le feu au puits. " * 6
SHARED = "Inventé : attaque d'un village, des enfants parmi les victimes. " * 3
VICTIMS = (("a", "boy"), ("a", "girl"), ("b", "boy"), ("c", "girl"), ("c", "girl"))


def a_place() -> Unit:
    """A commune of Mopti."""
    from sutura.places.models import Unit

    return Unit.objects.filter(edition="cod-ab-2021", level=3, region="ML05").order_by("code")[0]


def three_and_five(place: Unit, number: int) -> IncidentBundle:
    """One incident with three violations and five children, two of them by their code."""
    from sutura.incidents.parts import IncidentBundle, VictimPart, ViolationPart

    return IncidentBundle(
        place=place,
        occurred_on=date(2026, 1 + number % 6, 1 + number % 28),
        locality="Village inventé",
        title="Attaque d'un village",
        account_restricted=TOLD,
        account_shareable=SHARED,
        reporting_organisation="Organisation inventée",
        violations=(
            ViolationPart(type="killing", key="a", boys=2, girls=1, parties=("JNIM",)),
            ViolationPart(type="maiming", key="b", boys=1, girls=1, parties=("JNIM",)),
            ViolationPart(type="abduction", key="c", girls=2, unknown=1),
        ),
        victims=tuple(
            VictimPart(
                violations=(key,),
                child_key=f"B{number}-{index}" if index < 2 else "",
                sex=sex,
                age=10 + index,
            )
            for index, (key, sex) in enumerate(VICTIMS)
        ),
    )
