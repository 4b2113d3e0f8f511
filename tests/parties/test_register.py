"""The shipped register of parties, and what may be done to it."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from sutura.access.errors import Invalid, NotAllowed
from sutura.parties import services
from sutura.parties.models import ActionPlan, Listing, Party, PartyName
from sutura.parties.resolver import Parties, resolve
from sutura.people.models import Account
from tests.shared import shared

pytestmark = pytest.mark.django_db
RU_SV = ["recruitment_use", "sexual_violence"]


def test_only_a_keeper_writes(parties: Parties, oumar: Account, moussa: Account) -> None:
    jnim = parties.by_code["JNIM"]
    acts = {
        services.load_register: {},
        services.add_party: {"code": "NEW", "type": "armed_group", "name_fr": "Neuf", "name_en": "New"},
        services.rename: {"party": jnim, "name_fr": "X", "name_en": "X", "why": ""},
        services.add_name: {"party": jnim, "text": "X"},
        services.add_listing: {"party": jnim, "year": 2024, "violations": RU_SV, "source": "A/79/878"},
        services.drop_listing: {"listing": Listing.objects.all()[0], "why": "x"},
        services.add_action_plan: {"party": jnim, "signatory": "JNIM", "source": "x"},
    }
    for person in (oumar, moussa):
        for act, given in acts.items():
            with pytest.raises(NotAllowed):
                act(by=person, **given)  # type: ignore[operator]
    assert Party.objects.visible_to(oumar).count() == Party.objects.count() == 33


def test_it_ships_the_agreed_codes(parties: Parties) -> None:
    with shared("formats", "parties.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            party = parties.by_code[row["code"]]
            assert (party.type, party.name_fr, party.name_en) == (row["type"], row["name_fr"], row["name_en"])


def test_parents(parties: Parties) -> None:
    children: dict[str, set[str]] = {}
    for code, party in parties.by_code.items():
        if party.parent_id:
            children.setdefault(party.parent.code, set()).add(code)
    assert children == {
        "FDSM": {"FAMA", "POLICE"},
        "FAMA": {"GENDARMERIE", "GARDE_NATIONALE"},
        "FSP": {"WAGNER", "AFRICA_CORPS"},
        "JNIM": {"ANSAR_EDDINE", "KATIBA_MACINA", "AQMI", "AL_MOURABITOUN"},
        "CMA": {"MNLA", "HCUA", "MAA_CMA"},
        "PLATEFORME": {"GATIA", "MAA_PLATEFORME", "CMFPR"},
    }


def test_listings_are_those_found_and_no_other(parties: Parties) -> None:
    listed = {
        (row.party.code, row.year): [str(v.value) for v in row.violations] for row in Listing.objects.all()
    }
    old = {(code, year): RU_SV for code in ("ANSAR_EDDINE", "MNLA", "MUJAO") for year in range(2013, 2019)}
    new = {(code, year): RU_SV for code in ("ANSAR_EDDINE", "MNLA") for year in (2021, 2022)}
    plateforme = {("PLATEFORME", year): ["recruitment_use"] for year in (2018, 2021, 2022)}
    assert listed == old | new | plateforme
    assert not Listing.objects.filter(source="").exists()


def test_action_plans(parties: Parties) -> None:
    plans = ActionPlan.objects.order_by("signed_on", "signatory")
    assert [
        (plan.party.code, plan.signed_on, plan.precision, [v.value for v in plan.violations])
        for plan in plans
    ] == [
        ("CMA", date(2017, 3, 1), "month", RU_SV),
        ("PLATEFORME", date(2021, 8, 26), "day", []),
        ("PLATEFORME", date(2021, 8, 26), "day", []),
    ]


def test_a_second_load_changes_nothing_and_respects_corrections(parties: Parties, secretary: Account) -> None:
    services.rename(
        party=parties.by_code["EIGS"], name_fr="EI Sahel", name_en="IS Sahel", why="usage", by=secretary
    )
    versions = Party.history.count()
    assert services.load_register(by=secretary) == 0
    assert (Party.objects.get(code="EIGS").name_fr, Party.history.count()) == ("EI Sahel", versions)


def test_a_renamed_party_is_found_by_its_old_name_and_keeps_its_past(
    parties: Parties, secretary: Account
) -> None:
    services.rename(party=parties.by_code["EIGS"], name_fr="EI-S", name_en="IS-S", why="usage", by=secretary)
    party = Party.objects.get(code="EIGS")
    assert resolve("État islamique au Sahel").party == party
    assert resolve("EI-S").party == party
    past = list(party.history.order_by("history_id").values_list("name_en", "history_change_reason"))
    assert past == [
        ("Islamic State in the Sahel", "registre livré avec le logiciel"),
        ("IS-S", "usage"),
    ]


def test_a_new_party_is_found_by_code_and_names(parties: Parties, secretary: Account) -> None:
    made = services.add_party(
        code="GAL", type="armed_group", name_fr="Groupe local", name_en="Local group", by=secretary
    )
    assert {resolve(text).party for text in ("gal", "Groupe local", "LOCAL GROUP")} == {made}
    given = {"type": "armed_group", "name_fr": "A", "name_en": "A", "by": secretary}
    for code in ("GAL", "gal", "1A", "", "UNIDENTIFIED", "A" * 21, "A-B"):
        with pytest.raises(Invalid) as refused:
            services.add_party(code=code, **given)  # type: ignore[arg-type]
        assert refused.value.field == "code"
    with pytest.raises(Invalid) as refused:
        services.add_party(code="TWIN", type="armed_group", name_fr="Ansar Dine", name_en="x y", by=secretary)
    assert refused.value.field == "name_fr"


def test_no_party_is_part_of_itself(parties: Parties, secretary: Account) -> None:
    jnim, aqmi = parties.by_code["JNIM"], parties.by_code["AQMI"]
    with pytest.raises(Invalid) as refused:
        services.change_party(
            party=jnim, type=jnim.type, name_fr="JNIM", name_en="JNIM", parent=aqmi, active_from=None,
            active_to=None, source="", notes="", why="x", by=secretary,
        )  # fmt: skip
    assert refused.value.field == "parent"


def test_a_listing_of_a_known_year_is_corrected_not_doubled(parties: Parties, secretary: Account) -> None:
    party = parties.by_code["JNIM"]
    first = services.add_listing(
        party=party, year=2024, violations=["abduction"], source="A/79/878", by=secretary
    )
    second = services.add_listing(
        party=party, year=2024, violations=["attacks"], source="A/79/878", by=secretary
    )
    assert (first.pk, [v.value for v in second.violations]) == (second.pk, ["attacks"])
    assert second.history.count() == 2
    services.drop_listing(listing=second, why="wrong year", by=secretary)
    gone = Listing.history.filter(id=first.pk).order_by("-history_id")[0]
    assert (gone.history_type, gone.history_change_reason) == ("-", "wrong year")
    assert not party.listings.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"year": 2024, "violations": [], "source": "x"}, "violations"),
        ({"year": 2024, "violations": ["abduction"], "source": "  "}, "source"),
        ({"year": 24, "violations": ["abduction"], "source": "x"}, "year"),
    ],
)
def test_a_listing_needs_a_violation_a_source_and_a_year(
    parties: Parties, secretary: Account, given: dict, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        services.add_listing(party=parties.by_code["JNIM"], by=secretary, **given)
    assert refused.value.field == field


def test_the_history_cannot_be_rewritten(parties: Parties) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Party.history.filter(code="JNIM").update(name_fr="X")
    with pytest.raises(DatabaseError), transaction.atomic():
        PartyName.history.all().delete()
