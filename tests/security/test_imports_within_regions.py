"""Who imports for one region touches, counts and probes no other: incidents, leads, runs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sutura.access.acting import acting
from sutura.access.errors import NotAllowed
from sutura.alerts.models import Alert
from sutura.alerts.rules import LeadFacts
from sutura.alerts.services import receive_leads
from sutura.incidents.models import Incident
from sutura.intake.models import ImportRun, StagedFile
from sutura.intake.services.imports import import_incidents, stage_file
from sutura.parties.services import load_register as load_parties
from sutura.people.models import Account
from tests.intake.workbooks import INCIDENT, VIOLATION, book, csv_zip
from tests.people import cast
from tests.registers import load_places
from tests.security.conftest import visiting

MOPTI = csv_zip(book())
KAYES = csv_zip(
    book(
        incidents=[INCIDENT | {"place": "ML01", "incident_ref": "K1"}],
        violations=[VIOLATION | {"violation_ref": "KV", "incident_ref": "K1"}],
    )
)
# Names a violation and an incident of Mopti, without a place of its own.
PROBES = {
    "an incident": book(incidents=[INCIDENT | {"place": "ML01"}]),
    "a violation": book(
        incidents=[INCIDENT | {"place": "ML01", "incident_ref": "K1"}],
        violations=[VIOLATION | {"incident_ref": "K1"}],
    ),
    "nothing new": book(),
    "a dirty row": book(incidents=[INCIDENT | {"occurred_on": "31/31/2026"}]),
}  # fmt: skip


@pytest.fixture
def keeper(machine: Account) -> Account:
    """A secretariat of Kayes alone; the registers are loaded."""
    load_places(by=machine)
    load_parties(by=machine)
    return cast("keeper", "secretariat", regions=("ML01",))


def test_a_file_of_mopti_is_refused_whole(keeper: Account) -> None:
    with pytest.raises(NotAllowed):
        import_incidents(source=MOPTI, by=keeper)
    with pytest.raises(NotAllowed):
        stage_file(content=MOPTI, by=keeper)
    assert (Incident.objects.count(), StagedFile.objects.count(), ImportRun.objects.count()) == (0, 0, 0)
    assert import_incidents(source=KAYES, by=keeper).faults == []
    assert Incident.objects.get().region == "ML01"


@pytest.mark.parametrize("what", PROBES)
def test_no_probe_tells_of_records_of_mopti(keeper: Account, secretary: Account, what: str) -> None:
    """Neither a count of unchanged rows nor a fault about what the other file said."""
    assert import_incidents(source=MOPTI, by=secretary).faults == []
    with pytest.raises(NotAllowed):
        import_incidents(source=csv_zip(PROBES[what]), by=keeper, dry_run=True)
    answer = visiting(keeper).post(
        reverse("intake:incidents"), {"file": SimpleUploadedFile("x.zip", csv_zip(PROBES[what]))}
    )
    assert answer.status_code == 403
    assert Incident.objects.get().region == "ML05"


def test_runs_of_others_are_not_counted(keeper: Account, secretary: Account) -> None:
    theirs = import_incidents(source=MOPTI, by=secretary).run
    mine = import_incidents(source=KAYES, by=keeper).run
    assert theirs
    assert mine
    assert list(ImportRun.objects.visible_to(keeper)) == [mine]
    assert visiting(keeper).get(theirs.get_absolute_url()).status_code == 404
    assert set(ImportRun.objects.visible_to(secretary)) == {theirs, mine}


def fact(place: str, event: str = "7", **more: Any) -> LeadFacts:
    told = {"title": "Combat", "told": "Un texte"} | more
    return LeadFacts(
        source="ucdp-ged", source_event_id=event, happened_on=date(2026, 2, 11), place=place,
        place_how="code" if place else "", **told,
    )  # fmt: skip


def test_leads_of_mopti_and_of_the_country_are_received_by_the_country(
    keeper: Account, secretary: Account
) -> None:
    for place in ("ML0504", ""):
        with pytest.raises(NotAllowed):
            receive_leads(rows=[fact(place)], by=keeper)
    receive_leads(rows=[fact("ML0504")], by=secretary)
    # The event is known in Mopti: another file cannot draw it to Kayes, nor rewrite its words.
    with acting(keeper), pytest.raises(NotAllowed):
        receive_leads(rows=[fact("ML0103", told="Autre")], by=keeper)
    assert Alert.objects.get().told_by_list == "Un texte"
    assert receive_leads(rows=[fact("ML0103", "8")], by=keeper).created == 1
