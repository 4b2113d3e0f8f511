"""Every rule of the format, one by one: what is a fault, where it is said, and what is not one."""

from __future__ import annotations

from datetime import date

import pytest

from sutura.intake.checking import Known, KnownVictim, KnownViolation
from sutura.intake.faults import MESSAGES, Fault, rows_with_fault
from tests.intake.checks import checked, incident, said, violation
from tests.intake.workbooks import SOURCE, VICTIM, VIOLATION


def test_a_good_file_has_no_fault():
    result = checked(victims=[VICTIM], sources=[SOURCE])
    assert result.faults == []
    assert result.notes == {}
    assert result.rows["violations"][0].values == {
        "violation_ref": "V1",
        "incident_ref": "I1",
        "type": "killing",
        "boys": 1,
        "status": "verified",
        "decided_on": date(2026, 2, 1),
        "attribution": "unidentified",
    }


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"incident_ref": None}, "incident_ref", "missing"),
        ({"occurred_on": None}, "occurred_on", "missing"),
        ({"place": None}, "place", "missing"),
        ({"occurred_on": "10/05/2025"}, "occurred_on", "not_a_date"),
        ({"occurred_on": "2025-02-30"}, "occurred_on", "not_a_date"),
        ({"occurred_on": "mai 2025"}, "occurred_on", "not_a_date"),
        ({"occurred_on": 2025}, "occurred_on", "not_a_date"),
        ({"occurred_on": True}, "occurred_on", "not_a_date"),
        ({"occurred_on": "2026-07-01"}, "occurred_on", "future_date"),
        ({"first_reported_on": "2026-07-01"}, "first_reported_on", "future_date"),
        ({"occurred_to": "2026-01-09"}, "occurred_to", "ends_before_start"),
        ({"occurred_to": "2026-07-01"}, "occurred_to", "future_date"),
        ({"occurred_to": "2026-01-12", "open_ended": "oui"}, "occurred_to", "end_and_open"),
        ({"occurred_to": "2026-01-09", "open_ended": "yes"}, "occurred_to", "end_and_open"),
        ({"open_ended": "peut-être"}, "open_ended", "not_yes_no"),
        ({"date_estimated": 1}, "date_estimated", "not_yes_no"),
        ({"place": "Atlantide"}, "place", "unknown_place"),
        ({"place": "Doublon"}, "place", "ambiguous_place"),
        ({"latitude": 14.5}, "longitude", "half_point"),
        ({"latitude": "14,5", "longitude": 181}, "longitude", "not_a_number"),
        ({"latitude": "nord", "longitude": -4}, "latitude", "not_a_number"),
        ({"state": "fermé"}, "state", "unknown_option"),
        ({"locality": "x" * 201}, "locality", "too_long"),
        ({"locality": "#N/A"}, "locality", "formula_error"),
    ],
)
def test_faults_of_an_incident(cells, column, code):
    violations = [] if column in {"incident_ref", "occurred_on"} and code == "missing" else [VIOLATION]
    rows = {
        "violations": violations or [violation(incident_ref="I0")],
        "incidents": [incident(incident_ref="I0"), incident(**cells)],
    }
    assert said(**rows) == [("incidents", 3, column, code)]


@pytest.mark.parametrize(
    "cells",
    [
        {"occurred_on": date(2026, 1, 10)},
        {"occurred_on": "2026-01-10T00:00:00"},
        {"occurred_on": "20260110"},
        {"occurred_on": 46032},
        {"occurred_on": "46032"},
        {"occurred_to": "2026-01-10"},
        {"occurred_to": "2026-01-12", "open_ended": "NON"},
        {"open_ended": True},
        {"open_ended": " Oui "},
        {"place": " mopti "},
        {"latitude": "14,4843", "longitude": "-4.18"},
        {"state": "DUPLICATE"},
        {"state": "void"},
        {"first_reported_on": "2026-06-30"},
        {"place_kind": "Marché"},
    ],
)
def test_forms_which_are_forgiven(cells):
    result = checked(incidents=[incident(**cells)])
    assert result.faults == []
    if "occurred_on" in cells:
        assert result.rows["incidents"][0].get("occurred_on") == date(2026, 1, 10)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"violation_ref": None}, "violation_ref", "missing"),
        ({"incident_ref": None}, "incident_ref", "missing"),
        ({"incident_ref": "I9"}, "incident_ref", "unknown_reference"),
        ({"type": None}, "type", "missing"),
        ({"type": "meurtre"}, "type", "unknown_option"),
        ({"status": None}, "status", "missing"),
        ({"status": "confirmed"}, "status", "unknown_option"),
        ({"boys": -1}, "boys", "not_whole"),
        ({"boys": 1.5}, "boys", "not_whole"),
        ({"girls": "deux"}, "girls", "not_whole"),
        ({"unknown": 10**9}, "unknown", "too_many"),
        ({"parties": "JNIM; XYZ"}, "parties", "unknown_party"),
        ({"parties": "JNIM", "attribution": "joint"}, "attribution", "attribution"),
        ({"parties": "JNIM;EIGS", "attribution": "sole"}, "attribution", "attribution"),
        ({"parties": "JNIM;JNIM", "attribution": "crossfire"}, "attribution", "attribution"),
        ({"parties": "JNIM", "attribution": "unidentified"}, "attribution", "attribution"),
        ({"attribution": "sole"}, "attribution", "attribution"),
        ({"attribution": "partagée"}, "attribution", "unknown_option"),
        ({"decided_on": None}, "decided_on", "not_decided"),
        ({"decided_on": "2026-01-09"}, "decided_on", "decided_before"),
        ({"decided_on": "2026-01-09", "status": "not_mrm"}, "decided_on", "decided_before"),
        ({"decided_on": "2026-07-01"}, "decided_on", "future_date"),
        ({"boys": None}, "boys", "verified_nobody"),
        ({"boys": 0, "type": "abduction"}, "boys", "verified_nobody"),
        ({"cross_border": "maybe"}, "cross_border", "unknown_option"),
    ],
)
def test_faults_of_a_violation(cells, column, code):
    assert said(violations=[violation(violation_ref="V0"), violation(**cells)]) == [
        ("violations", 3, column, code)
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"boys": None, "type": "attack_school"},
        {"boys": None, "type": "deprivation_liberty"},
        {"boys": None, "status": "pending", "decided_on": None},
        {"decided_on": "2026-01-10"},
        {"type": " KILLING "},
        {"boys": "2,0"},
        {"boys": "1"},
        {"parties": "jnim ; EIGS;", "attribution": "crossfire"},
        {"cross_border": "oui"},
    ],
)
def test_violations_that_are_good(cells):
    assert said(violations=[violation(**cells)]) == []


