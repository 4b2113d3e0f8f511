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
from tests.registers import load_places as load_register

KEEPERS = ["people:accounts", "people:account_new", "people:grants"]


@pytest.fixture
def register(machine: Account) -> None:
    """The register of places as shipped."""
    load_register(by=machine)


@pytest.mark.parametrize("name", ["people:me", "people:law", *KEEPERS])
def test_a_stranger_is_asked_to_sign_in(client: Client, db: None, name: str) -> None:
    answer = client.get(reverse(name))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("people:sign_in"))


@pytest.mark.parametrize("name", KEEPERS)
def test_a_partner_keeps_no_accounts(client: Client, oumar: Account, awa: Account, name: str) -> None:
    client.force_login(oumar)
    assert client.get(reverse(name)).status_code == 403
    for page in ("account", "account_state"):
        assert client.get(reverse(f"people:{page}", args=[awa.public_id])).status_code == 403
    for page in ("grant_withdraw", "grant_renew", "grant_judge"):
        assert (
            client.post(
                reverse(f"people:{page}", args=[awa.grants.get(role="monitor").public_id])
            ).status_code
            == 403
        )


def test_a_keeper_sees_accounts_and_opens_one(client: Client, keeper: Account, awa: Account) -> None:
    link = f'href="{reverse("people:accounts")}"'
    client.force_login(awa)
    assert link not in client.get(reverse("people:me")).content.decode()
    client.force_login(keeper)
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
    client: Client, keeper: Account, awa: Account
) -> None:
    client.force_login(keeper)
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
    client: Client, keeper: Account, awa: Account, machine: Account
) -> None:
    client.force_login(keeper)
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


def test_an_account_that_does_not_exist_is_not_found(client: Client, keeper: Account) -> None:
    client.force_login(keeper)
    assert client.get(reverse("people:account", args=[uuid.uuid4()])).status_code == 404


def test_signing_in_and_a_wrong_password(client: Client, keeper: Account) -> None:
    services.open_account(by=keeper, username="idrissa", password="un-mot-de-passe-long")
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
    client: Client, keeper: Account, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        services.open_account(by=services.machine("tests"), username=f"one-{number}")
    client.force_login(keeper)
    with django_assert_num_queries(6):
        client.get(reverse("people:accounts"))


def test_a_second_person_approves_what_the_keeper_proposed(
    client: Client, register: None, keeper: Account, lead: Account, fatou: Account, awa: Account
) -> None:
    today = timezone.localdate()
    client.force_login(keeper)
    form = {
        "role": "monitor",
        "regions": ["ML05", "ML06"],
        "purpose": "relais",
        "starts_on": today.isoformat(),
    }
    form["ends_on"] = (today + timedelta(days=20)).isoformat()
    client.post(reverse("people:account", args=[fatou.public_id]), form)
    given = fatou.grants.get(role="monitor")
    judge = reverse("people:grant_judge", args=[given.public_id])
    assert client.get(judge).status_code == 200
    assert "ne peut pas l’approuver" in client.post(judge, {"verdict": "approve"}).content.decode()
    client.force_login(lead)
    assert "Mopti, Tombouctou" in client.get(reverse("people:grants")).content.decode()
    page = client.get(judge).content.decode()
    assert "Lire le récit restreint et les détails identifiants (S3)" in page
    assert client.post(judge, {"verdict": "refuse"}).status_code == 200  # a refusal has a reason
    assert client.post(judge, {"verdict": "approve"})["Location"] == reverse("people:grants")
    given.refresh_from_db()
    assert given.approved_by == lead
    assert "Fin dans les trente jours" in client.get(reverse("people:grants")).content.decode()
    client.force_login(keeper)
    soon = {"ends_on": (today + timedelta(days=200)).isoformat()}
    assert client.get(reverse("people:grant_renew", args=[given.public_id])).status_code == 200
    client.post(reverse("people:grant_renew", args=[given.public_id]), soon)
    assert fatou.grants.waiting(today).count() == 1


def test_an_account_is_closed_then_opened_again(client: Client, keeper: Account, awa: Account) -> None:
    client.force_login(keeper)
    page = reverse("people:account_state", args=[awa.public_id])
    assert "dès sa prochaine requête" in client.get(page).content.decode()
    for active in (False, True):
        client.post(page, {"active": active, "why": "congé"})
        awa.refresh_from_db()
        assert awa.is_active is active
    assert awa.history.first().history_change_reason == "congé"
    own = client.post(reverse("people:account_state", args=[keeper.public_id]), {"why": "x"})
    assert "Nul ne ferme" in own.content.decode()


def test_regions_have_names(client: Client, register: None, awa: Account) -> None:
    client.force_login(awa)
    page = client.get(reverse("people:me")).content.decode()
    assert "Mopti" in page
    assert "ML05" not in page


def test_the_whole_law_tells_who_holds_what_to_whom_answers_for_it(
    client: Client, register: None, lead: Account, awa: Account, oumar: Account
) -> None:
    client.force_login(oumar)
    page = client.get(reverse("people:law")).content.decode()
    assert "Kayes" in page
    assert "Awa" not in page
    client.force_login(lead)
    page = client.get(reverse("people:law")).content.decode()
    assert "Awa" in page
    assert "donnée sur le serveur" in page
    for tier in ("S0 · public", "S1 · coordination", "S2 · par code", "S3 · restreint", "S4 · scellé"):
        assert tier in page
