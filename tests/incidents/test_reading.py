"""Who sees which incident; the list, its filters and its cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sutura.incidents import services
from sutura.incidents.listing import Filters, page
from sutura.incidents.models import (
    DETAILS,
    Child,
    Incident,
    Perpetrator,
    PerpetratorLink,
    Source,
    SourceLink,
    Victim,
    VictimLink,
    Violation,
)
from sutura.incidents.parts import ViolationPart
from sutura.people.models import Account
from tests.incidents.conftest import DAY, Opener, Places
from tests.people import cast

MODELS = (
    Incident, Violation, Victim, VictimLink, Child, Perpetrator, PerpetratorLink, Source, SourceLink,
    DETAILS["attack_school"],
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_oumar_of_kayes_and_fatou_see_nothing_of_mopti(
    incident: Incident, oumar: Account, fatou: Account, awa: Account, moussa: Account, model: Any
) -> None:
    everything = list(model.objects.order_by("pk"))
    assert everything
    assert list(model.objects.visible_to(oumar)) == []
    assert list(model.objects.visible_to(fatou)) == []
    assert list(model.objects.visible_to(awa).order_by("pk")) == everything
    assert list(model.objects.visible_to(moussa).order_by("pk")) == everything


def test_what_has_no_region_needs_a_nationwide_grant(
    opened: Opener, places: Places, machine: Account, awa: Account, moussa: Account
) -> None:
    incident = opened(by=machine, place=places.mali)
    assert incident.region == ""
    assert not Incident.objects.visible_to(awa).exists()
    assert list(Incident.objects.visible_to(moussa)) == [incident]
    assert (page(awa).rows, [row.id for row in page(moussa).rows]) == ([], [incident.pk])


def test_no_grant_no_row_also_for_who_opened_it(
    incident: Incident, places: Places, machine: Account, awa: Account
) -> None:
    """The incident moves to a region that is not hers: it leaves her lists, though she wrote it."""
    for model in MODELS:
        assert model.objects.visible_to(awa).exists()
    services.change_incident(incident=incident, by=machine, place=places.kayes)
    for model in MODELS:
        assert not model.objects.visible_to(awa).exists()
    assert page(awa).rows == []


def plain(**changes: Any) -> dict[str, Any]:
    """An incident of one killed child, changed where the test says."""
    parts: dict[str, Any] = {"victims": (), "perpetrators": (), "sources": ()}
    return parts | {"violations": (ViolationPart(type="killing", boys=1),)} | changes


def test_the_list_is_the_newest_first_and_each_once(opened: Opener, machine: Account, places: Places) -> None:
    both = cast("both", "monitor", regions=("ML05", "ML01"))
    made = [
        opened(by=who, **plain(occurred_on=DAY - timedelta(days=n % 3), place=place))
        for n, (who, place) in enumerate(
            [(both, places.mopti), (machine, places.kayes), (both, places.kayes), (machine, places.mopti)] * 2
        )
    ]
    expected = [one.pk for one in sorted(made, key=lambda one: (one.occurred_on, one.pk), reverse=True)]
    seen, cursor = [], ""
    while True:
        part = page(both, cursor=cursor, size=3)
        seen += [row.id for row in part.rows]
        cursor = part.next
        if not cursor:
            break
    assert seen == expected
    assert [one.pk for one in Incident.objects.visible_to(both).newest_first()] == expected


@pytest.mark.parametrize("cursor", ["", "x", "2025-02-30~1", "2025-02-10~x", "~"])
def test_a_cursor_nobody_gave_is_the_first_page(incident: Incident, awa: Account, cursor: str) -> None:
    assert [row.id for row in page(awa, cursor=cursor).rows] == [incident.pk]


def test_a_row_says_what_a_reader_needs(incident: Incident, moussa: Account) -> None:
    (row,) = page(moussa).rows
    assert (row.ref, row.public_id, row.occurred_on) == (incident.ref, incident.public_id, DAY)
    assert (row.place, row.region, row.state, row.title) == ("Mopti", "ML05", "open", "Attaque du marché")
    assert row.violations == [
        ("killing", "pending", 3, "JNIM"),
        ("maiming", "pending", 5, "FAMA+JNIM"),
        ("attack_school", "pending", 0, "unidentified"),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_at_any_size(
    opened: Opener, awa: Account, moussa: Account, number: int
) -> None:
    for _n in range(number):
        opened()
    for reader in (awa, moussa):
        reader.grants_in_force()
        with CaptureQueriesContext(connection) as told:
            assert len(page(reader).rows) == number
        assert len(told) == 4


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, "ab"),
        ({"type": "abduction"}, "b"),
        ({"type": "killing", "party": "JNIM"}, "a"),
        ({"type": "abduction", "party": "JNIM"}, ""),
        ({"party": "unidentified"}, "b"),
        ({"status": "verified"}, ""),
        ({"status": "pending"}, "ab"),
        ({"region": "ML01"}, "b"),
        ({"region": "ML09"}, ""),
        ({"state": "open"}, "ab"),
        ({"state": "void"}, ""),
        ({"first": date(2025, 2, 11)}, "b"),
        ({"last": date(2025, 2, 10)}, "a"),
        ({"words": "sévaré"}, "a"),
        ({"words": "00002"}, "b"),
        ({"words": "nowhere"}, ""),
    ],
)
def test_the_list_is_filtered(
    opened: Opener, places: Places, machine: Account, moussa: Account, filters: dict[str, Any], found: str
) -> None:
    made = {
        "a": opened(
            by=machine,
            **plain(
                violations=(ViolationPart(type="killing", boys=1, parties=("JNIM",)),), locality="sévaré"
            ),
        ),
        "b": opened(
            by=machine,
            **plain(
                violations=(ViolationPart(type="abduction", boys=1),),
                place=places.kayes,
                occurred_on=date(2025, 2, 12),
            ),
        ),
    }
    both = cast("both", "monitor", regions=("ML05", "ML01"))
    for reader in (moussa, both):
        rows = page(reader, filters=Filters(**filters)).rows
        assert {row.id for row in rows} == {made[name].pk for name in found}


def test_querysets_read_as_adjectives(
    opened: Opener, machine: Account, binta: Account, chair: Account
) -> None:
    one = opened(by=machine)
    other = opened(by=machine, **plain(occurred_on=date(2024, 12, 15)))
    day = timezone.localdate()
    services.set_status(violation=other.violations.get(), status="verified", decided_on=day, by=chair)
    assert list(Incident.objects.during(date(2025, 1, 1), date(2025, 3, 31))) == [one]
    assert list(Incident.objects.verified()) == [other]
    assert list(Violation.objects.verified()) == [other.violations.get()]
    assert Violation.objects.pending().count() == 3
    assert list(Violation.objects.during(date(2024, 12, 1), date(2024, 12, 31))) == [other.violations.get()]
    assert {one.party_label for one in Violation.objects.attributed_to("JNIM")} == {"JNIM", "FAMA+JNIM"}
    services.void_incident(incident=one, by=machine, why="x")
    assert list(Incident.objects.counting()) == [other]
    assert list(Violation.objects.counting()) == [other.violations.get()]
    services.void_violation(violation=other.violations.get(), by=machine, why="x")
    assert list(Violation.objects.standing().filter(incident=other)) == []
    assert list(Incident.objects.verified()) == []
