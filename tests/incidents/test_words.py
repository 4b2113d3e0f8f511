"""Lists of words and their columns: codes kept as codes, each field classified, every list told in full."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from hypothesis import given
from hypothesis import strategies as st

from sutura.access.errors import Invalid
from sutura.incidents import choices, services
from sutura.incidents.codes import CodesField, display, joined, split
from sutura.incidents.models import Incident, Victim
from sutura.people.models import Account
from sutura.security.privacy import IDENTIFYING, classes, unclassified

MODELS = list(Incident._meta.apps.get_app_config("incidents").get_models())
LISTS = [getattr(choices, name) for name in choices.__all__]
# How many codes the codebook has for each list (B1 to B6), the merged spellings taken once.
SIZES = {
    "Type": 10, "Status": 5, "PlaceKind": 22, "Weapon": 31, "IllTreatment": 21, "DenialMethod": 13,
    "AidOrganisation": 11, "AbductionPurpose": 14, "RecruitmentFactor": 13, "SexualViolenceForm": 10,
    "SexualViolenceEffect": 14, "SourceKind": 10, "SourceCategory": 4, "Vulnerability": 12, "SchoolKind": 9,
    "HealthKind": 6, "DetentionPlace": 7, "MilitaryPurpose": 7, "ResponseKind": 9, "AttackKind": 4,
}  # fmt: skip


def field(name: str) -> CodesField:
    found = Victim._meta.get_field(name)
    assert isinstance(found, CodesField)
    return found


@given(st.lists(st.from_regex(r"[a-z0-9_-]{1,8}", fullmatch=True)))
def test_codes_come_back_sorted_and_each_once(codes: list[str]) -> None:
    assert split(joined(codes)) == sorted(set(codes))


def test_codes_are_stored_between_marks(incident: Incident, awa: Account) -> None:
    victim = incident.victims.first()
    assert victim is not None
    services.change_victim(victim=victim, by=awa, vulnerabilities=["displaced", "abducted", "abducted"])
    assert Victim.objects.get(pk=victim.pk).vulnerabilities == ["abducted", "displaced"]
    assert list(Victim.objects.filter(vulnerabilities__has="displaced")) == [victim]
    assert list(Victim.objects.filter(vulnerabilities__has="disabled")) == []
    assert victim.history.first().vulnerabilities == ["abducted", "displaced"]
    with pytest.raises(Invalid) as refusal:
        services.change_victim(victim=victim, by=awa, vulnerabilities=["tall"])
    assert refusal.value.field == "vulnerabilities"


def test_a_form_asks_for_codes_by_check_boxes() -> None:
    asked = field("vulnerabilities").formfield()
    assert asked.clean(["refugee", "abducted"]) == ["refugee", "abducted"]
    assert asked.clean([]) == []
    with pytest.raises(ValidationError):
        asked.clean(["tall"])


def test_words_are_told_in_the_order_of_the_list() -> None:
    told = display(field("age_bands"), ["15-17", "0-5", "gone"])
    assert [word[:2] for word in told] == [word[:2] for word in (told[0], told[1], "gone")]
    assert told[2] == "gone"
    assert "5" in told[0]
    assert "17" in told[1]


@pytest.mark.parametrize("model", MODELS)
def test_every_field_has_a_privacy_class(model: Any) -> None:
    if not model.__name__.startswith("Historical"):
        assert list(unclassified(model)) == []


def test_what_could_lead_to_a_person_is_identifying() -> None:
    named = {
        (model.__name__, name)
        for model in MODELS
        for name, privacy in classes(model).items()
        if privacy == IDENTIFYING
    }
    assert {
        ("Incident", "account_restricted"),
        ("Incident", "latitude"),
        ("Incident", "longitude"),
        ("Victim", "date_of_birth"),
        ("Victim", "ethnicity"),
        ("Victim", "religion"),
        ("Victim", "nationality"),
        ("Perpetrator", "name"),
        ("Source", "description"),
        ("Attachment", "original_name"),
    } <= named
    assert ("Incident", "account_shareable") not in named


@pytest.mark.parametrize("words", LISTS)
def test_codes_are_lean_and_words_differ(words: type[TextChoices]) -> None:
    assert len({str(label) for label in words.labels}) == len(words.values)
    assert all(value.islower() and ";" not in value for value in words.values if value.isalpha())


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_a_list_is_as_long_as_the_codebook_has_it(name: str, size: int) -> None:
    assert len(getattr(choices, name).values) == size
