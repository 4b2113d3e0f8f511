"""Recommendations: a partner of another region sees none; each act, its refusals, and what its history keeps."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.models import Evidence, Need, Recommendation
from sutura.coordination.services import bodies, needs, plans, reports
from sutura.coordination.services import recommendations as services
from sutura.people.models import Account
from tests.coordination.asked import adopted, day, declared, proposed, told
from tests.coordination.conftest import Room
from tests.coordination.planned import axis
from tests.photographs import photograph, place_in


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Files of the test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_stranger_sees_and_does_nothing(room: Room, fatou: Account):
    found = declared(room, fatou)
    line = found.evidence.get()
    for model in (Recommendation, Evidence):
        assert list(model.objects.visible_to(room.member)) == list(model.objects.all()) != []
        assert list(model.objects.visible_to(room.stranger)) == []
    acts: list[Any] = [
        lambda: proposed(room, room.stranger),
        lambda: services.lapse(recommendation=found, by=room.stranger, reason="x"),
        lambda: told(found, room.stranger),
        lambda: reports.hand_out_link(recommendation=found, by=room.stranger, days=30),
        lambda: reports.void_evidence(evidence=line, by=room.stranger, why="x"),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(Invalid, match="organisation membre"):
        services.verify_recommendation(recommendation=found, by=room.stranger, closing="Vu.")


def test_a_member_reports_and_does_not_decide(room: Room, fatou: Account):
    found = adopted(room, fatou)
    with pytest.raises(NotAllowed):
        services.defer(recommendation=found, by=room.member, due_on=day(90), reason="Pluies.")
    told(found, room.member)
    found.refresh_from_db()
    assert (found.state, found.progress) == ("under_way", 50)


def test_a_member_of_another_organisation_does_not_report(room: Room, fatou: Account, verifier: Account):
    found = adopted(room, fatou)
    with pytest.raises(NotAllowed):
        told(found, verifier)
    services.change_recommendation(recommendation=found, by=fatou, contributors=[room.state])
    assert told(found, verifier).account == verifier


def test_references_are_given_once(room: Room, fatou: Account):
    first = proposed(room, fatou, raised_on=day(0))
    second = proposed(room, fatou, raised_on=day(0))
    month = f"{day(0):%Y-%m}"
    assert [first.ref, second.ref] == [f"CCT-{month}-01", f"CCT-{month}-02"]
    services.lapse(recommendation=second, by=fatou, reason="Écrite deux fois.")
    assert proposed(room, fatou, raised_on=day(0)).ref == f"CCT-{month}-03"
    assert proposed(room, fatou, body=room.group, raised_on=day(0)).ref == f"GT-MOPTI-{month}-01"


def test_without_a_day_nothing_is_adopted(room: Room, fatou: Account):
    found = proposed(room, fatou)
    with pytest.raises(Invalid, match="Donnez le jour avant"):
        services.adopt(recommendation=found, by=fatou)
    with pytest.raises(Invalid, match="avant le jour où elle a été"):
        services.adopt(recommendation=found, by=fatou, due_on=day(-61))


def test_the_responsible_organisation_does_not_verify(room: Room, fatou: Account, machine: Account):
    """Neither does a colleague of whoever declared it."""
    found = declared(room, fatou, author=fatou)
    with pytest.raises(Invalid, match="Votre organisation est la responsable"):
        services.verify_recommendation(recommendation=found, by=room.member, closing="Vu.")


def test_a_guest_does_not_verify(room: Room, fatou: Account, verifier: Account, machine: Account):
    found = declared(room, fatou)
    seat = room.framework.memberships.get(organisation=room.state)
    bodies.change_member(member=seat, seat="guest", by=machine)
    with pytest.raises(Invalid, match="organisation membre"):
        services.verify_recommendation(recommendation=found, by=verifier, closing="Vu.")


def test_a_blockage_has_a_code_and_words(room: Room, fatou: Account):
    found = adopted(room, fatou)
    with pytest.raises(Invalid, match="Choisissez ce qui la bloque"):
        services.block(recommendation=found, by=fatou, blockage="rain", reason="Pluies.")
    with pytest.raises(Invalid, match="ce qui empêche"):
        services.block(recommendation=found, by=fatou, blockage="funding", reason=" ")
    blocked = services.block(recommendation=found, by=fatou, blockage="funding", reason="Pas de fonds.")
    assert (blocked.state, blocked.blockage) == ("blocked", "funding")
    told(found, room.member)
    found.refresh_from_db()
    assert (found.state, found.blockage, found.reason) == ("under_way", "", "")


def test_deferrals_are_counted(room: Room, fatou: Account):
    found = adopted(room, fatou, due=-5)
    with pytest.raises(Invalid, match="après aujourd’hui"):
        services.defer(recommendation=found, by=fatou, due_on=day(0), reason="Pluies.")
    with pytest.raises(Invalid, match="plus de temps"):
        services.defer(recommendation=found, by=fatou, due_on=day(10), reason="")
    for apart in (10, 40):
        found = services.defer(recommendation=found, by=fatou, due_on=day(apart), reason="Pluies.")
    assert (found.state, found.due_on, found.deferrals) == ("deferred", day(40), 2)
    days = [version.due_on for version in found.history.order_by("history_id")]
    assert days == [None, day(-5), day(10), day(40)]


def test_what_is_replaced_says_by_which(room: Room, fatou: Account):
    found, other = adopted(room, fatou), adopted(room, fatou)
    elsewhere = adopted(room, fatou, body=room.group)
    for wrong in (found, elsewhere):
        with pytest.raises(Invalid, match="même instance"):
            services.replace_recommendation(
                recommendation=found, by=fatou, successor=wrong, reason="Précisée."
            )
    services.replace_recommendation(recommendation=found, by=fatou, successor=other, reason="Précisée.")
    with pytest.raises(Invalid, match="elle-même close"):
        services.replace_recommendation(recommendation=other, by=fatou, successor=found, reason="Précisée.")
    assert list(other.replaces.all()) == [found]


def test_two_people_at_once(room: Room, fatou: Account):
    """The second of two pages sends an act that no longer follows."""
    found = adopted(room, fatou)
    same = Recommendation.objects.get(pk=found.pk)
    services.lapse(recommendation=found, by=fatou, reason="Sans objet.")
    with pytest.raises(Invalid, match="Caduque"):
        services.block(recommendation=same, by=fatou, blockage="staff", reason="Personne.")


def test_evidence_loses_the_place_of_the_camera(room: Room, fatou: Account):
    found = adopted(room, fatou)
    file = ContentFile(photograph(), name="Awa Traoré.jpg")
    told(found, room.member, evidence="Photographie de la salle.", file=file)
    line = found.evidence.get()
    assert (line.content_type, line.size > 0) == ("image/jpeg", True)
    assert "Traor" not in str(line.file)
    with line.file.open("rb") as kept:
        content = kept.read()
    assert (place_in(photograph()), place_in(content)) != (None, None)
    assert not place_in(content)


def test_a_program_is_no_evidence(room: Room, fatou: Account, folder: Path):
    found = adopted(room, fatou)
    with pytest.raises(Invalid, match="Seuls des photographies"):
        told(found, room.member, evidence="Voir.", file=ContentFile(b"MZ\x90\0" + b"\0" * 64, name="a.pdf"))
    assert (found.reports.count(), [path for path in folder.rglob("*") if path.is_file()]) == (0, [])


def test_due_by_is_what_the_agenda_takes_up(room: Room, fatou: Account):
    late, today = adopted(room, fatou, due=-3), adopted(room, fatou, due=0)
    adopted(room, fatou, due=9)
    declared(room, fatou, due=-9)
    adopted(room, fatou, due=-3, body=room.group)
    again = Recommendation.objects.of_body(room.framework).due_by(day(0)).by_day()
    assert list(again) == [late, today]


def test_a_need_goes_up_and_comes_back(room: Room, fatou: Account):
    facts: dict[str, Any] = {
        "body": room.framework, "region": "ML05", "text": "Aucun service pour l’addiction.", "evidence": "Mission.",
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        needs.raise_need(by=room.stranger, **facts)
    need = needs.raise_need(by=room.member, **facts)
    assert list(Need.objects.visible_to(room.stranger)) == []
    assert list(Need.objects.of_body(room.framework).waiting()) == [need]
    needs.examine_need(need=need, by=fatou)
    with pytest.raises(Invalid, match="dites pourquoi"):
        needs.answer_need(need=need, by=fatou)
    with pytest.raises(Invalid, match="même instance"):
        needs.answer_need(need=need, by=fatou, recommendation=proposed(room, fatou, body=room.group))
    answer = proposed(room, fatou)
    needs.answer_need(need=need, by=fatou, recommendation=answer)
    assert list(need.recommendations.all()) == [answer]
    assert not Need.objects.of_body(room.framework).waiting().exists()
    needs.close_need(need=need, by=fatou)
    with pytest.raises(Invalid, match="Clos"):
        needs.close_need(need=need, by=fatou)


def test_words_which_are_those_of_one_axis_become_a_link_to_it(room: Room, fatou: Account):
    migration = import_module("sutura.coordination.migrations.0006_cycle")
    first, *_twice = axis(fatou), axis(fatou, 2), axis(fatou, 3)
    plans.change_axis(axis=first, number=1, title="Pilotage", by=fatou)
    said = {"PILOTAGE": first, "1.  Pilotage": first, "Coordination": None, "Axe 9": None}
    asked = {words: proposed(room, fatou, axis_words=words) for words in said}
    migration.link(apps, None)
    for words, found in asked.items():
        found.refresh_from_db()
        assert (found.axis, found.axis_words) == (said[words], "" if said[words] else words)


def test_an_axis_that_is_chosen_takes_the_place_of_its_words(room: Room, fatou: Account):
    found, chosen = proposed(room, fatou, axis_words="Axe 9"), axis(fatou)
    services.change_recommendation(recommendation=found, by=fatou, person="Le bureau")
    found.refresh_from_db()
    assert found.axis_words == "Axe 9"
    services.change_recommendation(recommendation=found, by=fatou, axis=chosen)
    found.refresh_from_db()
    assert (found.axis, found.axis_words) == (chosen, "")
