"""A text becomes parties of the register or unidentified; a label becomes words."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutura.parties.models import Party, PartyName
from sutura.parties.resolver import Parties, label, resolve
from sutura.parties.rules import goes_round, join_codes, key, split_label
from tests.shared import shared

pytestmark = pytest.mark.django_db


def test_every_spelling_and_code(parties: Parties) -> None:
    for party in Party.objects.all():
        assert parties.resolve(f" {party.code.lower()} ").party == party
    for name in PartyName.objects.select_related("party"):
        for text in (name.text, name.text.upper(), name.text.replace("-", " "), f" {name.text} "):
            assert parties.resolve(text).party == name.party


@pytest.mark.parametrize(
    ("text", "label", "unknown"),
    [
        ("Jama'at Nasr al-Islam wal Muslimin", "JNIM", ()),
        ("Ansar al-Dine", "ANSAR_EDDINE", ()),
        ("Macina Liberation Front", "KATIBA_MACINA", ()),
        ("Mali Armed Forces", "FAMA", ()),
        ("Military Forces of Mali (2020-)", "FAMA", ()),
        ("Government of Mali", "FAMA", ()),
        ("Islamic State in the Greater Sahara", "EIGS", ()),
        ("IS Sahel", "EIGS", ()),
        ("IS", "EIGS", ()),
        ("AQIM", "AQMI", ()),
        ("National Police Force (Mali)", "POLICE", ()),
        ("MNLA National Movement for the Liberation of Azawad", "MNLA", ()),
        ("Mali Armed Forces, Wagner Group", "FAMA+WAGNER", ()),
        ("Mali Armed Forces, Militia, Wagner Group", "FAMA+WAGNER", ()),
        ("JNIM; EIGS", "EIGS+JNIM", ()),
        ("Government of Mali, Government of Russia (Soviet Union)", "FAMA", ("Government of Russia",)),
        ("Unidentified Armed Actor", "unidentified", ()),
        ("No Information", "unidentified", ()),
        ("NoInformation", "unidentified", ()),
        ("Hommes armés non identifiés", "unidentified", ()),
        ("", "unidentified", ()),
        ("MPA", "unidentified", ("MPA",)),
        ("Kenya Police", "unidentified", ("Kenya Police",)),
        ("Islamic State West Africa Province", "unidentified", ("Islamic State West Africa Province",)),
    ],
)
def test_texts_of_sources(parties: Parties, text: str, label: str, unknown: tuple[str, ...]) -> None:
    named = parties.resolve(text)
    assert (named.label, named.unknown) == (label, unknown)
    assert named.unidentified is (label == "unidentified")
    assert (named.party is None) is (label == "unidentified" or "+" in label or bool(unknown))


def test_the_real_events_name_these_parties(parties: Parties) -> None:
    with shared("data", "incidents", "insecurity_insight_mali_2016-2022.csv").open(
        encoding="utf-8-sig"
    ) as file:
        labels = Counter(parties.resolve(row["perpetrator_name"]).label for row in csv.DictReader(file))
    assert labels == {
        "unidentified": 150, "JNIM": 52, "EIGS": 6, "FAMA": 6, "KATIBA_MACINA": 5, "ANSAR_EDDINE": 2, "MUJAO": 2,
        "POLICE": 2, "WAGNER": 2, "MNLA": 1, "FAMA+WAGNER": 2,
    }  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(text=st.text())
def test_no_text_raises(text: str) -> None:
    empty = Parties([], [])
    assert empty.resolve(text).parties == ()
    assert empty.label(text, "fr")
    assert key(f" {text} ") == key(text)


@settings(max_examples=200, deadline=None)
@given(st.sets(st.from_regex(r"[A-Z][A-Z0-9_]{0,5}", fullmatch=True), max_size=4), st.booleans())
def test_a_label_holds_its_codes(codes: set[str], crossfire: bool) -> None:
    assert split_label(join_codes(codes, crossfire=crossfire)) == (crossfire and bool(codes), sorted(codes))


@pytest.mark.parametrize(
    ("text", "fr", "en"),
    [
        ("JNIM", "JNIM", "JNIM"),
        ("EIGS", "État islamique au Sahel", "Islamic State in the Sahel"),
        ("EIGS+JNIM", "État islamique au Sahel et JNIM", "Islamic State in the Sahel and JNIM"),
        ("A+FAMA+JNIM", "A, Forces armées maliennes et JNIM", "A, Malian armed forces and JNIM"),
        (
            "crossfire:FAMA+JNIM",
            "Tirs croisés entre Forces armées maliennes et JNIM",
            "Crossfire between Malian armed forces and JNIM",
        ),
        ("unidentified", "Auteurs non identifiés", "Unidentified perpetrators"),
    ],
)
def test_labels_in_words(parties: Parties, text: str, fr: str, en: str) -> None:
    assert (label(text, "fr"), label(text, "en")) == (fr, en)


def test_a_file_or_a_page_reads_the_register_once(
    parties: Parties, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        known = Parties.current()
        for _ in range(100):
            assert known.resolve("Ansar Dine").party
            assert known.label("crossfire:FAMA+JNIM", "fr")
    assert resolve("Ansar Dine").label == "ANSAR_EDDINE"


def test_round_parents() -> None:
    assert goes_round("A", "A", {})
    assert goes_round("A", "C", {"C": "B", "B": "A"})
    assert not goes_round("A", "C", {"C": "B"})
