"""Opinions and decisions: who may not, what is refused, then what is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.incidents.models import Violation
from sutura.incidents.parts import SourcePart
from sutura.incidents.services import add_source
from sutura.ledger.models import Line
from sutura.people.models import Account
from sutura.verification.models import Opinion
from sutura.verification.services import decide, give_opinion, record_imported_decisions
from tests.people import cast

Say = Callable[..., Opinion]
Make = Callable[..., Violation]


@pytest.mark.parametrize("level", ["focal_point", "technical", "ctfmr"])
def test_nobody_without_the_role_speaks(
    document: Make, say: Say, awa: Account, oumar: Account, fatou: Account, level: str
) -> None:
    violation = document()
    for person in (awa, oumar, fatou):
        with pytest.raises(NotAllowed):
            say(violation, level, person)
    assert list(Opinion.objects.all()) == []


def test_a_focal_point_speaks_in_her_region_only(
    document: Make, say: Say, binta: Account, secretary: Account
) -> None:
    violation = document(by=secretary, place="ML0103")
    with pytest.raises(NotAllowed):
        say(violation, "focal_point", binta)


def test_levels_speak_in_order(
    document: Make, say: Say, binta: Account, moussa: Account, chair: Account
) -> None:
    violation = document()
    with pytest.raises(Invalid, match="manque"):
        say(violation, "technical", moussa)
    say(violation, "focal_point", binta, "pending")
    with pytest.raises(Invalid, match="manque"):
        say(violation, "technical", moussa)
    say(violation, "focal_point", binta)
    with pytest.raises(Invalid, match="manque"):
        say(violation, "ctfmr", chair)


def test_one_person_gives_one_level_only(document: Make, say: Say) -> None:
    both = cast("both", "regional_coordinator", "verification_panel")
    violation = document()
    say(violation, "focal_point", both)
    with pytest.raises(NotAllowed, match="autre niveau"):
        say(violation, "technical", both)
    say(violation, "focal_point", both, "could_not_verify")
    assert [each.status for each in Opinion.objects.all()] == ["verified", "could_not_verify"]


def test_who_documented_neither_advises_second_nor_decides(
    document: Make, say: Say, moussa: Account, chair: Account
) -> None:
    many = cast("many", "regional_coordinator", "verification_panel", "ctfmr_principal")
    opened = document(by=many)
    say(opened, "focal_point", many)
    say(opened, "technical", moussa)
    with pytest.raises(NotAllowed):
        say(opened, "ctfmr", many)
    violation = document()
    first = cast("first", "regional_coordinator")
    say(violation, "focal_point", first)
    part = SourcePart(violations=(violation.ref,), category="secondary")
    add_source(incident=violation.incident, part=part, by=many)
    with pytest.raises(NotAllowed, match="documenté"):
        say(violation, "technical", many)


def test_a_decision_sets_status_ledger_and_opinion_at_once(
    before_ctfmr: Make, chair: Account, happened: date
) -> None:
    violation = before_ctfmr()
    day = happened + timedelta(days=3)
    made = decide(violation=violation, status="verified", given_on=day, reason="Décidé en séance.", by=chair)
    violation.refresh_from_db()
    assert (violation.status, violation.decided_on) == ("verified", day)
    assert (made.level, made.primary_sources, made.secondary_sources, made.reopened) == ("ctfmr", 1, 0, False)
    lines = Line.objects.open().filter(violation_ref=violation.public_id)
    assert [(line.status, line.sex, line.count, line.decided_on) for line in lines] == [
        ("verified", "boy", 2, day)
    ]
    assert Entry.objects.filter(act="verification.decide", subject=str(violation.public_id)).count() == 1


def test_opinions_change_no_status_and_no_line(before_ctfmr: Make) -> None:
    violation = before_ctfmr()
    violation.refresh_from_db()
    assert (violation.status, violation.decided_on) == ("pending", None)
    assert [line.status for line in Line.objects.open().filter(violation_ref=violation.public_id)] == [
        "pending"
    ]


def test_dates_and_reasons(document: Make, say: Say, binta: Account, moussa: Account, happened: date) -> None:
    violation = document()
    wrong = {
        "given_on": (happened - timedelta(days=1), timezone.localdate() + timedelta(days=1)),
        "reason": ("", "   "),
    }
    for field, values in wrong.items():
        for value in values:
            with pytest.raises(Invalid) as refusal:
                say(violation, "focal_point", binta, **{field: value})
            assert refusal.value.field == field
    say(violation, "focal_point", binta, given_on=happened + timedelta(days=5))
    with pytest.raises(Invalid, match="précéder l’avis") as late:
        say(violation, "technical", moussa, given_on=happened + timedelta(days=4))
    assert late.value.field == "given_on"


def test_verified_needs_a_graded_primary_source_or_an_exception(
    document: Make, say: Say, binta: Account
) -> None:
    ungraded = SourcePart(violations=("v",), category="primary_victim", reliability="high")
    second = SourcePart(violations=("v",), category="secondary", reliability="high", credibility="high")
    for sources in ((), (second,), (ungraded, second)):
        violation = document(sources=sources)
        with pytest.raises(Invalid) as refusal:
            say(violation, "focal_point", binta)
        assert refusal.value.field == "exception"
        say(violation, "focal_point", binta, "could_not_verify")
        made = say(violation, "focal_point", binta, exception="Dossier médical et image satellite.")
        assert (made.exception, made.primary_sources) == (
            "Dossier médical et image satellite.",
            int(ungraded in sources),
        )


def test_no_exception_makes_a_child(document: Make, say: Say, binta: Account) -> None:
    violation = document(boys=0)
    with pytest.raises(Invalid, match="Aucun enfant"):
        say(violation, "focal_point", binta, exception="Raison.")


def test_the_minimum_is_a_setting(document: Make, say: Say, binta: Account, settings) -> None:
    settings.SUTURA_MIN_PRIMARY_SOURCES = 2
    violation = document()
    with pytest.raises(Invalid, match="Trop peu de sources primaires"):
        say(violation, "focal_point", binta)


def test_a_decided_violation_is_reopened_by_the_task_force_alone(
    before_ctfmr: Make, say: Say, binta: Account, moussa: Account, chair: Account
) -> None:
    violation = before_ctfmr()
    say(violation, "ctfmr", chair, "not_mrm")
    with pytest.raises(Invalid, match="rouvrir"):
        say(violation, "focal_point", binta)
    with pytest.raises(Invalid, match="raison|pourquoi"):
        say(violation, "ctfmr", chair, "pending", reason=" ")
    made = say(violation, "ctfmr", chair, "pending", reason="Un témoin nouveau.")
    assert (made.reopened, violation.status, violation.decided_on) == (True, "pending", None)
    with pytest.raises(Invalid, match="manque"):
        say(violation, "ctfmr", chair)
    say(violation, "focal_point", binta)
    say(violation, "technical", moussa)
    say(violation, "ctfmr", chair)
    violation.refresh_from_db()
    assert violation.status == "verified"
    assert Opinion.objects.filter(violation=violation).count() == 7


def test_a_decision_is_replaced_by_a_new_one_never_edited(
    before_ctfmr: Make, say: Say, chair: Account, happened: date
) -> None:
    violation = before_ctfmr()
    first = say(violation, "ctfmr", chair)
    with pytest.raises(Invalid, match="déjà"):
        say(violation, "ctfmr", chair)
    say(violation, "ctfmr", chair, "could_not_verify", reason="Récit retiré.")
    violation.refresh_from_db()
    assert violation.status == "could_not_verify"
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=first.pk).update(status="not_mrm")
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=first.pk).delete()


def test_a_void_violation_is_judged_by_nobody(
    before_ctfmr: Make, say: Say, chair: Account, secretary: Account
) -> None:
    from sutura.incidents.services import void_violation

    violation = before_ctfmr()
    void_violation(violation=violation, by=secretary, why="Saisie en double.")
    with pytest.raises(Invalid, match="nul"):
        say(violation, "ctfmr", chair)


def test_an_imported_status_has_its_opinion_once(
    document: Make, machine: Account, chair: Account, moussa: Account, happened: date
) -> None:
    from sutura.incidents.services import set_status

    pending, verified = document(), document()
    set_status(violation=verified, status="verified", decided_on=happened, by=machine)
    with pytest.raises(NotAllowed):
        record_imported_decisions(violations=[verified], by=moussa)
    made = record_imported_decisions(violations=[pending, verified], by=machine, why="classeur")
    assert [
        (each.violation, each.level, each.status, each.given_on, each.imported, each.reason) for each in made
    ] == [(verified, "ctfmr", "verified", happened, True, "classeur")]
    assert record_imported_decisions(violations=[pending, verified], by=machine) == []
    set_status(violation=verified, status="pending", by=machine)
    assert [each.reopened for each in record_imported_decisions(violations=[verified], by=machine)] == [True]


def test_an_imported_decision_can_be_undone_and_must_be_reopened_to_verify(
    document: Make, machine: Account, chair: Account, say: Say, happened: date
) -> None:
    from sutura.incidents.services import set_status

    violation = document()
    set_status(violation=violation, status="could_not_verify", decided_on=happened, by=machine)
    record_imported_decisions(violations=[violation], by=machine)
    with pytest.raises(Invalid, match="rouvrez"):
        say(violation, "ctfmr", chair)
    say(violation, "ctfmr", chair, "not_mrm")
    assert violation.status == "not_mrm"


def test_a_failed_decision_writes_nothing(
    before_ctfmr: Make, say: Say, chair: Account, secretary: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sutura.verification.services import opinions

    violation = before_ctfmr()

    def broken(**_facts: object) -> None:
        raise Invalid("cassé")

    monkeypatch.setattr(opinions, "set_status", broken)
    before = Opinion.objects.count()
    with pytest.raises(Invalid, match="cassé"):
        say(violation, "ctfmr", chair)
    assert Opinion.objects.count() == before


def test_unknown_words_are_refused(document: Make, binta: Account, happened: date, say: Say) -> None:
    violation = document()
    with pytest.raises(Invalid):
        say(violation, "focal_point", binta, "maybe")
    with pytest.raises(Invalid):
        give_opinion(
            violation=violation, level="boss", status="verified", given_on=happened, reason="x", by=binta
        )
