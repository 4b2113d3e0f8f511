"""The pages of the register of places: closed to strangers, open to whoever is signed in, kept by the secretariat."""

from __future__ import annotations

import pytest
from django.test import Client

from sutura.people.models import Account
from sutura.places.models import Name, Unit
from sutura.places.resolver import Register
from sutura.places.services import import_facilities

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client, fatou: Account, register: Register) -> Client:
    """Fatou, who has no case data, reads the register."""
    client.force_login(fatou)
    return client


@pytest.mark.parametrize("address", ["/places/", "/places/ML05/", "/places/?q=Koro"])
def test_a_stranger_is_sent_to_the_door(client: Client, register: Register, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_oumar_may_not_add_a_spelling(client: Client, oumar: Account, register: Register) -> None:
    client.force_login(oumar)
    known = Name.objects.count()
    assert client.post("/places/ML0505/names/", {"text": "Kôrô-ville"}).status_code == 403
    assert "names/" not in client.get("/places/ML0505/").content.decode()
    assert Name.objects.count() == known


def test_the_list_switches_geography(reader: Client) -> None:
    old = reader.get("/places/")
    assert [(row["unit"].code, row["communes"]) for row in old.context["regions"]][4] == ("ML05", 108)
    new = reader.get("/places/", {"geography": "reform-2023"})
    assert len(new.context["regions"]) == 20
    for answer in (old, new):
        assert sum(row["communes"] for row in answer.context["regions"]) == 701
        assert sum(row["cercles"] for row in answer.context["regions"]) == 53
    assert reader.get("/places/", {"geography": "x"}).context["edition"] == "cod-ab-2021"


def test_search_finds_any_spelling(reader: Client) -> None:
    def found(words: str) -> list[str]:
        return [row["unit"].code for row in reader.get("/places/", {"q": words}).context["rows"]]

    assert found("timbuktu") == ["ML-R06", "ML06", "ML0605", "ML060506"]
    assert found("ml1001") == ["ML1001", "ML100101"]
    assert found("dinangourou") == ["ML050505"]
    assert found("zzz") == []
    within = reader.get("/places/", {"q": "dinangourou"}).context["rows"][0]["within"]
    assert within == "Mopti / Koro"


def test_search_and_list_cost_the_same_for_one_row_and_for_many(
    reader: Client, django_assert_num_queries: object
) -> None:
    for address in ("/places/?q=dinangourou", "/places/?q=niamana", "/places/?q=ba"):
        with django_assert_num_queries(4):  # type: ignore[operator]
            assert reader.get(address).status_code == 200
    for address in ("/places/", "/places/?geography=reform-2023"):
        with django_assert_num_queries(6 if "geo" not in address else 5):  # type: ignore[operator]
            assert reader.get(address).status_code == 200


def test_a_unit_reads_like_a_file(reader: Client, secretary: Account) -> None:
    row = b"name,lat,long\nCSCOM A,14.08,-3.08\nCSCOM B,14.09,-3.07\n"
    import_facilities(file=row, kind="health", source="list", by=secretary)
    answer = reader.get("/places/ML0505/")
    said = {row["label"]: row["value"] for row in answer.context["rows"]}
    assert (said["Région de 2021"], said["Région de 2023"]) == ("Mopti", "Bandiagara")
    assert [facility.name for facility in answer.context["facilities"]] == ["CSCOM A", "CSCOM B"]
    assert answer.context["below"].count() == 16
    assert reader.get("/places/ML-R17/").context["facility_count"] == 2
    assert reader.get("/places/ML01/").context["facility_count"] == 0
    assert reader.get("/places/NO/").status_code == 404


def test_a_doubtful_unit_says_so(reader: Client) -> None:
    words = reader.get("/places/ML060505/").content.decode()
    assert "À vérifier." in words


def test_the_secretary_adds_a_spelling_and_is_told_of_a_known_one(
    client: Client, secretary: Account, register: Register
) -> None:
    client.force_login(secretary)
    answer = client.post("/places/ML0505/names/", {"text": "Korro"})
    assert (answer.status_code, answer["Location"]) == (302, "/places/ML0505/")
    assert Unit.objects.get(code="ML0505").names.filter(text="Korro", kind="alias").exists()
    again = client.post("/places/ML0505/names/", {"text": "KORRO"})
    assert again.status_code == 422
    assert "Le registre connaît déjà cette graphie." in again.content.decode()
    assert client.get("/places/ML0505/names/").status_code == 405
