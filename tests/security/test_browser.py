"""What a browser is told beyond the walk: behind TLS, what kind of content comes, what our scripts may touch."""

from __future__ import annotations

import importlib.util
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from sutura.people.models import Account
from tests.laws.source import PACKAGE
from tests.people import cast
from tests.security.conftest import visiting
from tests.security.test_headers import PASSWORD, with_password

HOST = "sutura.example.ml"
OF_TRANSPORT = re.compile(
    r"(?:SECURE|SESSION_COOKIE|CSRF_COOKIE|LANGUAGE_COOKIE)_\w+|COOKIE_PREFIX|ALLOWED_HOSTS"
)
# Storage of the browser, and ways by which a word becomes markup or code.
FORBIDDEN = re.compile(
    r"localStorage|sessionStorage|indexedDB|\bcaches\b|serviceWorker|document\.cookie|postMessage"
    r"|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|__proto__"
)


@pytest.fixture
def behind_tls(settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The product's settings as the environment of an installation makes them; the headers of its web server."""
    monkeypatch.setenv("SUTURA_TLS", "yes")
    monkeypatch.setenv("SUTURA_HOSTS", HOST)
    spec = importlib.util.spec_from_file_location("behind_tls", PACKAGE / "config" / "settings.py")
    assert spec is not None
    assert spec.loader is not None
    read = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(read)
    for name in filter(OF_TRANSPORT.fullmatch, vars(read)):
        setattr(settings, name, getattr(read, name))
    return {"host": HOST, "x-forwarded-proto": "https"}


def test_behind_tls_cookies_and_addresses_are_for_tls_only(db: None, behind_tls: dict[str, str]) -> None:
    with_password(cast("known", "coordinator"))
    door, client = reverse("people:sign_in"), Client()
    page = client.get(door, headers=behind_tls)
    client.post(reverse("ui:set_language"), {"language": "en"}, headers=behind_tls)
    client.post(door, {"username": "known", "password": PASSWORD}, headers=behind_tls)
    told = {
        name: (bool(one["secure"]), bool(one["httponly"]), one["path"], one["domain"])
        for name, one in client.cookies.items()
    }
    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-django_language"} <= told.keys()
    assert told == dict.fromkeys(told, (True, True, "/", ""))
    assert [name for name in told if not name.startswith("__Host-")] == []
    assert {one["samesite"] for one in client.cookies.values()} <= {"Lax", "Strict"}
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    plain = client.get(door, headers={"host": HOST})
    assert (plain.status_code, plain["Location"]) == (301, f"https://{HOST}{door}")


def test_a_page_says_its_kind_and_its_letters_and_is_read_by_no_other_origin(awa: Account) -> None:
    client = visiting(awa)
    answers = {
        address: client.get(address, headers={"origin": "https://evil.example"})
        for address in ("/", "/incidents/", "/places/", "/nowhere/", "/intake/", "/static/ui/sutura.css")
    }
    answers["/static/ui/sutura.css"].close()
    kinds = {address: answer["Content-Type"] for address, answer in answers.items()}
    html = "text/html; charset=utf-8"
    assert kinds == dict.fromkeys(answers, html) | {"/static/ui/sutura.css": 'text/css; charset="utf-8"'}
    assert [address for address, answer in answers.items() if "Access-Control-Allow-Origin" in answer] == []


def test_no_folder_and_no_history_of_the_code_is_served(awa: Account) -> None:
    client = visiting(awa)
    places = (
        "/static/",
        "/static/ui/",
        "/static/../secret_key",
        "/.git/config",
        "/files/",
        "/pyproject.toml",
    )
    assert {place: client.get(place).status_code for place in places} == dict.fromkeys(places, 404)


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "X"])
def test_nothing_but_reading_and_posting_is_answered(awa: Account, method: str) -> None:
    for client in (visiting(None), visiting(awa)):
        for address in ("/", "/incidents/", reverse("people:sign_in"), "/nowhere/", "/static/ui/sutura.css"):
            answer = client.generic(method, address, headers={"x-planted": "zqR001"})
            assert (answer.status_code, answer.content, answer["Allow"]) == (405, b"", "GET, HEAD, POST"), (
                address
            )


def test_a_word_is_decoded_once_and_is_no_format(awa: Account) -> None:
    page = visiting(awa).get("/search/", {"q": "%41 %(name)s {0} %n"}).content.decode()
    assert 'value="%41 %(name)s {0} %n"' in page


def test_what_is_asked_twice_or_in_another_place_opens_nothing(awa: Account) -> None:
    with_password(cast("known", "coordinator"))
    asked = urlencode({"username": "known", "password": PASSWORD})
    stranger = Client()
    assert stranger.post(f"{reverse('people:sign_in')}?{asked}").status_code == 200
    stranger.cookies["username"], stranger.cookies["password"] = "known", PASSWORD
    assert stranger.post(reverse("people:sign_in")).status_code == 200
    assert stranger.get("/").status_code == 302
    for regions in ("region=ML06&region=ML05", "region=ML05&region=ML06"):
        assert visiting(awa).get(f"/incidents/?{regions}").status_code == 200


def test_every_page_has_the_way_out(awa: Account) -> None:
    client, out = visiting(awa), f'action="{reverse("people:sign_out")}"'
    for address in (
        "/",
        "/incidents/",
        "/alerts/",
        "/verification/",
        "/reporting/trends/",
        "/places/",
        "/me/",
    ):
        page = client.get(address)
        assert (page.status_code, page.content.decode().count(out)) == (200, 1), address


def test_a_password_is_typed_unseen_and_may_be_pasted(db: None) -> None:
    page = Client().get(reverse("people:sign_in")).content.decode()
    (field,) = re.findall(r"<input[^>]*name=\"password\"[^>]*>", page)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    limit = re.search(r'maxlength="(\d+)"', field)
    assert limit is None or int(limit[1]) >= 128
    assert "onpaste" not in page


# What is written without a network is kept sealed; the page for it tells of nobody (`tests/journeys/test_offline.py`).
KEEPS = {
    "offline.js": {"indexedDB", "caches", "serviceWorker"},
    "worker.js": {"caches"},
}


def test_no_script_of_ours_keeps_or_runs_words() -> None:
    scripts = [path for path in PACKAGE.glob("*/static/**/*.js") if "vendor" not in path.parts]
    assert scripts
    found = {path.name: set(FORBIDDEN.findall(path.read_text())) for path in scripts}
    assert {name: ways for name, ways in found.items() if ways} == KEEPS


def test_the_vendored_script_keeps_nothing_in_the_browser() -> None:
    text = (PACKAGE / "ui" / "static" / "ui" / "vendor" / "htmx.min.js").read_text(encoding="utf-8")
    assert re.findall(r"localStorage|sessionStorage|indexedDB|document\.cookie", text) == []
