"""The bar: five verbs in their order, only what exists, only what one may do, the current page marked."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from sutura.ui import menu


class Person:
    """Someone who may do what is named."""

    is_authenticated = True

    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions

    def may(self, permission: str) -> bool:
        """Whether the permission was named."""
        return permission in self.permissions


EVERYTHING = Person("alerts.read", "incidents.read", "verification.read", "reporting.read", "intake.import")


@pytest.fixture(autouse=True)
def every_page(settings: Any) -> None:
    """All pages of the menu exist."""
    settings.ROOT_URLCONF = "tests.ui.urls_menu"


def shown(user: Any, path: str = "/") -> list[tuple[str, list[str]]]:
    """The verbs and sections that a user sees, in French."""
    with translation.override("fr"):
        return [
            (str(group.label), [str(item.label) for item in group.items]) for group in menu.groups(user, path)
        ]


def test_nobody_sees_nothing() -> None:
    assert shown(AnonymousUser()) == []
    assert shown(None) == []
    assert shown(Person()) == []


def test_who_only_reads_alerts_sees_only_alerts() -> None:
    assert shown(Person("alerts.read")) == [("Surveiller", ["Alertes"])]


def test_the_verbs_and_their_sections_in_order() -> None:
    assert shown(EVERYTHING) == [
        ("Surveiller", ["Alertes", "Incidents", "Vérification", "Tendances"]),
        ("Rendre compte", ["Note horizontale globale", "Chiffres", "Importations"]),
    ]


def test_a_page_that_does_not_exist_is_not_shown(settings: Any) -> None:
    settings.ROOT_URLCONF = "sutura.ui.urls"
    assert shown(EVERYTHING) == []


def test_the_five_verbs_keep_their_order() -> None:
    with translation.override("fr"):
        verbs = [str(verb.label) for verb in menu.VERBS]
    assert verbs == ["Surveiller", "Répondre", "Coordonner", "Renforcer", "Rendre compte"]


def test_the_current_section_is_the_longest_that_fits() -> None:
    groups = menu.groups(EVERYTHING, "/reporting/figures/2026-Q3/")
    assert [(group.current, [item.current for item in group.items]) for group in groups] == [
        (False, [False, False, False, False]),
        (True, [False, True, False]),
    ]


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/reporting/editions/5d3c/", "Note horizontale globale"),
        ("/reporting/compare/", "Chiffres"),
        ("/reporting/records/", "Chiffres"),
    ],
)
def test_a_page_behind_a_section_marks_it(path: str, section: str) -> None:
    with translation.override("fr"):
        current = [
            str(item.label) for group in menu.groups(EVERYTHING, path) for item in group.items if item.current
        ]
    assert current == [section]


def test_a_verb_leads_to_its_first_open_section() -> None:
    assert [group.url for group in menu.groups(Person("verification.read", "intake.import"), "/")] == [
        "/verification/bench/",
        "/intake/home/",
    ]
