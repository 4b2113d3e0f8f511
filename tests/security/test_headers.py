"""What every answer carries, also errors, files and the door; where a redirect may lead; what a form must bring."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from sutura.people.models import Account
from sutura.people.services import machine
from tests.people import cast
from tests.security.addresses import DOOR, common_cases, list_cases, record_cases
from tests.security.conftest import visiting
from tests.security.pages import Elements
from tests.security.test_walk import CSP

PASSWORD = "douze-lettres-et-plus"
EVIL = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
]


def policy(answer: Any) -> str:
    return "; ".join(sorted(answer.get("Content-Security-Policy", "").split("; ")))


@pytest.fixture
def known(db: None) -> Account:
    """Somebody with a password."""
    account = cast("known", "monitor", regions=("ML05",))
    return with_password(account)


def with_password(account: Account, **more: object) -> Account:
    Account.objects.filter(pk=account.pk).update(password=make_password(PASSWORD), **more)
    return Account.objects.get(pk=account.pk)


def failing(*_args: object, **_more: object) -> None:
    raise RuntimeError("zqR001")


def test_errors_and_the_door_carry_every_header(known: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sutura.desk.views.piles", failing)
    signed_in, strict = visiting(known), visiting(known, strict=True)
    answers = {
        "door": Client().get(reverse("people:sign_in")),
        "sent to the door": Client().get("/incidents/"),
        "nowhere": signed_in.get("/nowhere/"),
        "refused": signed_in.get(reverse("intake:home")),
        "failure": signed_in.get("/"),
        "no token": strict.post(reverse("people:sign_out")),
        "no host of ours": Client(raise_request_exception=False).get("/", headers={"host": "evil.example"}),
        "too large": Client().post(reverse("people:sign_in"), CONTENT_LENGTH=str(2 * 1024 * 1024)),
        "not by this method": signed_in.get(reverse("people:sign_out")),
    }
    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert statuses == {
        "door": 200, "sent to the door": 302, "nowhere": 404, "refused": 403, "failure": 500, "no token": 403,
        "no host of ours": 400, "too large": 413, "not by this method": 405,
    }  # fmt: skip
    for name, answer in answers.items():
        assert policy(answer) == CSP, name
        assert "no-store" in answer.get("Cache-Control", ""), name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["Referrer-Policy"] == "same-origin", name
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", name
        assert "camera=()" in answer["Permissions-Policy"], name
        assert Elements(answer.content.decode()).faults() == [], name
        assert "zqR001" not in answer.content.decode(), name


def test_static_files_carry_the_policy_too(db: None) -> None:
    answer = Client().get("/static/ui/sutura.css")
    assert answer.status_code == 200
    assert policy(answer) == CSP
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()


@pytest.mark.parametrize("address", EVIL)
def test_no_redirect_leads_outside(known: Account, address: str) -> None:
    door = reverse("people:sign_in")
    answer = Client().post(
        f"{door}?next={address}", {"username": "known", "password": PASSWORD, "next": address}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    inside = visiting(known)
    assert inside.get(f"{door}?next={address}")["Location"] == "/"
    for account in (None, known):
        chosen = visiting(account).post(
            reverse("ui:set_language"), {"language": "en", "next": address}, headers={"referer": address}
        )
        assert (chosen.status_code, chosen["Location"]) == (302, "/")


@pytest.mark.parametrize("word", ["x", "[object Object]", "desk:home", "0"])
def test_a_word_that_is_no_address_leads_home(known: Account, word: str) -> None:
    answer = visiting(known).get(f"{reverse('people:sign_in')}?{urlencode({'next': word})}")
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_session_changes_at_the_door_and_dies_at_the_exit(known: Account) -> None:
    client = Client()
    client.session["planted"] = "by somebody else"
    client.session.save()
    before = client.session.session_key
    client.post(reverse("people:sign_in"), {"username": "known", "password": PASSWORD})
    within = client.session.session_key
    assert within
    assert within != before
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    client.post(reverse("people:sign_out"))
    stolen = Client()
    stolen.cookies["sessionid"] = within
    assert stolen.get("/incidents/").status_code == 302


def test_the_door_does_not_tell_who_has_an_account(known: Account) -> None:
    with_password(cast("closed", "monitor", regions=("ML05",)), is_active=False)
    machine("import")
    pages = set()
    for name, password in (
        ("known", "wrong"),
        ("nobody", "wrong"),
        ("closed", PASSWORD),
        ("machine-import", "x"),
    ):
        answer = Client().post(reverse("people:sign_in"), {"username": name, "password": password})
        text = answer.content.decode().replace(name, "·")
        pages.add(Elements(text).title + "".join(line for line in text.splitlines() if "error" in line))
        assert "_auth_user_id" not in answer.wsgi_request.session
    assert len(pages) == 1


def test_a_form_without_its_token_does_nothing(scene: SimpleNamespace, db: None) -> None:
    """As the most powerful people there are; the pages that take no form say so."""
    for name in ("secretary", "chair", "binta"):
        client = visiting(getattr(scene.who, name), strict=True)
        for case in (*record_cases(scene.mopti, scene.nation), *list_cases(scene.mopti), *common_cases()):
            answer = client.post(case.url, {"why": "x"})
            assert answer.status_code == 403, case
    for name in DOOR:
        assert visiting(None, strict=True).post(reverse(name), {}).status_code == 403


def test_refused_and_unknown_look_the_same(scene: SimpleNamespace, db: None) -> None:
    """A record of Mopti and one that never was: the same page, to the letter."""
    client = visiting(scene.who.oumar)
    for case in record_cases(scene.mopti, scene.nation):
        path = case.url.partition("?")[0]
        invented = path
        for mark in sorted(scene.mopti.marks | {str(one.public_id) for one in (
            scene.nation.sitting, scene.nation.closed_sitting, scene.nation.edition, scene.nation.staged,
            scene.nation.listed, scene.nation.run, scene.nation.grant, scene.nation.grant.account, scene.nation.export,
            scene.nation.recovery,
        )}):  # fmt: skip
            invented = invented.replace(mark, "11111111-2222-4333-8444-555555555555")
        assert invented != path, case
        for method in ("get", "post"):
            real, other = getattr(client, method)(path), getattr(client, method)(invented)
            same = [steady_page(answer, path, invented) for answer in (real, other)]
            assert (real.status_code, same[0]) == (other.status_code, same[1]), case


def steady_page(answer: Any, *paths: str) -> str:
    from tests.security.pages import steady, text_of

    text = steady(text_of(answer))
    for path in paths:
        text = text.replace(path, "·")
    return text


def test_an_old_hash_is_renewed_at_the_door(known: Account, settings: Any) -> None:
    """Hashers grow stronger with each release: the sign-in that renews a hash must not fail over the kept versions."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    versions = known.history.count()
    answer = Client().post(reverse("people:sign_in"), {"username": "known", "password": PASSWORD})
    renewed = Account.objects.get(pk=known.pk)
    assert (answer.status_code, renewed.password.split("$")[0]) == (302, "pbkdf2_sha256")
    assert renewed.history.count() == versions
