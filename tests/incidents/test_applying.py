"""Importing again: equal rows change nothing, changed rows change their records, new rows are opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.incidents import services
from sutura.incidents.models import Incident, PerpetratorLink, SourceLink, Victim, VictimLink, Violation
from sutura.incidents.parts import Applied, IncidentBundle, SourcePart, VictimPart, ViolationPart
from sutura.ledger.models import Posting
from sutura.parties.models import Party
from sutura.people.models import Account
from tests.incidents.booked import booked, ledger_equals_records, total
from tests.incidents.conftest import DAY, Places

VERSIONED = (Incident, Violation, Victim, VictimLink, PerpetratorLink, SourceLink)


def rows(places: Places, number: int = 1) -> IncidentBundle:
    """One incident as a file tells it."""
    return IncidentBundle(
        import_ref=f"I{number}",
        place=places.mopti,
        occurred_on=DAY,
        account_shareable="Récit",
        violations=(
            ViolationPart(
                import_ref=f"I{number}a",
                type="killing",
                boys=2,
                parties=("JNIM",),
                status="verified",
                decided_on=date(2025, 3, 20),
            ),
            ViolationPart(
                import_ref=f"I{number}b", type="abduction", girls=3, detail={"purpose": "marriage"}
            ),
        ),
        victims=(
            VictimPart(import_ref=f"P{number}", violations=(f"I{number}a",), child_key="K1", sex="boy"),
            VictimPart(import_ref=f"Q{number}", violations=(f"I{number}b",), kind="group", girls=2),
        ),
        sources=(SourcePart(import_ref=f"S{number}", violations=(f"I{number}a",), category="secondary"),),
    )


@pytest.fixture
def file(places: Places, parties: dict[str, Party], machine: Account) -> IncidentBundle:
    """The rows of one incident, imported once."""
    services.apply_changes(bundles=[rows(places)], by=machine, why="fichier")
    return rows(places)


def again(by: Account, *bundles: IncidentBundle) -> Applied:
    return services.apply_changes(bundles=bundles, by=by, why="fichier corrigé")


def told(applied: Applied) -> tuple[int, int, int]:
    return applied.total("created"), applied.total("updated"), applied.total("unchanged")


def test_only_who_imports_imports(places: Places, parties: Any, awa: Account) -> None:
    with pytest.raises(NotAllowed):
        again(awa, rows(places))


def test_the_first_time_all_rows_are_created(file: IncidentBundle) -> None:
    incident = Incident.objects.get(import_ref="I1")
    assert total(incident, "killing") == 2
    assert ledger_equals_records()


def test_a_second_import_changes_nothing(file: IncidentBundle, machine: Account) -> None:
    before = Posting.objects.count(), [model.history.count() for model in VERSIONED]
    assert told(again(machine, file)) == (0, 0, 6)
    assert (Posting.objects.count(), [model.history.count() for model in VERSIONED]) == before
    assert Entry.objects.get(act="incidents.apply_changes", fields="created=0 updated=0 unchanged=6")


def changed(file: IncidentBundle, kind: str, index: int, **changes: Any) -> IncidentBundle:
    """The same rows with one part changed."""
    parts = list(getattr(file, kind))
    parts[index] = replace(parts[index], **changes)
    return replace(file, **{kind: tuple(parts)})


def test_a_changed_incident_is_updated_and_booked(
    file: IncidentBundle, machine: Account, places: Places
) -> None:
    applied = again(machine, replace(file, occurred_on=date(2025, 2, 1), place=places.kayes))
    assert (applied.updated, told(applied)) == ({"incidents": ["I1"]}, (0, 1, 5))
    incident = Incident.objects.get()
    assert (incident.occurred_on, incident.region) == (date(2025, 2, 1), "ML01")
    assert set(Violation.objects.values_list("region", flat=True)) == {"ML01"}
    assert incident.history.first().history_change_reason == "fichier corrigé"
    assert ledger_equals_records()


@pytest.mark.parametrize(
    ("kind", "index", "changes"),
    [
        ("violations", 0, {"boys": 4}),
        ("violations", 0, {"parties": ("FAMA", "JNIM"), "attribution": "crossfire"}),
        ("violations", 0, {"parties": ()}),
        ("violations", 0, {"status": "pending", "decided_on": None}),
        ("violations", 0, {"type": "maiming"}),
        ("violations", 1, {"detail": {"purpose": "labour"}}),
        ("victims", 0, {"age": 12}),
        ("victims", 0, {"child_key": "K2"}),
        ("victims", 0, {"child_key": ""}),
        ("victims", 1, {"girls": 1}),
        ("sources", 0, {"reliability": "high"}),
        ("sources", 0, {"violations": ("I1a", "I1b")}),
    ],
)
def test_a_changed_row_updates_its_record_once(
    file: IncidentBundle, machine: Account, kind: str, index: int, changes: dict[str, Any]
) -> None:
    new = changed(file, kind, index, **changes)
    applied = again(machine, new)
    assert (list(applied.updated), told(applied)) == ([kind], (0, 1, 5))
    assert told(again(machine, new)) == (0, 0, 6)
    assert ledger_equals_records()


def test_a_victim_moves_to_another_violation(file: IncidentBundle, machine: Account) -> None:
    moved = changed(file, "victims", 1, violations=("I1a",), girls=0, boys=1)
    again(machine, moved)
    assert Victim.objects.get(import_ref="Q1").links.get().violation.import_ref == "I1a"
    assert ledger_equals_records()


def test_new_rows_of_an_old_incident_are_added(file: IncidentBundle, machine: Account) -> None:
    more = IncidentBundle(
        import_ref="I1",
        present=False,
        violations=(ViolationPart(import_ref="I1c", type="maiming", unknown=2, parties=("DNA",)),),
        victims=(VictimPart(import_ref="R1", violations=("I1c", "I1b"), kind="group", unknown=0, girls=0),),
        sources=(SourcePart(import_ref="S1", violations=("I1c",), category="secondary"),),
    )
    applied = again(machine, more)
    assert (applied.created, applied.updated) == (
        {"violations": ["I1c"], "victims": ["R1"]},
        {"sources": ["S1"]},
    )
    incident = Incident.objects.get()
    assert (incident.state, total(incident, "maiming")) == ("open", 2)
    assert incident.violations.get(import_ref="I1c").ref == f"{incident.ref}-V3"
    assert ledger_equals_records()


def test_a_row_speaks_only_for_the_columns_it_has(file: IncidentBundle, machine: Account) -> None:
    silent = replace(file, given=frozenset({"occurred_on"}), account_shareable="", violations=(), victims=())
    assert told(again(machine, replace(silent, sources=()))) == (0, 0, 1)
    assert Incident.objects.get().account_shareable == "Récit"


def test_old_and_new_incidents_go_in_one_file(file: IncidentBundle, machine: Account, places: Places) -> None:
    assert told(again(machine, file, rows(places, 2))) == (6, 0, 6)
    assert Incident.objects.count() == 2
    assert Incident.objects.filter(violations__victim_links__victim__child__key="K1").distinct().count() == 2


def test_a_row_cannot_move_to_another_incident(
    file: IncidentBundle, machine: Account, places: Places
) -> None:
    services.apply_changes(bundles=[rows(places, 2)], by=machine, why="x")
    stolen = replace(rows(places, 2), violations=file.violations, victims=(), sources=())
    with pytest.raises(Invalid) as refusal:
        again(machine, stolen)
    assert refusal.value.field == "incident_ref"


def test_parts_of_no_incident_are_refused(machine: Account, parties: Any, places: Places) -> None:
    with pytest.raises(Invalid) as refusal:
        again(machine, IncidentBundle(import_ref="nowhere", present=False))
    assert refusal.value.field == "incident_ref"


def test_a_state_in_the_file_takes_the_incident_out_and_back(file: IncidentBundle, machine: Account) -> None:
    again(machine, replace(file, state="void"))
    incident = Incident.objects.get()
    assert (incident.state_reason, booked(incident)) == ("fichier corrigé", [])
    again(machine, file)
    assert total(incident, "killing") == 2
    assert ledger_equals_records()
