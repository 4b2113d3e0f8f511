"""The invented programme: centres, packages of fictional partners, costs, prevention in communities."""

from __future__ import annotations

from datetime import date, timedelta

from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.models import Docket, Site
from sutura.response.services import programme
from sutura.response.services.dockets import note_step, open_docket
from sutura.response.services.prevention import note_activity

PARTNERS = (("Retour et Avenir (fictif)", "RA-F"), ("Ateliers du Sahel (fictif)", "ADS-F"))
# centre, since how many days, places for boys and girls, which partner runs it
BEDS = (
    ("Centre inventé de Sévaré", 400, 12, 4, 0),
    ("Centre inventé de Sévaré", 60, 16, 8, 0),
    ("Centre inventé de Gao", 300, 20, 10, 1),
)
# partner, what, cercle, places, cost of one in FCFA
OFFERS = (
    (0, "school", "ML0504", 20, 95_000),
    (0, "koranic", "ML0504", 10, 60_000),
    (1, "vocational", "ML0504", 12, 240_000),
    (1, "vocational", "ML0701", 15, 240_000),
    (1, "income", "ML0701", 8, 310_000),
)
# partner, region, for what, planned and spent in FCFA
COSTS = (
    (0, "ML05", "packages", 9_000_000, 3_150_000),
    (0, "ML05", "follow_up", 2_400_000, 610_000),
    (0, "ML05", "prevention", 4_000_000, 1_200_000),
    (1, "ML07", "care", 18_000_000, 7_480_000),
    (1, "ML07", "packages", 11_000_000, None),
)
# kind, theme, cercle, days ago, partner, then who took part
ACTIVITIES = (
    ("talk", "recruitment", "ML0504", 12, 0, (18, 14, 31, 27, 22, 19)),
    ("radio", "protocol", "ML0501", 25, 0, (0, 0, 40, 44, 60, 75)),
    ("leaders", "return", "ML0504", 33, 1, (0, 0, 0, 0, 6, 17)),
    ("youth", "recruitment", "ML0701", 9, 1, (0, 0, 26, 38, 3, 4)),
    ("committee", "school", "ML0701", 47, 1, (0, 0, 4, 5, 9, 11)),
)
AGES = (12, 14, 14, 15, 16, 17, 17)
"""Of boys who came home to Mopti together."""
NUMBERS = ("girls_small", "boys_small", "girls", "boys", "women", "men")


def run(*, cast: dict[str, Account], today: date) -> None:
    """Two partners, their centres and packages, and the children who entered one."""
    by = cast["salimata"]
    partners = [
        add_organisation(name=name, acronym=short, kind="nngo", by=cast["fatou"]) for name, short in PARTNERS
    ]
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={"ML0501", "ML0504", "ML0701"})}
    for name, ago, boys, girls, whose in BEDS:
        programme.set_beds(
            site=Site.objects.get(name=name), valid_from=today - timedelta(days=ago), boys=boys, girls=girls,
            run_by=partners[whose], by=by,
        )  # fmt: skip
    offers = [
        programme.add_offer(
            organisation=partners[whose], kind=kind, place=units[cercle], valid_from=today - timedelta(days=200),
            places=places, unit_cost=cost, by=by,
        )
        for whose, kind, cercle, places, cost in OFFERS
    ]  # fmt: skip
    tell(partners, units, today, by=by)
    centre = Site.objects.get(name=BEDS[0][0])
    for age in AGES:
        shelter(centre, age, today, by=by)
    for docket in Docket.objects.filter(stage="followed"):
        note_step(
            docket=docket, kind="follow_up", answer="stable", month=6, organisation=partners[0], precision="day",
            day=today - timedelta(days=2), by=by,
        )  # fmt: skip
    for docket in Docket.objects.filter(stage__in=("in_care", "followed")).order_by("id")[:4]:
        offer = next(each for each in offers if each.region == docket.region)
        programme.enrol(docket=docket, offer=offer, precision="day", day=today - timedelta(days=3), by=by)


def tell(partners: list[Organisation], units: dict[str, Unit], today: date, *, by: Account) -> None:
    """What the partners planned and spent, and what they did in communities."""
    for whose, region, item, planned, spent in COSTS:
        programme.set_cost(
            organisation=partners[whose],
            region=region,
            year=today.year,
            item=item,
            planned=planned,
            spent=spent,
            by=by,
        )
    for kind, theme, cercle, ago, whose, counts in ACTIVITIES:
        note_activity(
            kind=kind, theme=theme, place=units[cercle], held_on=today - timedelta(days=ago),
            organisation=partners[whose], by=by, **dict(zip(NUMBERS, counts, strict=True)),
        )  # fmt: skip


def shelter(centre: Site, age: int, today: date, *, by: Account) -> None:
    """A boy handed over and in care in a centre."""
    met, came = today - timedelta(days=21), today - timedelta(days=20)
    docket = open_docket(
        region=centre.region, sex="boy", age=age, age_basis="child", association="unknown", answer="community",
        place=centre.place, precision="day", day=met, by=by,
    )  # fmt: skip
    for kind, answer, site in (("handover", "well", None), ("care", "centre", centre), ("plan", "", None)):
        note_step(docket=docket, kind=kind, answer=answer, site=site, precision="day", day=came, by=by)
