"""The pages of the register of parties: open to whoever is signed in, kept by the secretariat."""

from __future__ import annotations

import pytest
from django.test import Client

from sutura.parties.models import Listing, Party
from sutura.parties.resolver import Parties
from sutura.parties.services import add_party
from sutura.people.models import Account

pytestmark = pytest.mark.django_db
ACTS = ["change", "names/new", "listings/new", "plans/new"]


def address(code: str, *steps: str) -> str:
    """The address of a party's page."""
    return "/".join(["/parties", str(Party.objects.get(code=code).public_id), *steps, ""])


@pytest.fixture
def keeper(client: Client, secretary: Account, parties: Parties) -> Client:
    """The secretary keeps the register."""
    client.force_login(secretary)
    return client


def test_a_stranger_is_sent_to_the_door(client: Client, parties: Parties) -> None:
    for page in ("/parties/", address("JNIM"), "/parties/new/", *(address("JNIM", act) for act in ACTS)):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


def test_oumar_and_moussa_read_but_do_not_write(
    client: Client, oumar: Account, moussa: Account, parties: Parties
) -> None:
    drop = f"/parties/listings/{Listing.objects.all()[0].public_id}/drop/"
    for person in (oumar, moussa):
        client.force_login(person)
        assert client.get("/parties/").status_code == 200
        for page in ("/parties/new/", drop, *(address("MNLA", act) for act in ACTS)):
            assert client.get(page).status_code == 403
            assert client.post(page, {"why": "x"}).status_code == 403
        seen = client.get(address("MNLA"))
        assert (seen.context["keeper"], seen.context["versions"]) == (False, [])
        assert "/change/" not in seen.content.decode()
    assert Listing.objects.count() == 25


def test_the_list_shows_each_party_under_the_one_it_is_part_of(keeper: Client) -> None:
    rows = keeper.get("/parties/").context["rows"]
    assert len(rows) == 33
    codes = [row["party"].code for row in rows]
    assert codes[codes.index("CMA") : codes.index("CMA") + 4] == ["CMA", "HCUA", "MAA_CMA", "MNLA"]
    assert {row["party"].code: row["listed"].year for row in rows if row["listed"]} == {
        "ANSAR_EDDINE": 2022,
        "MNLA": 2022,
        "MUJAO": 2018,
        "PLATEFORME": 2022,
    }


def test_the_list_is_searched_by_any_spelling_and_by_type(keeper: Client) -> None:
    def found(**asked: str) -> list[str]:
        return [row["party"].code for row in keeper.get("/parties/", asked).context["rows"]]

    assert found(q="gsim") == ["JNIM"]
    assert found(q="Liberation Front") == ["FLA", "FLN", "KATIBA_MACINA"]
    assert found(q="zzz") == []
    assert sorted(found(type="armed_force")) == ["FAMA", "FDSM", "GARDE_NATIONALE", "GENDARMERIE", "POLICE"]


def test_the_list_costs_the_same_for_one_party_and_for_three(
    client: Client, secretary: Account, django_assert_num_queries: object
) -> None:
    client.force_login(secretary)
    for count in (1, 3):
        while Party.objects.count() < count:
            code = f"P{Party.objects.count()}"
            add_party(
                code=code, type="armed_group", name_fr=f"Un {code}", name_en=f"One {code}", by=secretary
            )
        with django_assert_num_queries(5):  # type: ignore[operator]
            assert len(client.get("/parties/").context["rows"]) == count


def test_a_party_shows_its_annexes_and_the_years_not_found(keeper: Client) -> None:
    page = keeper.get(address("MNLA"))
    annexes = page.context["annexes"]
    assert [row["year"] for row in annexes] == list(range(2022, 2012, -1))
    found = {row["year"]: row["ticks"] for row in annexes}
    assert found[2022] == [True, False, True, False, False]
    assert found[2020] == [None] * 5
    words = page.content.decode()
    assert "non trouvé dans une source" in words
    plan = keeper.get(address("CMA")).context["plans"]
    assert [row["signed"] for row in plan] == ["mars 2017"]


def test_whoever_keeps_bodies_may_follow_a_plan_article_by_article(
    keeper: Client, client: Client, oumar: Account
) -> None:
    followed = "/coordination/instruments/new/?kind=party_plan&amp;party_code=CMA"
    assert f'href="{followed}"' in keeper.get(address("CMA")).content.decode()
    assert keeper.get(followed.replace("&amp;", "&")).context["form"]["party_code"].value() == "CMA"
    client.force_login(oumar)
    assert followed not in client.get(address("CMA")).content.decode()


def test_the_secretary_changes_a_party_and_the_old_version_stays(keeper: Client, secretary: Account) -> None:
    said = {"type": "armed_group", "name_fr": "EI-S", "name_en": "IS-S", "source": "x", "why": "nouveau nom"}
    answer = keeper.post(address("EIGS", "change"), said)
    assert (answer.status_code, answer["Location"]) == (302, address("EIGS"))
    page = keeper.get(address("EIGS"))
    assert [(row["title"], row["text"]) for row in page.context["versions"]] == [
        ("EI-S / IS-S", "nouveau nom"),
        ("État islamique au Sahel / Islamic State in the Sahel", "registre livré avec le logiciel"),
    ]
    assert page.context["versions"][0]["by"] == secretary


def test_a_wrong_form_says_why_at_its_field(keeper: Client) -> None:
    said = {"type": "armed_group", "name_fr": "JNIM", "name_en": "JNIM", "why": "x"}
    said["parent"] = str(Party.objects.get(code="AQMI").pk)
    answer = keeper.post(address("JNIM", "change"), said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["parent"]
    assert keeper.post(address("JNIM", "listings/new"), {"year": 2024, "source": "x"}).status_code == 422


def test_the_secretary_adds_what_is_found(keeper: Client) -> None:
    new = {"code": "GAL", "type": "armed_group", "name_fr": "Groupe local", "name_en": "Local group"}
    assert keeper.post("/parties/new/", new)["Location"] == address("GAL")
    assert keeper.post(address("GAL", "names/new"), {"text": "Les locaux"})["Location"] == address("GAL")
    listing = {"year": 2024, "violations": ["abduction"], "source": "A/79/878"}
    assert keeper.post(address("GAL", "listings/new"), listing)["Location"] == address("GAL")
    plan = {"signatory": "Groupe local", "signed_on": "2025-02-03", "source": "ONU"}
    assert keeper.post(address("GAL", "plans/new"), plan)["Location"] == address("GAL")
    page = keeper.get(address("GAL"))
    assert "Les locaux" in page.context["names"]
    assert [row["signed"] for row in page.context["plans"]] == ["3\xa0févr.\xa02025"]
    drop = page.context["annexes"][0]["drop"]
    assert keeper.post(drop, {}).status_code == 422
    assert keeper.post(drop, {"why": "erreur"})["Location"] == address("GAL")
    assert keeper.get(address("GAL")).context["annexes"] == []
