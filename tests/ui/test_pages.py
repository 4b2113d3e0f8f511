"""Pages of the look: who may see the gallery, the choice of language, and what the error pages say."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure

pytestmark = pytest.mark.django_db


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    for address in ("/gallery/", "/gallery/confirm/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "next=" in answer.headers["Location"]


def test_whoever_is_signed_in_sees_the_gallery_in_french(client: Client, oumar: Any) -> None:
    client.force_login(oumar)
    answer = client.get("/gallery/")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert '<html lang="fr">' in html
    assert "<title>Galerie · Sutura</title>" in html
    assert " style=" not in html
    assert "<script>" not in html


def test_a_wrong_form_answers_422_and_loses_nothing_typed(client: Client, oumar: Any) -> None:
    client.force_login(oumar)
    answer = client.post("/gallery/", {"title": "Trois enfants", "boys": "-1"})
    assert answer.status_code == 422
    assert 'value="Trois enfants"' in answer.content.decode()


def test_the_confirmation_is_a_page_of_its_own(client: Client, oumar: Any) -> None:
    client.force_login(oumar)
    html = client.get("/gallery/confirm/").content.decode()
    assert "data-dialog-body" in html
    assert "Annuler la fiche" in html


def test_anyone_may_choose_a_language_by_a_post_and_returns_where_they_were(
    client: Client, oumar: Any
) -> None:
    assert client.get("/language/").status_code == 405
    client.force_login(oumar)
    answer = client.post("/language/", {"language": "en", "next": "/gallery/?a=1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/gallery/?a=1")
    assert "<title>Gallery · Sutura</title>" in client.get("/gallery/").content.decode()


def test_the_choice_of_language_leads_to_no_other_site(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("view", "error", "status", "words"),
    [
        (defaults.bad_request, SuspiciousOperation("secret"), 400, "Cette demande n’a pas pu être lue"),
        (defaults.permission_denied, PermissionDenied("secret"), 403, "Cette page ne vous est pas ouverte"),
        (defaults.page_not_found, Exception("secret"), 404, "Il n’y a rien ici pour vous"),
    ],
)
def test_error_pages_say_what_to_do_and_nothing_of_the_fault(
    rf: RequestFactory, oumar: Any, view: Any, error: Exception, status: int, words: str
) -> None:
    request = rf.get("/secret/")
    request.user = oumar
    answer = view(request, error)
    html = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{words}</h1>" in html
    assert "Aller à mon travail" in html
    assert "secret" not in html.replace(request.path, "")


def test_the_page_of_a_failure_needs_nothing_of_the_request(rf: RequestFactory) -> None:
    answer = defaults.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Une panne est survenue de notre côté" in answer.content.decode()


def test_an_expired_form_says_what_to_do(rf: RequestFactory, oumar: Any) -> None:
    request = rf.post("/")
    request.user = oumar
    answer = csrf_failure(request, "CSRF token missing.")
    assert answer.status_code == 403
    assert "<h1>Ce formulaire a expiré</h1>" in answer.content.decode()
