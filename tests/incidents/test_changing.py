"""Every change of a record: refused to strangers, booked once, kept as a version, silent when nothing differs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.incidents import services
from sutura.incidents.models import (
    Incident,
    PerpetratorLink,
    Source,
    VictimLink,
    Violation,
)
from sutura.incidents.parts import PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.ledger.models import Posting
from sutura.parties.models import Party
from sutura.people.models import Account
from tests.incidents.booked import booked, ledger_equals_records, total
from tests.incidents.conftest import DAY, Opener, Places


def of(incident: Incident, type_: str) -> Violation:
    return incident.violations.get(type=type_)


def counts() -> tuple[int, int, int]:
    """Postings, audit lines and versions so far: what a silent act leaves as it is."""
    versions = sum(model.history.count() for model in (Incident, Violation, VictimLink, Source))
    return Posting.objects.count(), Entry.objects.count(), versions


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("change_incident", {"title": "x"}),
        ("close_incident", {}),
        ("reopen_incident", {"why": "x"}),
        ("void_incident", {"why": "x"}),
        ("add_violation", {"part": ViolationPart(type="killing")}),
        ("add_victim", {"part": VictimPart(violations=())}),
        ("add_perpetrator", {"part": PerpetratorPart(violations=())}),
        ("add_source", {"part": SourcePart(violations=())}),
    ],
)
def test_oumar_changes_nothing_in_mopti(
    incident: Incident, oumar: Account, verb: str, given: dict[str, Any]
) -> None:
    with pytest.raises(NotAllowed):
        getattr(services, verb)(incident=incident, by=oumar, **given)


@pytest.mark.parametrize(
    ("verb", "noun", "given"),
    [
        ("change_violation", "violations", {"boys": 5}),
        ("change_detail", "violations", {"notes": "x"}),
        ("void_violation", "violations", {"why": "x"}),
        ("set_parties", "violations", {"parties": []}),
        ("set_status", "violations", {"status": "not_mrm"}),
        ("add_response", "violations", {"kinds": ["medical"]}),
        ("change_victim", "victims", {"age": 3}),
        ("void_victim", "victims", {"why": "x"}),
        ("change_perpetrator", "perpetrators", {"rank": "x"}),
        ("void_perpetrator", "perpetrators", {"why": "x"}),
        ("change_source", "sources", {"notes": "x"}),
        ("void_source", "sources", {"why": "x"}),
    ],
)
def test_oumar_changes_no_part_of_it(
    incident: Incident, oumar: Account, verb: str, noun: str, given: dict[str, Any]
) -> None:
    record = getattr(incident, noun).first()
    name = noun.removesuffix("s")
    with pytest.raises(NotAllowed):
        getattr(services, verb)(**{name: record}, by=oumar, **given)


def test_awa_documents_but_does_not_void_nor_decide(incident: Incident, awa: Account) -> None:
    violation = of(incident, "killing")
    for act in (
        lambda: services.void_incident(incident=incident, by=awa, why="x"),
        lambda: services.void_violation(violation=violation, by=awa, why="x"),
        lambda: services.set_status(violation=violation, status="verified", decided_on=DAY, by=awa),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_change_of_date_is_booked_for_all_its_violations(incident: Incident, awa: Account) -> None:
    before = Posting.objects.count()
    services.change_incident(incident=incident, by=awa, why="date précisée", occurred_on=date(2025, 2, 1))
    assert Posting.objects.count() == before + 1
    assert ledger_equals_records()
    version = incident.history.first()
    assert (version.history_type, version.history_change_reason) == ("~", "date précisée")


def test_a_change_that_changes_nothing_writes_nothing(incident: Incident, awa: Account) -> None:
    before = counts()
    services.change_incident(incident=incident, by=awa, why="x", title=incident.title, occurred_on=DAY)
    services.change_violation(violation=of(incident, "killing"), by=awa, why="x", boys=2)
    services.change_victim(victim=incident.victims.first(), by=awa, why="x", age=9, child_key="K1")
    services.change_source(source=incident.sources.get(), by=awa, why="x", reliability="high")
    services.set_parties(violation=of(incident, "killing"), parties=["JNIM"], by=awa, why="x")
    assert counts() == before


def test_a_change_of_words_posts_nothing(incident: Incident, awa: Account) -> None:
    before = Posting.objects.count()
    services.change_incident(incident=incident, by=awa, title="Attaque de la foire")
    services.change_victim(victim=incident.victims.first(), by=awa, notes="x")
    services.change_detail(violation=of(incident, "killing"), by=awa, weapon="small_arm")
    assert Posting.objects.count() == before


def test_an_incident_which_moves_takes_its_violations_along(
    incident: Incident, places: Places, awa: Account, machine: Account
) -> None:
    with pytest.raises(NotAllowed):
        services.change_incident(incident=incident, by=awa, place=places.kayes)
    incident.refresh_from_db()
    services.change_incident(incident=incident, by=machine, place=places.kayes)
    assert set(incident.violations.values_list("region", flat=True)) == {"ML01"}
    assert ledger_equals_records()


@pytest.mark.parametrize("name", ["ref", "state", "region", "opened_by", "duplicate_of"])
def test_some_fields_have_their_own_act(incident: Incident, awa: Account, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        services.change_incident(incident=incident, by=awa, **{name: "x"})
    assert refusal.value.field == name


def test_closing_changes_no_figure_and_voiding_does(incident: Incident, binta: Account) -> None:
    before = booked(incident)
    services.close_incident(incident=incident, by=binta)
    assert (incident.state, booked(incident)) == ("closed", before)
    services.void_incident(incident=incident, by=binta, why="inventé")
    assert (incident.state, incident.state_reason, booked(incident)) == ("void", "inventé", [])
    services.reopen_incident(incident=incident, by=binta, why="erreur")
    assert (incident.state, booked(incident)) == ("open", before)
    assert ledger_equals_records()


@pytest.mark.parametrize("why", ["", "  "])
def test_what_leaves_the_count_says_why(incident: Incident, binta: Account, why: str) -> None:
    for act in (
        lambda: services.void_incident(incident=incident, by=binta, why=why),
        lambda: services.void_violation(violation=incident.violations.first(), by=binta, why=why),
        lambda: services.void_victim(victim=incident.victims.first(), by=binta, why=why),
    ):
        with pytest.raises(Invalid) as refusal:
            act()
        assert refusal.value.field == "why"


def test_a_duplicate_leaves_the_count_and_names_the_other(opened: Opener, binta: Account) -> None:
    one, other = opened(), opened()
    with pytest.raises(Invalid):
        services.mark_duplicate(incident=one, of=one, by=binta, why="x")
    services.mark_duplicate(incident=other, of=one, by=binta, why="même fait")
    assert (other.duplicate_of, booked(other)) == (one, [])
    assert booked(one)
    with pytest.raises(Invalid):
        services.mark_duplicate(incident=one, of=other, by=binta, why="x")
    services.reopen_incident(incident=other, by=binta, why="deux faits")
    assert other.duplicate_of is None
    assert ledger_equals_records()


def test_a_void_incident_is_not_documented(incident: Incident, awa: Account, binta: Account) -> None:
    services.void_incident(incident=incident, by=binta, why="x")
    with pytest.raises(Invalid):
        services.change_incident(incident=incident, by=awa, title="x")
    with pytest.raises(Invalid):
        services.add_violation(incident=incident, part=ViolationPart(type="killing", boys=1), by=awa)


def test_a_violation_is_added_changed_and_voided(incident: Incident, awa: Account, binta: Account) -> None:
    part = ViolationPart(type="abduction", girls=2, parties=("DNA",), detail={"purpose": "marriage"})
    violation = services.add_violation(incident=incident, part=part, by=awa)
    assert (violation.ref, total(incident, "abduction")) == (f"{incident.ref}-V4", 2)
    services.change_violation(violation=violation, by=awa, girls=3, cross_border="yes")
    assert total(incident, "abduction") == 3
    services.void_violation(violation=violation, by=binta, why="doublon")
    assert total(incident, "abduction") == 0
    with pytest.raises(Invalid):
        services.change_violation(violation=violation, by=awa, girls=4)
    assert ledger_equals_records()


def test_the_tally_never_falls_below_the_children_listed(incident: Incident, awa: Account) -> None:
    with pytest.raises(Invalid) as refusal:
        services.change_violation(violation=of(incident, "killing"), by=awa, boys=0)
    assert refusal.value.field == "boys"


def test_other_interference_leaves_the_count(incident: Incident, awa: Account) -> None:
    attack = of(incident, "attack_school")
    services.change_detail(violation=attack, by=awa, attack_kind="other_interference")
    assert total(incident, "attack_school") == 0
    services.change_detail(violation=attack, by=awa, attack_kind="facility")
    assert total(incident, "attack_school") == 1


def test_parties_are_set_together_with_the_attribution(incident: Incident, awa: Account) -> None:
    violation = of(incident, "killing")
    services.set_parties(violation=violation, parties=["DNA", "JNIM"], attribution="crossfire", by=awa)
    assert violation.party_label == "crossfire:DNA+JNIM"
    services.set_parties(violation=violation, parties=[], by=awa, why="rien ne le dit")
    assert (violation.attribution, violation.party_label) == ("unidentified", "unidentified")
    assert PerpetratorLink.history.filter(violation_id=violation.pk, history_type="-").count() == 2
    assert ledger_equals_records()


def test_linking_a_perpetrator_widens_the_attribution(
    incident: Incident, awa: Account, binta: Account, parties: dict[str, Party]
) -> None:
    violation = of(incident, "killing")
    part = PerpetratorPart(violations=(violation.ref,), party="DNA")
    perpetrator = services.add_perpetrator(incident=incident, part=part, by=awa)
    violation.refresh_from_db()
    assert (violation.attribution, violation.party_label) == ("joint", "DNA+JNIM")
    services.change_perpetrator(perpetrator=perpetrator, by=awa, party=parties["FAMA"])
    violation.refresh_from_db()
    assert (perpetrator.category, violation.party_label) == ("armed_force", "FAMA+JNIM")
    services.void_perpetrator(perpetrator=perpetrator, by=binta, why="confondu")
    violation.refresh_from_db()
    assert (violation.attribution, violation.party_label) == ("sole", "JNIM")
    services.unlink_perpetrator(link=violation.perpetrator_links.first(), by=awa, why="x")
    assert ledger_equals_records()


def test_the_label_for_nobody_known_is_no_party(
    incident: Incident, awa: Account, parties: dict[str, Party]
) -> None:
    perpetrator = incident.perpetrators.get(party__code="FAMA")
    services.change_perpetrator(perpetrator=perpetrator, by=awa, party=parties["NOBODY"])
    assert (perpetrator.party, perpetrator.category) == (None, "unidentified")
    assert of(incident, "maiming").party_label == "JNIM"
    assert ledger_equals_records()


def test_a_perpetrator_is_linked_once_within_its_incident(opened: Opener, awa: Account) -> None:
    one, other = opened(), opened()
    perpetrator = one.perpetrators.get(party__code="FAMA")
    with pytest.raises(Invalid):
        services.link_perpetrator(perpetrator=perpetrator, violation=of(one, "maiming"), by=awa)
    with pytest.raises(Invalid):
        services.link_perpetrator(perpetrator=perpetrator, violation=of(other, "killing"), by=awa)
    services.link_perpetrator(perpetrator=perpetrator, violation=of(one, "killing"), by=awa)
    assert of(one, "killing").party_label == "FAMA+JNIM"


def test_a_victim_is_added_linked_unlinked_and_voided(
    incident: Incident, awa: Account, binta: Account
) -> None:
    maiming = of(incident, "maiming")
    part = VictimPart(violations=(maiming.ref,), child_key="K7", sex="boy", age=4)
    victim = services.add_victim(incident=incident, part=part, by=awa)
    assert (victim.ref, total(incident, "maiming")) == (f"{incident.ref}-C5", 5)
    link = services.link_victim(victim=victim, violation=of(incident, "killing"), by=awa)
    assert ledger_equals_records()
    services.change_victim_link(link=link, by=awa, outcome="died")
    services.unlink_victim(link=link, by=awa, why="autre enfant")
    assert VictimLink.history.filter(history_type="-").get().outcome == "died"
    services.void_victim(victim=victim, by=binta, why="doublon")
    assert total(incident, "maiming") == 5
    assert ledger_equals_records()


def test_a_sex_learnt_in_one_incident_is_told_in_the_other(opened: Opener, awa: Account) -> None:
    plain: dict[str, Any] = {"perpetrators": (), "sources": ()}
    child = VictimPart(violations=("a",), child_key="K5")
    killing = ViolationPart(key="a", type="abduction", unknown=1)
    first = opened(violations=(killing,), victims=(child,), **plain)
    second = opened(
        violations=(ViolationPart(key="a", type="recruitment_use", girls=1),),
        victims=(VictimPart(violations=("a",), child_key="K5", sex="girl"),),
        **plain,
    )
    assert ledger_equals_records()
    services.change_victim(victim=second.victims.get(), by=awa, child_key="K6")
    assert ledger_equals_records()
    services.change_victim(victim=second.victims.get(), by=awa, child_key="K5")
    assert ledger_equals_records()
    first.violations.get().refresh_from_db()
    with pytest.raises(Invalid):
        services.change_violation(violation=first.violations.get(), by=awa, boys=1, unknown=0)


def test_a_child_cannot_become_a_boy_and_a_girl(incident: Incident, opened: Opener, awa: Account) -> None:
    other = opened()
    services.change_violation(violation=of(other, "killing"), by=awa, girls=2)
    services.change_violation(violation=of(other, "maiming"), by=awa, girls=1)
    with pytest.raises(Invalid) as refusal:
        services.change_victim(victim=other.victims.first(), by=awa, sex="girl")
    assert refusal.value.field == "sex"


def test_no_key_stands_for_a_boy_and_a_girl_even_where_nothing_is_counted(
    incident: Incident, opened: Opener, awa: Account
) -> None:
    plain: dict[str, Any] = {"perpetrators": (), "sources": (), "victims": ()}
    other = opened(violations=(ViolationPart(key="a", type="military_use"),), **plain)
    part = VictimPart(violations=(other.violations.get().ref,), child_key="K1", sex="boy")
    victim = services.add_victim(incident=other, part=part, by=awa)
    services.unlink_victim(link=victim.links.get(), by=awa, why="x")
    with pytest.raises(Invalid):
        services.change_victim(victim=victim, by=awa, sex="girl")
    assert ledger_equals_records()


def test_sources_and_responses_change_no_figure(incident: Incident, awa: Account, binta: Account) -> None:
    before = Posting.objects.count()
    killing = of(incident, "killing")
    part = SourcePart(violations=(killing.ref,), category="secondary", kind="document")
    source = services.add_source(incident=incident, part=part, by=awa)
    assert (source.ref, source.primary) == (f"{incident.ref}-S2", False)
    services.link_source(source=source, violation=of(incident, "maiming"), by=awa)
    services.unlink_source(link=source.links.first(), by=awa, why="x")
    services.void_source(source=source, by=binta, why="x")
    response = services.add_response(violation=killing, kinds=["medical", "advocacy"], by=awa)
    assert response.kinds == ["advocacy", "medical"]
    services.change_response(response=response, by=awa, status="provided", made_on=DAY)
    services.void_response(response=response, by=binta, why="x")
    with pytest.raises(Invalid):
        services.add_response(violation=killing, by=awa)
    assert Posting.objects.count() == before


def test_the_task_force_decides(incident: Incident, chair: Account, awa: Account) -> None:
    killing = of(incident, "killing")
    for given, field in (
        ({"status": "verified"}, "decided_on"),
        ({"status": "verified", "decided_on": date(2025, 2, 9)}, "decided_on"),
        ({"status": "sure", "decided_on": DAY}, "status"),
    ):
        with pytest.raises(Invalid) as refusal:
            services.set_status(violation=killing, by=chair, **given)
        assert refusal.value.field == field
    services.set_status(
        violation=killing, status="verified", decided_on=date(2025, 3, 20), by=chair, why="3 sources"
    )
    assert (killing.status, killing.decided_on) == ("verified", date(2025, 3, 20))
    assert of(incident, "maiming").status == "pending"
    with pytest.raises(Invalid) as refusal:
        services.change_incident(incident=incident, by=awa, occurred_on=date(2025, 3, 21))
    assert refusal.value.field == "decided_on"
    services.set_status(violation=killing, status="pending", decided_on=DAY, by=chair)
    assert (killing.status, killing.decided_on) == ("pending", None)
    assert ledger_equals_records()


def test_a_sitting_decides_a_list_in_one_posting(incident: Incident, chair: Account) -> None:
    before = Posting.objects.count()
    decisions = [services.Decision(one, "verified", date(2025, 3, 20)) for one in incident.violations.all()]
    changed = services.set_statuses(decisions=decisions, by=chair, why="séance du 20 mars")
    assert (len(changed), Posting.objects.count()) == (3, before + 1)
    assert services.set_statuses(decisions=decisions, by=chair, why="encore") == []
    assert Posting.objects.count() == before + 1
    with pytest.raises(Invalid):
        services.set_statuses(decisions=decisions[:1] * 2, by=chair)
    assert ledger_equals_records()