@pytest.mark.parametrize(
    ("parties", "attribution"),
    [(None, "unidentified"), ("JNIM", "sole"), ("JNIM;FAMA", "joint"), ("JNIM;FAMA;EIGS", "joint")],
)
def test_an_empty_attribution_follows_the_parties(parties, attribution):
    row = checked(violations=[violation(parties=parties)]).rows["violations"][0]
    assert row.get("attribution") == attribution


def test_duplicates_are_said_at_the_lower_row():
    twice = {
        "incidents": [incident(), incident()],
        "violations": [violation(), violation(boys=5)],
        "victims": [VICTIM, VICTIM],
        "sources": [SOURCE, SOURCE],
    }
    assert said(**twice) == [
        ("incidents", 3, "incident_ref", "duplicate"),
        ("violations", 3, "violation_ref", "duplicate"),
        ("victims", 3, "victim_ref", "duplicate"),
        ("sources", 3, "source_ref", "duplicate"),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"victim_ref": None}, "victim_ref", "missing"),
        ({"violation_refs": None}, "violation_refs", "missing"),
        ({"violation_refs": ";"}, "violation_refs", "missing"),
        ({"violation_refs": "V1; V9"}, "violation_refs", "unknown_reference"),
        ({"violation_refs": "V1;V2"}, "violation_refs", "several_incidents"),
        ({"kind": "several"}, "kind", "unknown_option"),
        ({"sex": "homme"}, "sex", "unknown_option"),
        ({"age": 18}, "age", "not_a_child"),
        ({"age": -1}, "age", "not_whole"),
        ({"age_estimated": "environ"}, "age_estimated", "not_yes_no"),
        ({"kind": "group", "sex": None, "age": None}, "boys", "empty_group"),
    ],
)
def test_faults_of_a_victim(cells, column, code):
    rows = {
        "incidents": [incident(), incident(incident_ref="I2")],
        "violations": [violation(boys=9), violation(violation_ref="V2", incident_ref="I2", boys=9)],
    }
    assert said(**rows, victims=[VICTIM | cells]) == [("victims", 2, column, code)]


def test_a_child_has_one_sex_and_is_listed_once_for_a_violation():
    rows = {
        "violations": [violation(boys=9, girls=9, unknown=9), violation(violation_ref="V2", boys=9, girls=9)]
    }
    victims = [
        VICTIM | {"child_ref": "C1", "sex": None},
        VICTIM | {"victim_ref": "K2", "child_ref": "C1", "sex": "girl", "violation_refs": "V2"},
        VICTIM | {"victim_ref": "K3", "child_ref": "C1", "sex": "boy"},
    ]
    assert said(**rows, victims=victims) == [
        ("victims", 4, "sex", "child_two_sexes"),
        ("victims", 4, "child_ref", "child_twice"),
    ]


@pytest.mark.parametrize(
    "kind", ["killing", "maiming", "recruitment_use", "sexual_violence", "abduction", "deprivation_liberty"]
)
def test_listed_victims_may_not_exceed_the_count_by_sex(kind):
    victims = [
        VICTIM | {"violation_refs": "V1;V1"},
        VICTIM | {"victim_ref": "K2", "sex": None},
        {"victim_ref": "K3", "violation_refs": "V1", "kind": "group", "boys": 2, "girls": 1},
    ]
    good = [violation(type=kind, boys=3, girls=1, unknown=1)]
    assert said(violations=good, victims=victims) == []
    short = [violation(type=kind, boys=2, girls=1)]
    assert said(violations=short, victims=victims) == [
        ("violations", 2, "boys", "too_many_listed"),
        ("violations", 2, "unknown", "too_many_listed"),
    ]


