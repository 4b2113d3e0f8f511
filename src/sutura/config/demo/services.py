"""Invented services, a mapping round that is answered in part, and a proposal that waits."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from sutura.mhpss.models import Service
from sutura.mhpss.services import campaigns, proposals
from sutura.mhpss.services import map as services
from sutura.partners.models import Organisation
from sutura.people.models import Account
from sutura.places.models import Unit


class Kind(NamedTuple):
    """What one sort of invented service looks like."""

    words: str
    codes: tuple[str, ...]
    layers: tuple[str, ...]
    groups: tuple[str, ...]
    staff: dict[str, tuple[int, int]]
    facts: dict[str, Any]


KINDS = (
    Kind("Informations et orientation vers les services", ("1.1",), ("L1",), ("displaced", "host"),
         {"community": (2, 2)}, {"modalities": ["public"], "entry": "walk_in"}),
    Kind("Espace ami des enfants", ("4.1", "3.4"), ("L2",), ("children", "adolescents"),
         {"teacher": (3, 2)}, {"site_kind": "eae", "min_age": 6, "max_age": 17, "entry": "walk_in"}),
    Kind("Groupes de parents", ("3.2",), ("L2",), ("caregivers",),
         {"community": (2, 1)}, {"themes": ["parenting"], "modalities": ["public"], "min_age": 18}),
    Kind("Écoute et premiers secours psychologiques", ("7.1", "8.1"), ("L3",), ("children", "women"),
         {"counsellor": (2, 1), "social": (1, 1)}, {"supervised": True, "themes": ["grief", "gbv"]}),
    Kind("Consultation de santé mentale au CSRéf", ("9.1", "9.2"), ("L3",), ("children", "women", "men"),
         {"nurse": (1, 2)}, {"site_kind": "csref", "trained_in": "mhGAP, 5 jours", "entry": "appointment"}),
    Kind("Consultation de psychologue", ("10.1", "8.4"), ("L4",), ("children", "women", "men"),
         {"psychologist": (1, 0)}, {"specified": "Thérapie de soutien", "entry": "referral", "waiting_days": 14}),
    Kind("Débriefing après incident", ("8.5",), ("L3",), ("staff",), {"counsellor": (1, 0)}, {}),
    Kind("Atelier de contes et de chants", ("3.8",), ("L2",), ("children",),
         {"volunteer": (2, 0)}, {"specified": "Contes et chants de deuil"}),
    Kind("Formation des relais", ("11.3",), ("LX",), ("staff",),
         {"psychologist": (1, 1)}, {"specified": "Premiers secours psychologiques", "modalities": ["facility"]}),
)  # fmt: skip
# cercle, which kinds stand there
STANDING = (
    ("ML0501", (0, 1, 3, 5)), ("ML0502", (1, 2)), ("ML0503", (3,)), ("ML0504", (1, 7)), ("ML0506", (4,)),
    ("ML0701", (0, 1, 3, 5, 6)), ("ML0702", (1,)), ("ML0101", (2, 4)), ("ML0103", (1,)), ("ML0601", (1, 3, 4)),
    ("ML0301", (0, 2, 4)), ("ML0901", (3, 5, 8)), ("ML0401", (1, 4)),
)  # fmt: skip
WHOSE = ("OTE", "AJI", "IFS", "CHF")
NOTE = " (inventé)"


def chart(*, cast: dict[str, Account], today: date) -> None:
    """Fill the map."""
    by, random = cast["fatou"], Random(20210901)  # noqa: S311 - invented facts, the same at each pouring
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    places = {unit.code: unit for unit in Unit.objects.filter(code__in=[code for code, _kinds in STANDING])}
    kept = [
        place_one(KINDS[number], places[code], known[random.choice(WHOSE)], today, random, by=by)
        for code, kinds in STANDING
        if code in places
        for number in kinds
    ]
    twice = kept[1]
    place_one(
        KINDS[1],
        twice.place,
        known["CHF" if twice.organisation.acronym != "CHF" else "AJI"],
        today,
        random,
        by=by,
    )
    ask(known, kept, today, cast)


def place_one(
    kind: Kind, place: Unit, whose: Organisation, today: date, random: Random, *, by: Account
) -> Service:
    """One service, verified some time ago or never."""
    sensitive = "gbv" in kind.facts.get("themes", ())
    service = services.keep_service(
        by=by, organisation=whose, place=place, description=kind.words + NOTE, site=f"Centre de {place.name}{NOTE}",
        codes=kind.codes, layers=kind.layers, groups=kind.groups, staff=kind.staff, languages=["fr", "bm"],
        cost="free", hours="lundi–vendredi, 8 h–16 h", phone=f"+223 00 00 00 {random.randint(10, 99)}",
        is_public=random.random() < 0.8, is_sensitive=sensitive, precision="cercle" if sensitive else "site",
        starts_on=today - timedelta(days=400), funded_until=today + timedelta(days=random.choice((45, 200, 400))),
        updated_on=today - timedelta(days=20), reached=random.randint(20, 300), basis="contacts", **kind.facts,
    )  # fmt: skip
    age = random.choice((10, 40, 120, 250, 0))
    if age:
        day = today - timedelta(days=age)
        services.confirm_services(
            services=[service], verified_by=f"{whose.short}, par téléphone{NOTE}", verified_on=day, by=by
        )
    return service


def ask(known: dict[str, Organisation], kept: list[Service], today: date, cast: dict[str, Account]) -> None:
    """A round in Mopti that everybody answered, one in Gao that waits; a member proposes other hours."""
    by = cast["fatou"]
    for region, title, complete in (("ML05", "Atelier de Mopti", True), ("ML07", "Atelier de Gao", False)):
        made = campaigns.open_campaign(
            title=f"{title} : cartographie{NOTE}", region=region, method="workshop", by=by,
            starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=30),
        )  # fmt: skip
        invited = campaigns.invite(campaign=made, organisations=[known[each] for each in WHOSE], by=by)
        for number, each in enumerate(invited):
            if complete or number < 2:
                campaigns.note_answer(
                    invitation=each, answer="complete", answered_on=today - timedelta(days=9), by=by
                )
    mine = next(each for each in kept if each.region == "ML05")
    proposals.propose(service=mine, hours="lundi–samedi, 8 h–14 h", by=cast["mariam"])
