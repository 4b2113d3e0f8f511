"""The key of a person opens with her password, lives with her browser alone, and is gone when she leaves."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from sutura.access.errors import Invalid
from sutura.audit.models import Entry
from sutura.people.models import Account
from sutura.security import crypto
from sutura.vault import services, session
from sutura.vault.models import UserKey
from sutura.vault.rules import of_session, of_user
from tests.people import PASSWORD, open_vault

UNLOCK = "/vault/unlock/"


@pytest.fixture
def known(awa: Account) -> Account:
    """Awa, with a password at the door."""
    Account.objects.filter(pk=awa.pk).update(password=make_password(PASSWORD))
    return Account.objects.get(pk=awa.pk)


def signed_in(client: Client, account: Account) -> Client:
    """As people come in: by the door."""
    answer = client.post(reverse("people:sign_in"), {"username": account.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def is_open(client: Client) -> bool:
    """Whether a page of this browser is given an open vault."""
    return getattr(client.get("/").wsgi_request.user, "vault", None) is not None


def test_a_stranger_and_a_wrong_password_open_no_vault(client: Client, known: Account):
    assert "/sign-in/" in client.get(UNLOCK)["Location"]
    client.force_login(known)
    assert client.post(UNLOCK, {"password": "autre mot"}).status_code == 422
    assert session.cookie() not in client.cookies


def test_signing_in_opens_the_vault_and_signing_out_closes_it(client: Client, known: Account):
    signed_in(client, known)
    cookie = client.cookies[session.cookie()]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert is_open(client)
    client.post(reverse("people:sign_out"))
    assert client.cookies[session.cookie()].value == ""
    assert not Session.objects.exists()


def test_the_cookie_travels_only_by_tls_where_there_is_tls(client: Client, known: Account, settings: Any):
    settings.SESSION_COOKIE_SECURE = True
    assert signed_in(client, known).cookies[session.cookie()]["secure"] is True


def test_neither_the_server_nor_the_cookie_opens_it_alone(client: Client, known: Account):
    signed_in(client, known)
    kept, cookie = client.session[session.KEPT], client.cookies[session.cookie()].value
    private = services.begin(by=known, password=PASSWORD)
    assert private is not None
    for told in (kept, cookie):
        assert private not in crypto.context(told)
    key, box = (session.urlsafe_b64decode(told) for told in (cookie, kept))
    assert crypto.decrypt(key, box, of_session(known.pk)) == private
    client.cookies[session.cookie()] = session.locked(known.pk, private)[1]
    assert not is_open(client)
    assert session.KEPT not in client.session


def test_another_person_cannot_use_a_stolen_pair(client: Client, known: Account, binta: Account):
    signed_in(client, known)
    kept, cookie = client.session[session.KEPT], client.cookies[session.cookie()].value
    thief = Client()
    thief.force_login(binta)
    taken = thief.session
    taken[session.KEPT], taken[session.USED] = kept, client.session[session.USED]
    taken.save()
    thief.cookies[session.cookie()] = cookie
    assert not is_open(thief)


def test_it_closes_when_left_alone_and_the_password_opens_it_again(client: Client, known: Account):
    client.force_login(known)
    open_vault(client, known)
    left = client.session
    left[session.USED] -= 301
    left.save()
    assert not is_open(client)
    assert client.get(UNLOCK).status_code == 200
    wrong = client.post(UNLOCK, {"password": "autre mot", "next": "/incidents/"})
    assert (wrong.status_code, is_open(client)) == (422, False)
    right = client.post(UNLOCK, {"password": PASSWORD, "next": "/incidents/"})
    assert (right["Location"], is_open(client)) == ("/incidents/", True)


def test_unlocking_leads_nowhere_but_to_our_pages(client: Client, known: Account):
    client.force_login(known)
    answer = client.post(UNLOCK, {"password": PASSWORD, "next": "https://ailleurs.example/"})
    assert answer["Location"] == "/"


def test_a_page_need_not_write_the_session_each_time(
    client: Client, awa: Account, django_assert_max_num_queries: Any
):
    client.force_login(awa)
    open_vault(client, awa)
    client.get(UNLOCK)
    with django_assert_max_num_queries(3):  # session, account, grants
        client.get(UNLOCK)


def test_who_signs_in_without_a_key_gets_one(client: Client, known: Account):
    UserKey.objects.all().delete()
    signed_in(client, known)
    own = UserKey.objects.get(account=known.pk)
    private = crypto.unlock(PASSWORD, bytes(own.private), of_user(known.pk))
    assert crypto.public_of(private) == bytes(own.public)
    assert Entry.objects.filter(act="vault.make_key", actor_id=known.pk).exists()


def test_a_new_password_locks_the_same_key_again(awa: Account):
    before = services.begin(by=awa, password=PASSWORD)
    services.change_password(by=awa, account=awa, old=PASSWORD, new="un autre mot de passe")
    assert services.begin(by=awa, password="un autre mot de passe") == before
    assert services.begin(by=awa, password=PASSWORD) is None


def test_nobody_locks_the_key_of_another(awa: Account, binta: Account):
    with pytest.raises(Invalid):
        services.change_password(by=binta, account=awa, old=PASSWORD, new="x" * 12)
    assert services.change_password(by=awa, account=awa, old="faux", new="x" * 12) is None
    assert services.begin(by=awa, password=PASSWORD) is not None