@pytest.mark.parametrize(
    "kind", ["attack_school", "attack_hospital", "denial_humanitarian_access", "military_use"]
)
def test_on_event_types_tallies_are_notes(kind):
    assert said(violations=[violation(type=kind, boys=None)], victims=[VICTIM]) == []


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"source_ref": None}, "source_ref", "missing"),
        ({"violation_refs": "V9"}, "violation_refs", "unknown_reference"),
        ({"category": "tertiary"}, "category", "unknown_option"),
        ({"collected_on": "2026-07-01"}, "collected_on", "future_date"),
        ({"reliability": "sûre"}, "reliability", "unknown_option"),
        ({"consent_reporting": "2"}, "consent_reporting", "unknown_option"),
    ],
)
def test_faults_of_a_source(cells, column, code):
    assert said(sources=[SOURCE | cells]) == [("sources", 2, column, code)]


def test_a_fault_breeds_no_other():
    """An unknown incident, a wrong tally or sex, a bad date: each is said once, not again by the rows that follow."""
    rows = {
        "incidents": [incident(occurred_on="hier")],
        "violations": [
            violation(incident_ref="I9", boys="x"),
            violation(violation_ref="V2", type="vol", boys=0),
        ],
        "victims": [VICTIM | {"violation_refs": "V1;V2"}, VICTIM | {"victim_ref": "K2", "sex": "?"}],
    }
    assert said(**rows) == [
        ("incidents", 2, "occurred_on", "not_a_date"),
        ("violations", 2, "boys", "not_whole"),
        ("violations", 2, "incident_ref", "unknown_reference"),
        ("violations", 3, "type", "unknown_option"),
        ("victims", 3, "sex", "unknown_option"),
    ]


def test_references_are_looked_up_among_imported_records():
    known = Known(
        incidents={"I0": date(2026, 3, 1)},
        violations={
            "V0": KnownViolation("I0", "killing", "pending", 1, 0, 0),
            "V1": KnownViolation("I0", "killing", "pending", 1, 0, 0),
        },
        victims={"K0": KnownVictim(("V0",), "individual", "boy", "C0")},
    )
    rows = {
        "violations": [violation(), violation(violation_ref="V2", incident_ref="I0")],
        "victims": [
            VICTIM | {"violation_refs": "V0", "child_ref": "C0"},
            VICTIM | {"victim_ref": "K2", "violation_refs": "V2", "sex": "girl", "child_ref": "C0"},
        ],
    }
    assert said(known, **rows) == [
        ("violations", 2, "incident_ref", "moved"),
        ("violations", 3, "decided_on", "decided_before"),
        ("violations", 3, "girls", "too_many_listed"),
        ("victims", 2, "child_ref", "child_twice"),
        ("victims", 2, "violation_refs", "too_many_listed"),
        ("victims", 3, "sex", "child_two_sexes"),
    ]


def test_an_incident_moved_after_the_decision_on_its_imported_violation():
    known = Known(decisions={"I1": {"V0": date(2026, 1, 9)}})
    assert said(known) == [("incidents", 2, "occurred_on", "decided_before")]


def test_extra_columns_are_notes_not_faults():
    result = checked(incidents=[incident(**{"Code ONG": 17, "observations": "vu"})])
    assert (result.faults, result.rows["incidents"][0].notes) == (
        [],
        {"Code ONG": "17", "observations": "vu"},
    )
    assert result.notes == {("incidents", "Code ONG"): 1, ("incidents", "observations"): 1}


DETAILS = """first refs longest options low high codes occurred_on attribution parties violation listed counted owner
reason label place"""


def test_every_fault_speaks_two_languages():
    faults = checked(incidents=[incident(occurred_on="10/05/2025"), incident(place="Atlantide")]).faults
    assert [fault.as_json() for fault in faults][:1] == [
        {
            "sheet": "incidents",
            "row": 2,
            "column": "occurred_on",
            "value": "10/05/2025",
            "code": "not_a_date",
            "message_fr": "Ce n’est pas une date. Écrivez année-mois-jour, comme 2026-03-31, ou une vraie date de"
            " tableur.",
            "message_en": "This is not a date. Write year-month-day, like 2026-03-31, or use a true spreadsheet date.",
        }
    ]
    assert rows_with_fault(faults) == 2
    for code in MESSAGES:
        details = dict.fromkeys(DETAILS.split(), "x")
        fault = Fault(code, "incidents", 2, "place", "v", tuple(details.items()))
        assert fault.message("fr") != fault.message("en")
        assert "%" not in fault.message("fr") + fault.message("en")
