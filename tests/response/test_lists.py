"""Every list of children followed: without a role nothing opens, another region finds nothing, who coordinates counts.

A list that somebody adds is not in these tables, and fails below until she says what it holds and who may open it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from sutura.people.models import Account
from tests.people import MOPTI, cast
from tests.response.conftest import Office
from tests.response.test_pages import browser, text
from tests.response.test_referrals import serving
from tests.security.returning import Returning, bring_back

pytestmark = pytest.mark.django_db
Words = Callable[[Returning], str]
# List → its query, and words of Mopti that its officer finds in it; "": numbers, or one for the whole country.
OF_CHILDREN: dict[str, tuple[dict[str, str], Words]] = {
    "home": ({"show": "all"}, lambda mopti: mopti.docket.ref),
    "referrals": ({}, lambda mopti: mopti.referral.ref),
    "indicators": ({}, lambda _mopti: ""),
    "sites": ({}, lambda mopti: mopti.site.name),
    "limits": ({}, lambda _mopti: ""),
    "visits": ({"standing": "done"}, lambda mopti: mopti.visited.visit.ref),
    "access": ({}, lambda mopti: mopti.site.name),
    "approaches": ({}, lambda mopti: mopti.visited.approach.ref),
    "served": ({}, lambda _mopti: ""),
    "schools": ({}, lambda mopti: mopti.schooled.school.name),
    "school_actions": ({}, lambda mopti: mopti.schooled.school.name),
}
"""For whoever follows children in the region, and for nobody else."""
OF_COUNTS: dict[str, tuple[dict[str, str], Words]] = {
    "counts": ({}, lambda _mopti: "Mopti"),
    "programme": ({}, lambda mopti: mopti.programme.centre.name),
    "activities": ({}, lambda mopti: mopti.programme.offer.organisation.acronym),
    "coverage": ({}, lambda _mopti: "Mopti"),
    "reach": ({}, lambda _mopti: ""),
    "school_counts": ({}, lambda _mopti: ""),
}
"""Also for whoever coordinates there: no child by code."""
FORMS = {
    "docket_new", "limits_new", "site_new", "package_new", "cost_set", "activity_new", "visit_new", "approach_new",
    "school_new", "declaration_new",
}  # fmt: skip
ELSEWHERE = {
    "programme_book": "a workbook in steps of five (test_programme)",
    **dict.fromkeys(("blank", "blank_pdf"), "an empty form to print, of no region"),
}


@pytest.fixture
def mopti(office: Office, machine: Account, settings: Any, tmp_path: Any) -> Returning:
    """One of everything in Mopti."""
    settings.MEDIA_ROOT = tmp_path
    serving(office, machine)
    return bring_back(MOPTI, by=machine)


def opened(client: Client, lists: dict[str, tuple[dict[str, str], Words]]) -> dict[str, Any]:
    """Each list as somebody gets it."""
    return {name: client.get(reverse(f"response:{name}"), query) for name, (query, _words) in lists.items()}


def statuses(client: Client, lists: dict[str, tuple[dict[str, str], Words]]) -> set[int]:
    """How the lists answer somebody."""
    return {answer.status_code for answer in opened(client, lists).values()}


def names_a_child(page: Any, mopti: Returning) -> bool:
    """Whether a page tells of the child of Mopti by any of its codes."""
    codes = (mopti.docket.ref, mopti.referral.ref, mopti.docket.public_id, mopti.referral.public_id)
    return any(str(code) in text(page) for code in codes)


def test_without_a_role_no_list_opens(mopti: Returning, oumar: Account) -> None:
    for account in (oumar, cast("monitor", "monitor", "evidence_group")):
        assert statuses(browser(account), OF_CHILDREN | OF_COUNTS) == {403}


def test_another_region_finds_nothing_of_this_one(mopti: Returning, office: Office) -> None:
    kayes = browser(office.kante)
    for name, page in opened(kayes, OF_CHILDREN | OF_COUNTS).items():
        words = (OF_CHILDREN | OF_COUNTS)[name][1](mopti)
        assert page.status_code == 200, name
        assert not words or words not in text(page), name
        assert not names_a_child(page, mopti), name
    assert not names_a_child(kayes.get(reverse("response:indicator", args=["lawyer"])), mopti)


def test_who_coordinates_opens_counts_and_finds_no_child(mopti: Returning, fatou: Account) -> None:
    coordinator = browser(fatou)
    assert statuses(coordinator, OF_CHILDREN) == {403}
    assert coordinator.get(reverse("response:indicator", args=["lawyer"])).status_code == 403
    for name, page in opened(coordinator, OF_COUNTS).items():
        assert OF_COUNTS[name][1](mopti) in text(page), name
        assert not names_a_child(page, mopti), name


def test_who_follows_children_there_finds_hers(mopti: Returning, office: Office) -> None:
    salimata = browser(office.salimata)
    for name, page in opened(salimata, OF_CHILDREN | OF_COUNTS).items():
        assert (OF_CHILDREN | OF_COUNTS)[name][1](mopti) in text(page), name
    assert names_a_child(salimata.get(reverse("response:indicator", args=["lawyer"])), mopti)


def test_every_list_is_tried() -> None:
    plain = {
        name
        for name, ways in get_resolver().namespace_dict["response"][1].reverse_dict.lists()
        if isinstance(name, str) and any(not names for forms, *_rest in ways for _text, names in forms)
    }
    assert plain == OF_CHILDREN.keys() | OF_COUNTS.keys() | FORMS | ELSEWHERE.keys()
