"""An incident documented on a phone: every part of it, from its alert, and never beyond what its owner may do."""

from __future__ import annotations

from datetime import date

import pytest

from sutura.alerts.models import Alert
from sutura.alerts.services import receive
from sutura.incidents.models import Incident, Source, Victim, Violation
from sutura.intake.models import Submission
from sutura.intake.services.phones import Handed
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.vault.revealing import may_open
from tests.intake.phones import record
from tests.intake.test_shipped import given, group, made, waiting
from tests.people import KAYES, MOPTI, cast, words

FORM = "sutura_incident"
SAID = {
    "entered_on": "2026-11-22", "types": "abduction attack_school", "when": "range", "occurred_on": "2026-11-18",
    "occurred_to": "2026-11-20", "date_estimated": "yes", "region": "ML05", "cercle": "ML0504",
    "commune": "ML050401", "locality": "Hameau inventé", "place_kind": "school", "party_type": "armed_group",
    "party": "jnim", "told": "Récit inventé.", "shareable": "Une école, deux enfants.", "heard": "yes",
    "source_category": "primary_witness", "source_kind": "oral", "trained": "yes", "reliability": "high",
    "credibility": "medium", "consent_reporting": "yes", "organisation": "ONG inventée",
}  # fmt: skip
VIOLATIONS = (
    group("violation", type="abduction", boys="1", girls="2", tally_estimated="yes"),
    group("violation", type="attack_school", attack_kind="threat"),
)
CHILDREN = (
    group("child", suffered="abduction", sex="girl", age="12", age_estimated="yes"),
    group("child", suffered="abduction attack_school", sex="boy"),
)


def told(*groups: str, **said: str) -> bytes:
    """The record of an incident in Mopti."""
    return record({**SAID, **said}, form=FORM, more="".join(groups or (*VIOLATIONS, *CHILDREN)))


@pytest.fixture
def alert(handed: Handed, binta: Account) -> Alert:
    """An alert of Mopti."""
    return receive(
        by=binta, types=["abduction"], place=Unit.objects.get(code="ML0504"), happened_on=date(2026, 11, 18),
        told="Un appel inventé.", party_type="unidentified", source_category="witness", access="unknown",
    )  # fmt: skip


def test_a_record_becomes_an_incident_with_all_its_parts(
    alert: Alert, machine: Account, awa: Account, secretary: Account
):
    assert given(awa, machine).send(told(alert=alert.ref.lower())).status_code == 201
    incident = Incident.objects.get()
    assert (waiting(), made()) == ([], [("incidents.incident", incident.ref)])
    assert (incident.opened_by, incident.alert, incident.region, incident.place.code) == (
        awa, alert, MOPTI, "ML050401"
    )  # fmt: skip
    assert (incident.occurred_on, incident.occurred_to, incident.date_estimated, incident.open_ended) == (
        date(2026, 11, 18), date(2026, 11, 20), True, False
    )  # fmt: skip
    assert incident.title.startswith("Enlèvement, Attaque contre une école – ")
    assert words(incident, "account_restricted", by=awa) == ("Récit inventé.",)
    assert incident.account_shareable == "Une école, deux enfants."
    columns = ("type", "boys", "girls", "unknown", "tally_estimated", "attribution", "party_label", "status")
    assert list(Violation.objects.order_by("pk").values_list(*columns)) == [
        ("abduction", 1, 2, 0, True, "sole", "JNIM", "pending"),
        ("attack_school", 0, 0, 0, False, "sole", "JNIM", "pending"),
    ]
    assert Violation.objects.get(type="attack_school").attack_detail.attack_kind == "threat"
    girl, boy = Victim.objects.order_by("pk")
    assert (girl.sex, girl.age, girl.age_estimated, girl.links.count()) == ("girl", 12, True, 1)
    assert (boy.sex, boy.age, boy.links.count(), boy.child) == ("boy", None, 2, None)
    source = Source.objects.get()
    assert (source.category, source.trained, source.collected_on, source.links.count()) == (
        "primary_witness", "yes", date(2026, 11, 22), 2
    )  # fmt: skip
    alert.refresh_from_db()
    assert (alert.state, alert.incident_ref) == ("incident", incident.ref)
    kept = Submission.objects.get()
    # The restricted account is not for whoever reads alerts alone.
    assert (kept.apart, may_open(awa, kept), may_open(secretary, kept)) == (False, True, False)
    # The same alert opens no second incident.
    assert given(awa, machine).send(told(alert=alert.ref)).status_code == 201
    assert (waiting()[0][0], Incident.objects.count()) == ("", 1)


def test_what_cannot_be_an_incident_waits_and_sexual_violence_for_its_group(
    alert: Alert, machine: Account, awa: Account, binta: Account
):
    handset = given(awa, machine)
    wrong = {
        "types": told(types=""),
        "alert": told(alert="A26-99999"),
        "region": told(region="", cercle="", commune=""),
        "commune": told(commune="ML999999"),
        "occurred_on": told(occurred_on="2199-01-01", when="day"),
        "occurred_to": told(occurred_to=""),
        "party": told(party="PERSONNE"),
        "boys": told(group("violation", type="abduction", boys="-1")),
        "suffered": told(*VIOLATIONS, group("child", suffered="killing", sex="boy")),
        "age": told(*VIOLATIONS, group("child", suffered="abduction", sex="boy", age="18")),
        "girls": told(group("violation", type="abduction", boys="1"), CHILDREN[0]),
        "source_category": told(source_category=""),
    }
    for xml in wrong.values():
        assert handset.send(xml).status_code == 201
    assert [field for field, _reason in waiting()] == list(wrong)
    assert (Incident.objects.count(), Alert.objects.get().state) == (0, "new")
    hushed = told(group("violation", type="sexual_violence", girls="1"), types="sexual_violence")
    assert handset.send(hushed).status_code == 201
    kept = Submission.objects.order_by("pk").last()
    assert kept is not None
    assert (kept.apart, may_open(binta, kept), Incident.objects.count()) == (True, False, 1)


def test_nobody_documents_beyond_her_right(alert: Alert, machine: Account, awa: Account):
    partner = cast("partner", "alert_partner", regions=(MOPTI,))
    assert given(partner, machine).send(told()).status_code == 404
    elsewhere = told(region="ML01", cercle="ML0101", commune="")
    assert given(awa, machine).send(elsewhere).status_code == 201
    ((field, reason),) = waiting()
    assert (field, reason.startswith("Your role does not allow this here."), Incident.objects.count()) == (
        "", True, 0
    )  # fmt: skip
    assert Submission.objects.get().region == KAYES
