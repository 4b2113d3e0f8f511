"""Opening incidents: who may, what is refused, what is written, and at what cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.incidents import services
from sutura.incidents.models import Child, Incident, Perpetrator, Victim, Violation
from sutura.incidents.parts import PerpetratorPart, VictimPart, ViolationPart
from sutura.people.models import Account
from tests.incidents.booked import booked, ledger_equals_records
from tests.incidents.conftest import Opener, Places, bundle
from tests.people import words

YEAR = timezone.localdate().year


def killing(**changes: Any) -> ViolationPart:
    return ViolationPart(**({"key": "a", "type": "killing", "boys": 1} | changes))


def test_a_monitor_of_kayes_opens_nothing_in_mopti(opened: Opener, oumar: Account, fatou: Account) -> None:
    for stranger in (oumar, fatou):
        with pytest.raises(NotAllowed):
            opened(by=stranger)
    assert not Incident.objects.exists()


def test_an_incident_is_written_with_all_its_parts(incident: Incident, awa: Account) -> None:
    assert incident.ref == f"INC-{YEAR}-00001"
    assert (incident.region, incident.region_2023, incident.opened_by) == ("ML05", "RML05", awa)
    told = incident.violations.values_list("ref", "region", "attribution", "party_label", "status")
    assert list(told) == [
        (f"{incident.ref}-V1", "ML05", "sole", "JNIM", "pending"),
        (f"{incident.ref}-V2", "ML05", "joint", "FAMA+JNIM", "pending"),
        (f"{incident.ref}-V3", "ML05", "unidentified", "unidentified", "pending"),
    ]
    assert list(incident.victims.values_list("ref", flat=True)) == [
        f"{incident.ref}-C{n}" for n in (1, 2, 3, 4)
    ]
    parties = [
        (one.party and one.party.code, one.category, *words(one, "name", by=awa))
        for one in incident.perpetrators.all()
    ]
    assert sorted(parties, key=str) == [
        ("FAMA", "armed_force", ""),
        ("JNIM", "armed_group", ""),
        (None, "unidentified", "Abou Untel"),
    ]
    assert incident.sources.get().links.count() == 2
    assert incident.violations.get(type="attack_school").detail.attack_kind == "threat"


def test_what_counts_is_booked_with_it(incident: Incident) -> None:
    assert booked(incident) == [
        ("attack_school", "", 1, "unidentified"),
        ("killing", "boy", 1, "JNIM"),
        ("killing", "boy", 1, "JNIM"),
        ("killing", "girl", 1, "JNIM"),
        ("maiming", "boy", 1, "FAMA+JNIM"),
        ("maiming", "boy", 1, "FAMA+JNIM"),
        ("maiming", "boy", 1, "FAMA+JNIM"),
        ("maiming", "unknown", 1, "FAMA+JNIM"),
        ("maiming", "unknown", 1, "FAMA+JNIM"),
    ]
    assert ledger_equals_records()


def test_the_act_is_recorded_and_every_record_has_its_first_version(incident: Incident, awa: Account) -> None:
    entry = Entry.objects.get(act="incidents.open_incident")
    assert (entry.actor_id, entry.subject) == (awa.pk, str(incident.public_id))
    for model in (Incident, Violation, Victim, Perpetrator, Child):
        versions = model.history.values_list("history_type", "history_user_id", "history_change_reason")
        assert list(versions) == [("+", awa.pk, "alerte")] * model.objects.count()


def test_references_follow_each_other(opened: Opener) -> None:
    assert [opened().ref[-5:] for _n in range(3)] == ["00001", "00002", "00003"]


def test_a_label_for_nobody_known_is_no_party(opened: Opener) -> None:
    incident = opened(violations=(killing(parties=("NOBODY",)),), victims=(), perpetrators=(), sources=())
    assert incident.violations.get().attribution == "unidentified"
    assert incident.violations.get().party_label == "unidentified"


def test_a_named_perpetrator_attributes_its_violation(opened: Opener) -> None:
    told = PerpetratorPart(violations=("a",), party="DNA", more={"verified": "no"})
    incident = opened(
        violations=(killing(parties=("DNA", "JNIM"), attribution="crossfire"),),
        victims=(),
        perpetrators=(told,),
        sources=(),
    )
    assert incident.violations.get().party_label == "crossfire:DNA+JNIM"
    assert sorted(incident.perpetrators.values_list("party__code", "verified")) == [
        ("DNA", "no"),
        ("JNIM", ""),
    ]


TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": None}, "place"),
        ({"occurred_on": None}, "occurred_on"),
        ({"occurred_on": TOMORROW}, "occurred_on"),
        ({"occurred_to": date(2025, 2, 9)}, "occurred_to"),
        ({"occurred_to": date(2025, 2, 11), "open_ended": True}, "open_ended"),
        ({"latitude": 14.5}, "latitude"),
        ({"latitude": 14.5, "longitude": 181.0}, "longitude"),
        ({"place_kind": "moon"}, "place_kind"),
        ({"more": {"colour": "blue"}}, "colour"),
        ({"violations": (killing(type="theft"),)}, "type"),
        ({"violations": (killing(boys=-1),)}, "boys"),
        ({"violations": (killing(parties=("NOT",)),)}, "parties"),
        ({"violations": (killing(parties=("DNA",), attribution="joint"),)}, "attribution"),
        ({"violations": (killing(attribution="sole"),)}, "attribution"),
        ({"violations": (killing(), killing())}, "violation_ref"),
        ({"violations": (killing(detail={"weapon": "spoon"}),)}, "weapon"),
        ({"victims": (VictimPart(violations=("z",), sex="boy"),)}, "violation_refs"),
        ({"victims": (VictimPart(violations=(), sex="boy"),)}, "violation_refs"),
        ({"victims": (VictimPart(violations=("a",), sex="boy", age=18),)}, "age"),
        ({"victims": (VictimPart(violations=("a",), kind="group", sex="boy"),)}, "kind"),
        ({"victims": (VictimPart(violations=("a",), boys=2),)}, "boys"),
        ({"victims": (VictimPart(violations=("a",), sex="girl"),)}, "girls"),
        ({"victims": (VictimPart(violations=("a",), sex="boy"),) * 2}, "boys"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_written(
    opened: Opener, changes: dict[str, Any], field: str
) -> None:
    plain: dict[str, Any] = {"violations": (killing(),), "victims": (), "perpetrators": (), "sources": ()}
    with pytest.raises(Invalid) as refusal:
        opened(**(plain | changes))
    assert refusal.value.field == field
    assert not Incident.objects.exists()


def test_a_child_is_once_in_a_violation_and_of_one_sex(opened: Opener) -> None:
    plain: dict[str, Any] = {"perpetrators": (), "sources": ()}
    twice = tuple(VictimPart(violations=("a",), child_key="K9", sex="boy") for _n in range(2))
    with pytest.raises(Invalid) as refusal:
        opened(violations=(killing(boys=2),), victims=twice, **plain)
    assert refusal.value.field == "child_key"
    opened(violations=(killing(),), victims=twice[:1], **plain)
    girl = VictimPart(violations=("a",), child_key="K9", sex="girl")
    with pytest.raises(Invalid) as refusal:
        opened(violations=(killing(girls=1),), victims=(girl,), **plain)
    assert refusal.value.field == "sex"


def test_only_a_file_brings_a_status(places: Places, parties: Any, awa: Account, machine: Account) -> None:
    decided = bundle(
        places,
        violations=(killing(status="verified", decided_on=date(2025, 3, 20)),),
        victims=(),
        perpetrators=(),
        sources=(),
    )
    with pytest.raises(NotAllowed):
        services.open_incident(bundle=decided, by=awa)
    incident = services.open_incident(bundle=decided, by=machine)
    assert list(incident.violations.values_list("status", "decided_on")) == [("verified", date(2025, 3, 20))]


@pytest.mark.parametrize(
    ("status", "decided_on", "boys", "field"),
    [
        ("verified", None, 1, "decided_on"),
        ("verified", date(2025, 2, 9), 1, "decided_on"),
        ("verified", TOMORROW, 1, "decided_on"),
        ("verified", date(2025, 3, 20), 0, "unknown"),
        ("surely", None, 1, "status"),
    ],
)
def test_a_file_brings_no_impossible_status(
    opened: Opener, machine: Account, status: str, decided_on: date | None, boys: int, field: str
) -> None:
    part = killing(status=status, decided_on=decided_on, boys=boys)
    with pytest.raises(Invalid) as refusal:
        opened(by=machine, violations=(part,), victims=(), perpetrators=(), sources=())
    assert refusal.value.field == field


def test_void_and_duplicate_incidents_of_a_file_count_nothing(opened: Opener, machine: Account) -> None:
    for state in ("void", "duplicate"):
        incident = opened(by=machine, state=state)
        assert (incident.state_reason, booked(incident)) == ("alerte", [])
    assert ledger_equals_records()


def test_statements_do_not_grow_with_the_number_of_incidents(
    places: Places, parties: Any, machine: Account
) -> None:
    costs = []
    for number in (1, 12):
        bundles = [bundle(places) for _n in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as told:
            services.open_incidents(bundles=bundles, by=machine, why="file")
        costs.append(len(told))
    # The ledger copies lines row by row in prepared statements, and batches follow SQLite's limit.
    assert costs[1] <= costs[0] + 12
