"""Cohorts, attendance, tests and certificates: what is refused, and what is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.capacity.models import Enrolment, OpeningBalance, Professional
from sutura.capacity.pages.figures import counted
from sutura.capacity.pages.people import pairs, refreshers
from sutura.capacity.services import catalogue, load_register, people, results, training
from sutura.people.models import Account
from tests.capacity.conftest import DAY, Schoolroom, browser, cohort_of, enrolled, somebody, taught
from tests.people import KAYES


def completed(room: Schoolroom, enrolment: Enrolment, session: object) -> None:
    """All half-days, and both tests."""
    present = [(enrolment, half) for half in range(1, 5)]
    training.note_attendance(session=session, present=present, by=room.rokia)
    for kind, percent in (("pre", 40), ("post", 80)):
        results.note_test(enrolment=enrolment, kind=kind, taken_on=DAY, percent=percent, by=room.rokia)


def test_whoever_keeps_another_region_changes_nothing(schoolroom: Schoolroom):
    room = schoolroom
    cohort, person = cohort_of(room, room.rokia), somebody(room.rokia)
    session, enrolment = taught(room, cohort, room.rokia), enrolled(cohort, person, room.rokia)
    acts: list[Callable[[Account], object]] = [
        lambda by: cohort_of(room, by, "AUTRE"),
        lambda by: taught(room, cohort, by),
        lambda by: enrolled(cohort, person, by),
        lambda by: somebody(by),
        lambda by: people.change_professional(professional=person, name="X", by=by),
        lambda by: training.note_attendance(session=session, present=[], by=by),
        lambda by: training.leave(enrolment=enrolment, left_on=DAY, left_for="moved", by=by),
        lambda by: results.note_test(enrolment=enrolment, kind="pre", taken_on=DAY, percent=1, by=by),
        lambda by: results.certify(enrolment=enrolment, issued_on=DAY, signatories="X", by=by),
        lambda by: catalogue.add_module(code="X", title="X", hours=1, by=by),
    ]  # fmt: skip
    for by in (room.kante, room.reader):
        for act in acts:
            with pytest.raises(NotAllowed):
                act(by)
    mine = somebody(room.kante, region=KAYES)
    with pytest.raises(NotAllowed):
        people.join_cards(kept=mine, other=person, by=room.kante)
    assert list(Professional.objects.visible_to(room.kante)) == [mine]
    assert list(Professional.objects.visible_to(room.reader)) == []
    assert list(Enrolment.objects.visible_to(room.reader)) == []


def test_two_people_who_look_alike_are_not_proposed_twice(schoolroom: Schoolroom):
    room = schoolroom
    one = somebody(room.rokia, "Fanta Traoré", phone="70000002")
    other = somebody(room.rokia, "Fatou Traoré", phone="70000002")
    assert pairs(room.rokia) == [(one, other)]
    people.keep_apart(kept=other, other=one, by=room.rokia)
    assert pairs(room.rokia) == []


def test_what_cannot_be_is_refused_with_a_sentence(schoolroom: Schoolroom):
    room = schoolroom
    cohort, person = cohort_of(room, room.rokia, capacity=1), somebody(room.rokia, phone="70000003")
    enrolment, session = enrolled(cohort, person, room.rokia), taught(room, cohort, room.rokia)
    gone = taught(room, cohort, room.rokia, cancelled="security")
    late = timezone.localdate() + timedelta(days=1)
    elsewhere = catalogue.add_module(code="X", title="Autre (inventé)", hours=1, by=room.rokia)
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: cohort_of(room, room.rokia, "Z", ends_on=DAY - timedelta(days=1)), "ends_on"),
        (lambda: cohort_of(room, room.rokia, "mopti-1"), "code"),
        (lambda: enrolled(cohort, person, room.rokia), "professional"),
        (lambda: enrolled(cohort, somebody(room.rokia, "Une autre"), room.rokia), ""),
        (lambda: somebody(room.rokia, phone="70000003"), "name"),
        (lambda: somebody(room.rokia, "Un élève", birth_year=timezone.localdate().year - 10), "birth_year"),
        (lambda: somebody(room.rokia, "Demain", consented_on=late), "consented_on"),
        (lambda: taught(room, cohort, room.rokia, held_on=date(2026, 4, 1)), "held_on"),
        (lambda: taught(room, cohort, room.rokia, module=elsewhere), "module"),
        (lambda: training.note_attendance(session=gone, present=[(enrolment, 1)], by=room.rokia), ""),
        (lambda: results.note_test(enrolment=enrolment, kind="post", taken_on=DAY, percent=1, by=room.rokia), "kind"),
        (lambda: results.certify(enrolment=enrolment, issued_on=DAY, signatories="X", by=room.rokia), ""),
        (lambda: training.leave(enrolment=enrolment, left_on=late, left_for="moved", by=room.rokia), "left_on"),
    ]  # fmt: skip
    for act, field in refused:
        with pytest.raises(Invalid) as told:
            act()
        assert told.value.field == field
    assert session.attendances.count() == 0


def test_a_full_cohort_gets_more_places_and_never_fewer_than_it_has_people(schoolroom: Schoolroom):
    room = schoolroom
    cohort = cohort_of(room, room.rokia, capacity=1)
    enrolled(cohort, somebody(room.rokia), room.rokia)
    taught(room, cohort, room.rokia, held_on=DAY + timedelta(days=3))
    other = somebody(room.rokia, "Une autre")
    with pytest.raises(Invalid, match="places"):
        enrolled(cohort, other, room.rokia)
    with pytest.raises(NotAllowed):
        training.change_cohort(
            cohort=cohort, capacity=2, ends_on=cohort.ends_on, place="", criteria="", by=room.kante
        )
    url = reverse("capacity:cohort_change", args=[cohort.public_id])
    typed = {"capacity": "2", "ends_on": "2026-03-06", "place": "Sévaré", "criteria": ""}
    client = browser(room.rokia)
    early = client.post(url, typed | {"ends_on": "2026-03-04"})
    assert (early.status_code, "après ce jour" in early.content.decode()) == (422, True)
    client.post(url, typed)
    enrolled(cohort, other, room.rokia)
    fewer = client.post(url, typed | {"capacity": "1"})
    assert (fewer.status_code, "Plus de personnes sont inscrites" in fewer.content.decode()) == (422, True)
    cohort.refresh_from_db()
    assert (cohort.capacity, cohort.place, cohort.history.count()) == (2, "Sévaré", 2)


def test_who_left_is_counted_by_reason(schoolroom: Schoolroom):
    room = schoolroom
    cohort = cohort_of(room, room.rokia)
    for name, reason in (("Une", "moved"), ("Deux", "security"), ("Trois", "security"), ("Quatre", "")):
        enrolment = enrolled(cohort, somebody(room.rokia, name), room.rokia)
        if reason:
            training.leave(enrolment=enrolment, left_on=DAY, left_for=reason, by=room.rokia)
    page = browser(room.reader).get(reverse("capacity:home"))
    assert page.context["left"] == [("insécurité", 2), ("mutation", 1)]


def test_a_certificate_comes_by_the_rule_and_can_be_taken_back(schoolroom: Schoolroom):
    room = schoolroom
    cohort, person = cohort_of(room, room.rokia), somebody(room.rokia)
    enrolment, session = enrolled(cohort, person, room.rokia), taught(room, cohort, room.rokia)
    assert results.lacks_of(enrolment) == ["attendance", "modules", "test"]
    completed(room, enrolment, session)
    results.certify(enrolment=enrolment, issued_on=DAY, signatories="OMP fictive", by=room.rokia)
    assert counted(room.reader, {}).certified().persons() == 1
    with pytest.raises(Invalid, match="déjà"):
        results.certify(enrolment=enrolment, issued_on=DAY, signatories="X", by=room.rokia)
    results.revoke(enrolment=enrolment, why="Erreur de nom", by=room.rokia)
    assert counted(room.rokia, {}).certified().persons() == 0
    assert [(row["due"], row["module"]) for row in refreshers(room.rokia)] == [
        (date(2027, 3, 2), room.module)
    ]
    assert refreshers(room.kante) == []


def test_attendance_is_what_is_ticked(schoolroom: Schoolroom):
    room = schoolroom
    cohort = cohort_of(room, room.rokia)
    enrolment, session = enrolled(cohort, somebody(room.rokia), room.rokia), taught(room, cohort, room.rokia)
    for ticked in ([1, 2, 3], [2, 4, 9], []):
        training.note_attendance(
            session=session, present=[(enrolment, half) for half in ticked], by=room.rokia
        )
        kept = list(session.attendances.values_list("half_day", flat=True))
        assert kept == [half for half in ticked if half <= 4]


def test_a_known_code_makes_the_next_version(schoolroom: Schoolroom):
    room = schoolroom
    again = catalogue.add_module(code="psp", title="Autre titre (inventé)", hours=10, by=room.rokia)
    cohort = cohort_of(room, room.rokia)
    mark = results.note_mark(
        enrolment=enrolled(cohort, somebody(room.rokia), room.rokia),
        competency=room.module.competencies.get(words="Orienter"), level=3, seen_on=DAY, by=room.rokia,
    )  # fmt: skip
    assert (again.code, again.version, mark.level) == ("PSP", 2, 3)
    with pytest.raises(Invalid, match="une des deux listes"):
        catalogue.add_pathway(
            title="X", cadre="community", modules=[again], optional=[again], attendance_percent=80, valid_from=DAY,
            by=room.rokia,
        )  # fmt: skip


def test_opening_balances_are_loaded_once_as_they_were_told(machine: Account):
    assert (load_register(by=machine), load_register(by=machine)) == (3, 0)
    told = list(OpeningBalance.objects.values_list("what", "count", "as_of"))
    since = date(2022, 7, 15)
    assert told == [("community", 218, since), ("focused", 142, since), ("groups", 11, since)]
