"""The page that imports leads: refused first; tried, then confirmed; nothing is left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sutura.alerts.models import Alert
from sutura.intake.leads import waiting
from sutura.people.models import Account
from sutura.places.resolver import Register
from tests.intake.leads.files import ged


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def given(data: bytes, source: str = "ucdp-ged") -> dict[str, Any]:
    return {"source": source, "file": SimpleUploadedFile("ged.csv", data)}


@pytest.mark.parametrize("who", ["awa", "moussa", "fatou", "oumar"])
def test_who_may_not_import_has_no_page(
    who: str, client: Client, register: Register, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("intake:leads")).status_code == 403
    assert client.post(reverse("intake:leads"), given(ged({}))).status_code == 403
    assert client.post(reverse("intake:leads_confirm")).status_code == 403
    assert Alert.objects.count() == 0


def test_a_file_is_tried_then_confirmed_and_not_left_behind(
    client: Client, register: Register, secretary: Account
) -> None:
    client.force_login(secretary)
    assert client.get(reverse("intake:leads")).status_code == 200
    tried = client.post(reverse("intake:leads"), given(ged({}, {"id": "10", "where_prec": "6"})))
    assert (tried.status_code, tried.context["receipt"].created, Alert.objects.count()) == (200, 2, 0)
    assert "La source ne connaît que le pays" in tried.content.decode()
    assert len(list(waiting.folder().iterdir())) == 1
    done = client.post(reverse("intake:leads_confirm"))
    assert (done.status_code, done["Location"]) == (302, f"{reverse('alerts:inbox')}?tab=leads")
    assert Alert.objects.leads().count() == 2
    assert list(waiting.folder().iterdir()) == []


def test_a_second_confirmation_finds_no_file(client: Client, register: Register, secretary: Account) -> None:
    client.force_login(secretary)
    client.post(reverse("intake:leads"), given(ged({})))
    client.post(reverse("intake:leads_confirm"))
    again = client.post(reverse("intake:leads_confirm"))
    assert (again["Location"], Alert.objects.count()) == (reverse("intake:leads"), 1)


def test_a_file_tried_by_one_is_not_confirmed_by_another(
    client: Client, register: Register, secretary: Account, machine: Account
) -> None:
    client.force_login(secretary)
    client.post(reverse("intake:leads"), given(ged({})))
    other = Client()
    other.force_login(secretary)
    other.post(reverse("intake:leads_confirm"))
    assert Alert.objects.count() == 0


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"\x89PNG\x00", ged({}).replace(b"where_prec", b"w")])
def test_a_wrong_file_is_refused_beside_its_field(
    data: bytes, client: Client, register: Register, secretary: Account
) -> None:
    client.force_login(secretary)
    answer = client.post(reverse("intake:leads"), given(data))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert answer.context["form"]["source"].value() == "ucdp-ged"
    assert Alert.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_unread(
    client: Client, register: Register, secretary: Account, settings: Any
) -> None:
    settings.SUTURA_IMPORT_BYTES = 10
    client.force_login(secretary)
    assert list(client.post(reverse("intake:leads"), given(ged({}))).context["form"].errors) == ["file"]


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "x" * 43])
def test_only_a_word_of_ours_finds_a_file(token: str) -> None:
    assert waiting.held(token) is None
    waiting.release(token)
