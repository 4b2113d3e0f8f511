"""The pages of accounts: strangers sign in, keepers keep, others are refused."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.people import services
from sutura.people.models import Account

KEEPERS = ["people:accounts", "people:account_new"]


@pytest.mark.parametrize("name", ["people:me", "people:law", *KEEPERS])
def test_a_stranger_is_asked_to_sign_in(client: Client, db: None, name: str) -> None:
    answer = client.get(reverse(name))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("people:sign_in"))


@pytest.mark.parametrize("name", KEEPERS)
def test_a_partner_keeps_no_accounts(client: Client, oumar: Account, awa: Account, name: str) -> None:
    client.force_login(oumar)
    assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("people:account", args=[awa.public_id])).status_code == 403
    assert client.get(reverse("people:grant_withdraw", args=[awa.grants.get().public_id])).status_code == 403


def test_a_keeper_sees_accounts_and_opens_one(client: Client, secretary: Account, awa: Account) -> None:
    link = f'href="{reverse("people:accounts")}"'
    client.force_login(awa)
    assert link not in client.get(reverse("people:me")).content.decode()
    client.force_login(secretary)
    assert link in client.get(reverse("people:me")).content.decode()
    assert "Awa" in client.get(reverse("people:accounts")).content.decode()
    given = {
        "username": "idrissa",
        "name": "Idrissa",
        "organisation": "Test",
        "password": "douze-lettres-au-moins",
    }
    answer = client.post(reverse("people:account_new"), given)
    made = Account.objects.get(username="idrissa")
    assert answer["Location"] == reverse("people:account", args=[made.public_id])
    assert list(made.grants.all()) == []


def test_a_taken_name_is_said_in_one_sentence_and_nothing_typed_is_lost(
    client: Client, secretary: Account, awa: Account
) -> None:
    client.force_login(secretary)
    given = {
        "username": "awa",
        "name": "Autre Awa",
        "organisation": "Test",
        "password": "douze-lettres-au-moins",
    }
    page = client.post(reverse("people:account_new"), given).content.decode()
    assert "Ce nom de compte est déjà pris. Choisissez-en un autre." in page
    assert 'value="Autre Awa"' in page


def test_a_grant_is_given_then_withdrawn(
    client: Client, secretary: Account, awa: Account, machine: Account
) -> None:
    client.force_login(secretary)
    today = timezone.localdate()
    form = {"role": "alert_partner", "everywhere": "on", "purpose": "essai", "starts_on": today.isoformat()}
    ended = form | {"ends_on": (today + timedelta(days=500)).isoformat()}
    assert (
        "douze mois au plus"
        in client.post(reverse("people:account", args=[awa.public_id]), ended).content.decode()
    )
    client.post(
        reverse("people:account", args=[awa.public_id]),
        form | {"ends_on": (today + timedelta(days=9)).isoformat()},
    )
    grant = awa.grants.get(role="alert_partner")
    client.post(reverse("people:grant_withdraw", args=[grant.public_id]), {"why": "essai fini"})
    grant.refresh_from_db()
    assert grant.withdrawn_at is not None
    assert grant.history.first().history_change_reason == "essai fini"


def test_an_account_that_does_not_exist_is_not_found(client: Client, secretary: Account) -> None:
    client.force_login(secretary)
    assert client.get(reverse("people:account", args=[uuid.uuid4()])).status_code == 404


def test_signing_in_and_a_wrong_password(client: Client, secretary: Account) -> None:
    services.open_account(by=secretary, username="idrissa", password="un-mot-de-passe-long")
    wrong = client.post(reverse("people:sign_in"), {"username": "idrissa", "password": "non"})
    assert "ne vont pas ensemble" in wrong.content.decode()
    right = client.post(
        reverse("people:sign_in"), {"username": "idrissa", "password": "un-mot-de-passe-long"}
    )
    assert right.status_code == 302


def test_french_whatever_the_browser_says_and_english_when_chosen(client: Client, awa: Account) -> None:
    client.force_login(awa)
    asked = {"HTTP_ACCEPT_LANGUAGE": "en-GB"}
    assert "Mon compte" in client.get(reverse("people:me"), **asked).content.decode()
    client.post(reverse("ui:set_language"), {"language": "en", "next": "/"})
    assert "My account" in client.get(reverse("people:me")).content.decode()


def test_anyone_who_signs_in_may_read_the_law(client: Client, fatou: Account) -> None:
    client.force_login(fatou)
    page = client.get(reverse("people:law")).content.decode()
    assert "Décider au nom de l’équipe spéciale" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_any_length(
    client: Client, secretary: Account, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        services.open_account(by=services.machine("tests"), username=f"one-{number}")
    client.force_login(secretary)
    with django_assert_num_queries(5):
        client.get(reverse("people:accounts"))
