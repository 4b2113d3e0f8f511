"""Search by code: in scope, never by the words of an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sutura.desk.searching import search
from sutura.incidents.models import Violation
from sutura.people.models import Account
from sutura.verification.services import convene_sitting

Make = Callable[..., Violation]
Visit = Callable[[Account], Client]


def refs(user: Account, words: str) -> list[str]:
    return [hit.ref for hit in search(user, words)]


def test_refused_to_who_has_no_case_data(visit: Visit, fatou: Account) -> None:
    assert visit(fatou).get("/search/?q=INC").status_code == 403


def test_oumar_finds_nothing_of_mopti(document: Make, visit: Visit, oumar: Account, awa: Account) -> None:
    violation = document()
    assert refs(awa, "INC") == [violation.incident.ref, violation.ref]
    assert refs(oumar, "INC") == []
    page = visit(oumar).get(f"/search/?q={violation.ref}")
    assert (page.status_code, "Aucune de vos fiches" in page.content.decode()) == (200, True)


def test_words_of_accounts_are_not_searched(document: Make, awa: Account) -> None:
    document()
    assert [refs(awa, words) for words in ("puits", "engin explosif", "IN", "")] == [[], [], [], []]


def test_a_whole_code_opens_its_record(document: Make, visit: Visit, awa: Account) -> None:
    violation = document()
    answer = visit(awa).get(f"/search/?q={violation.ref.lower()}")
    assert (answer.status_code, answer["Location"]) == (302, f"/verification/{violation.public_id}/")
    page = visit(awa).get(f"/search/?q={violation.ref[:8]}").content.decode()
    assert violation.ref in page


def test_sittings_are_found_by_whoever_has_a_seat(secretary: Account, awa: Account, happened: Any) -> None:
    sitting = convene_sitting(held_on=happened, by=secretary)
    assert (refs(secretary, "CTF-"), refs(awa, "CTF-")) == ([sitting.ref], [])


@pytest.mark.parametrize("wanted", [1, 3])
def test_statements_of_a_search(
    wanted: int, document: Make, visit: Visit, awa: Account, django_assert_num_queries: Any
) -> None:
    for _n in range(wanted):
        document()
    browser = visit(awa)
    with django_assert_num_queries(6):
        browser.get("/search/?q=INC-")
