"""Passwords: nobody sets another's for good, a temporary one is changed before anything else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.people import factors, services
from sutura.people.models import Account
from tests.accounts.doors import PASSWORD, SECOND, acts, armed, code, is_in, knock, with_password

NEW = "un-autre-mot-de-passe-2026"
PAGE = reverse("people:password")


def text(answer: Any) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_nobody_changes_the_password_of_another(awa: Account, keeper: Account, oumar: Account) -> None:
    with_password(awa)
    with pytest.raises(NotAllowed):
        services.change_password(by=keeper, account=awa, old=PASSWORD, new=NEW)
    with pytest.raises(NotAllowed):
        services.give_temporary_password(by=oumar, account=awa, why="x")
    with pytest.raises(NotAllowed):
        services.give_temporary_password(by=keeper, account=keeper, why="x")
    client = Client()
    client.force_login(oumar)
    assert client.get(reverse("people:account_password", args=[awa.public_id])).status_code == 403


@pytest.mark.parametrize("kind", ["machine", "demo"])
def test_no_password_is_given_to_a_machine_or_a_demonstration(keeper: Account, kind: str) -> None:
    account = services.machine("import")
    if kind == "demo":
        account = services.open_account(by=account, username="essai", is_demo=True)
    with pytest.raises(Invalid):
        services.give_temporary_password(by=keeper, account=account, why="x")


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("non", NEW, NEW, "Ce n’est pas votre mot de passe actuel."),
        (PASSWORD, "court", "court", "trop court"),
        (PASSWORD, "motdepasse12", "autrechose12", "ne correspondent pas"),
        (PASSWORD, "password1234", "password1234", "trop courant"),
        (PASSWORD, PASSWORD, PASSWORD, "est l’ancien"),
    ],
)
def test_a_new_password_that_will_not_do(awa: Account, old: str, new: str, again: str, words: str) -> None:
    account = with_password(awa)
    client = Client()
    client.force_login(account)
    answer = client.post(PAGE, {"old": old, "new_password1": new, "new_password2": again})
    assert words in text(answer)
    assert Account.objects.get(pk=awa.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    "word",
    ["Sutura-Mopti-2026", "UNICEF.Bamako.26", "Ségou-Tombouctou", "enfants-au-mali", "motdepasse-Gao-1"],
)
def test_a_password_of_words_of_the_field_is_refused(word: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(word)
    assert [error.code for error in refused.value.error_list] == ["password_of_the_field"]
    validate_password(f"{word} du hangar violet")


def test_a_session_in_other_hands_does_not_find_the_password_by_trying(awa: Account) -> None:
    account = with_password(awa)
    client = Client()
    client.force_login(account)
    tried = [
        "Trop d’essais"
        in text(client.post(PAGE, {"old": f"{n}", "new_password1": NEW, "new_password2": NEW}))
        for n in range(8)
    ]
    assert tried == [False] * 5 + [True] * 3


def test_the_other_sessions_end_when_the_password_changes(awa: Account) -> None:
    armed(awa)
    here, elsewhere = Client(), Client()
    for shift, client in enumerate((here, elsewhere)):
        knock(client, "awa")
        client.post(SECOND, {"code": code(shift)})
    changed = here.post(PAGE, {"old": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert changed["Location"] == reverse("people:me")
    assert [is_in(here), is_in(elsewhere)] == [True, False]
    assert "ne vont pas ensemble" in text(knock(Client(), "awa"))
    assert knock(Client(), "awa", NEW)["Location"] == SECOND
    assert acts(awa, "people.give_grant")[-2:] == ["people.change_password", "people.refuse_sign_in password"]


def test_a_temporary_password_is_told_once_and_changed_before_anything_else(
    awa: Account, keeper: Account
) -> None:
    armed(awa)
    busy = Client()
    knock(busy, "awa")
    busy.post(SECOND, {"code": code()})
    office = Client()
    office.force_login(keeper)
    address = reverse("people:account_password", args=[awa.public_id])
    page = text(office.post(address, {"why": "oublié"}))
    word = page.split('<code class="key">')[1].split("</code>")[0]
    assert len(word) == 23
    assert word not in text(office.get(address))
    assert not is_in(busy)  # every session of hers has ended
    client = Client()
    assert knock(client, "awa", word)["Location"] == SECOND  # the second factor is asked all the same
    client.post(SECOND, {"code": code(1)})
    for somewhere in ("/", "/incidents/", reverse("people:me"), reverse("people:codes")):
        assert client.get(somewhere)["Location"] == PAGE
    assert "provisoire" in text(client.get(PAGE))
    client.post(PAGE, {"old": word, "new_password1": NEW, "new_password2": NEW})
    assert client.get("/").status_code == 200
    assert Account.objects.get(pk=awa.pk).password_until is None


def test_a_temporary_password_expires(awa: Account, keeper: Account) -> None:
    word = services.give_temporary_password(by=keeper, account=awa, why="oublié")
    Account.objects.filter(pk=awa.pk).update(password_until=timezone.now() - timedelta(seconds=1))
    assert "est périmé" in text(knock(Client(), "awa", word))


def test_a_lost_phone_takes_every_second_factor_away(awa: Account, keeper: Account) -> None:
    armed(awa)
    services.give_temporary_password(by=keeper, account=awa, why="vol", lost=True)
    assert (factors.of(awa), factors.codes_of(awa)) == ([], None)
    assert [act for act in acts(awa) if "factor" in act or "password" in act] == [
        "people.remove_factor totp",
        "people.give_temporary_password",
    ]


def test_the_first_password_of_a_new_account_is_temporary_and_must_be_good(keeper: Account) -> None:
    client = Client()
    client.force_login(keeper)
    given = {"username": "idrissa", "name": "Idrissa", "organisation": "Test"}
    weak = client.post(reverse("people:account_new"), given | {"password": "password1234"})
    assert "trop courant" in text(weak)
    client.post(reverse("people:account_new"), given | {"password": PASSWORD})
    fresh = Client()
    knock(fresh, "idrissa")
    assert fresh.get("/")["Location"] == PAGE
