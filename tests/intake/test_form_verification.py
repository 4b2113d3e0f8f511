"""A visit to verify an incident: sources by code, how far one came, the first opinion of whoever may give it."""

from __future__ import annotations

from datetime import date

import pytest

from sutura.alerts.models import AccessNote
from sutura.incidents.models import Incident, Source
from sutura.incidents.parts import IncidentBundle, ViolationPart
from sutura.incidents.services import open_incident
from sutura.intake.models import Submission
from sutura.intake.services.phones import Handed
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.vault.revealing import may_open
from sutura.verification.models import Opinion
from tests.intake.phones import record
from tests.intake.test_shipped import given, group, made, waiting
from tests.people import KAYES, MOPTI, cast

FORM = "sutura_verification"
HEARD = {
    "category": "primary_witness", "kind": "oral", "sex": "female", "age_group": "adult", "trained": "yes",
    "reliability": "high", "credibility": "high", "consent_reporting": "yes", "consent_contact": "no",
}  # fmt: skip


@pytest.fixture
def incident(handed: Handed, awa: Account) -> Incident:
    """Two violations in Mopti, documented by Awa."""
    return opened(awa, "killing", "abduction")


def opened(by: Account, *kinds: str) -> Incident:
    """An incident of Mopti."""
    parts = tuple(ViolationPart(type=kind, key=kind, boys=1) for kind in kinds)
    place = Unit.objects.get(code="ML050401")
    return open_incident(
        bundle=IncidentBundle(place=place, occurred_on=date(2026, 11, 1), violations=parts), by=by
    )


def visited(made: Incident, /, *sources: str, **said: str) -> bytes:
    """The record of a visit on the tenth."""
    facts = {
        "incident": made.ref.lower(), "visited_on": "2026-11-10", "access": "amber", "reached": "yes",
        "organisation": "ONG inventée", "judges": "no", **said,
    }  # fmt: skip
    return record(facts, form=FORM, more="".join(sources))


def test_sources_access_and_the_first_opinion_are_noted_and_no_status_changes(
    incident: Incident, machine: Account, binta: Account, secretary: Account
):
    source = group("source", **HEARD)
    other = group("source", category="secondary", kind="document")
    judged = {"judges": "yes", "status": "verified", "reason": "Deux récits concordent.", "numbers": "1"}
    assert given(binta, machine).send(visited(incident, source, source, other, **judged)).status_code == 201
    assert (waiting(), made()) == ([], [("incidents.incident", incident.ref)])
    first = Source.objects.order_by("pk")[0]
    assert (Source.objects.count(), first.collected_on, first.trained, first.age_group, first.reliability) == (
        3, date(2026, 11, 10), "yes", "adult", "high"
    )  # fmt: skip
    assert (first.consent_contact, first.links.get().violation.ref) == ("no", f"{incident.ref}-V1")
    opinion = Opinion.objects.get()
    assert (opinion.level, opinion.status, opinion.by, opinion.violation.status) == (
        "focal_point", "verified", binta, "pending"
    )  # fmt: skip
    note = AccessNote.objects.get()
    assert (note.unit.code, note.level, note.visited, note.source) == (
        "ML0504",
        "amber",
        True,
        "ONG inventée",
    )
    kept = Submission.objects.get()
    assert (kept.region, may_open(binta, kept), may_open(secretary, kept)) == (MOPTI, True, False)
    assert given(binta, machine).send(visited(incident, source, access="unknown")).status_code == 201
    assert (AccessNote.objects.count(), Source.objects.order_by("pk")[3].links.count()) == (1, 2)


def test_what_cannot_be_waits_and_nothing_of_it_is_noted(
    incident: Incident, machine: Account, awa: Account, binta: Account, moussa: Account
):
    handset = given(awa, machine)
    source = group("source", **HEARD)
    wrong = {
        "incident": visited(incident, source, incident="INC-2026-99999"),
        "numbers": visited(incident, source, numbers="1 7"),
        "visited_on": visited(incident, source, visited_on="hier"),
        "observed_on": visited(incident, source, visited_on="2199-01-01"),
        "category": visited(incident, source, group("source", kind="oral")),
        "reliability": visited(incident, group("source", category="secondary", reliability="sûre")),
        # Awa documents; the opinion is for the focal point.
        "": visited(incident, source, judges="yes", status="verified", reason="Vu."),
        "status": visited(incident, source, judges="yes", status="peut-être", reason="Vu."),
    }
    for xml in wrong.values():
        assert handset.send(xml).status_code == 201
    assert [field for field, _reason in waiting()] == list(wrong)
    assert (Source.objects.count(), Opinion.objects.count(), AccessNote.objects.count()) == (0, 0, 0)
    group_of = cast("aissata", "monitor", "sexual_violence_group", regions=(MOPTI,))
    hushed = opened(group_of, "sexual_violence")
    assert given(group_of, machine).send(visited(hushed)).status_code == 201
    kept = Submission.objects.get(outcomes__made=hushed.ref)
    assert (kept.apart, may_open(binta, kept)) == (True, False)
    assert handset.send(visited(hushed)).status_code == 201
    assert waiting()[-1][0] == "incident"


def test_who_documents_nothing_there_is_refused(incident: Incident, machine: Account):
    partner = cast("partner", "alert_partner", regions=(MOPTI,))
    assert given(partner, machine).send(visited(incident)).status_code == 404
    elsewhere = cast("kassim", "monitor", regions=(KAYES,))
    assert given(elsewhere, machine, KAYES).send(visited(incident)).status_code == 201
    assert (waiting()[0][0], AccessNote.objects.count()) == ("incident", 0)
