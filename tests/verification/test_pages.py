"""The bench and the judgement of a violation: refused first, then shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.rules import scope
from sutura.incidents.models import Violation
from sutura.people.models import Account
from sutura.ui import wording
from sutura.verification import bench, rules
from sutura.verification.evidence import given_on
from sutura.verification.models import Opinion

Make = Callable[..., Violation]
Say = Callable[..., Opinion]
Visit = Callable[[Account], Client]
BENCH = "/verification/"
ACCOUNT, RESTRICTED = "engin explosif près du puits", "Le père du plus jeune"


def judged(violation: Violation) -> str:
    return reverse("verification:violation", args=[violation.public_id])


def spoken(violation: Violation, level: str) -> str:
    return reverse("verification:opinion", args=[violation.public_id, level])


def typed(level: str, on: date, status: str = "verified", reason: str = "Deux récits.") -> dict[str, str]:
    return {f"{level}-status": status, f"{level}-given_on": on.isoformat(), f"{level}-reason": reason}


def test_oumar_sees_nothing_of_mopti_and_fatou_nothing(
    document: Make, visit: Visit, oumar: Account, fatou: Account, awa: Account
) -> None:
    violation = document()
    assert violation.ref in visit(awa).get(BENCH).content.decode()
    page = visit(oumar).get(BENCH)
    assert (page.status_code, violation.ref in page.content.decode()) == (200, False)
    assert visit(oumar).get(judged(violation)).status_code == 404
    assert visit(oumar).post(spoken(violation, "focal_point")).status_code == 403
    for address in (BENCH, judged(violation)):
        assert visit(fatou).get(address).status_code == 403
    assert visit(fatou).post(spoken(violation, "focal_point")).status_code == 403


def test_awa_sees_the_bench_of_mopti_and_decides_nothing(document: Make, visit: Visit, awa: Account) -> None:
    violation = document()
    page = visit(awa).get(judged(violation)).content.decode()
    assert '<form method="post" action="/verification/' not in page
    for level in rules.LEVELS:
        assert (
            visit(awa).post(spoken(violation, level), typed(level, timezone.localdate())).status_code == 403
        )
    assert Opinion.objects.count() == 0


def test_a_principal_reads_the_shareable_account_only(
    before_ctfmr: Make, visit: Visit, chair: Account, moussa: Account
) -> None:
    violation = before_ctfmr()
    page = visit(moussa).get(judged(violation)).content.decode()
    assert [words in page for words in (ACCOUNT, "Récit restreint", RESTRICTED, "ONG")] == [
        True,
        True,
        False,
        True,
    ]
    page = visit(chair).get(judged(violation)).content.decode()
    assert [words in page for words in (ACCOUNT, RESTRICTED, "ONG")] == [True, False, False]


def test_the_first_opinion_then_the_page_says_whom_it_waits_for(
    document: Make, visit: Visit, binta: Account, moussa: Account, happened: date
) -> None:
    violation = document()
    browser = visit(binta)
    assert "Aucun statut ni aucun chiffre ne change." in browser.get(judged(violation)).content.decode()
    wrong = browser.post(spoken(violation, "focal_point"), typed("focal_point", happened - timedelta(days=1)))
    assert (wrong.status_code, "précéder l’incident" in wrong.content.decode()) == (422, True)
    assert "Deux récits." in wrong.content.decode()
    answer = browser.post(spoken(violation, "focal_point"), typed("focal_point", happened))
    assert answer["Location"] == judged(violation)
    page = visit(moussa).get(judged(violation)).content.decode()
    assert [words in page for words in ("Binta", "Deux récits.", "Donner cet avis")] == [True, True, True]
    assert "autre niveau" not in page


def test_whoever_spoke_at_another_level_is_told_why_not(
    before_ctfmr: Make, visit: Visit, moussa: Account, machine: Account
) -> None:
    from sutura.people.services import give_grant

    violation = before_ctfmr()
    today = timezone.localdate()
    give_grant(
        by=machine,
        account=moussa,
        role="ctfmr_principal",
        everywhere=True,
        purpose="test",
        starts_on=today,
        ends_on=today,
    )
    moussa = Account.objects.get(pk=moussa.pk)
    page = visit(moussa).get(judged(violation)).content.decode()
    assert "Vous avez donné l’avis d’un autre niveau" in page
    answer = visit(moussa).post(spoken(violation, "ctfmr"), typed("ctfmr", today))
    assert answer.status_code == 422
    assert Opinion.objects.of_level("ctfmr").count() == 0


def test_the_task_force_is_told_what_follows_and_decides(
    before_ctfmr: Make, visit: Visit, chair: Account, happened: date
) -> None:
    violation = before_ctfmr()
    browser = visit(chair)
    page = browser.get(judged(violation)).content.decode()
    assert f"2 enfants entrent dans les chiffres de {wording.quarter(timezone.localdate())}" in page
    browser.post(spoken(violation, "ctfmr"), typed("ctfmr", happened + timedelta(days=2)))
    violation.refresh_from_db()
    assert (violation.status, violation.decided_on) == ("verified", happened + timedelta(days=2))
    assert "Rouvrir\u202f: remettre en attente" in browser.get(judged(violation)).content.decode()


def test_a_level_that_is_none(document: Make, visit: Visit, binta: Account, happened: date) -> None:
    assert visit(binta).post(spoken(document(), "minister"), typed("minister", happened)).status_code == 404


def test_the_bench_by_age_region_type_and_stage(
    document: Make, say: Say, visit: Visit, binta: Account, awa: Account
) -> None:
    now = timezone.now()
    old = document(type="killing", more={"added_at": now - timedelta(days=95)})
    mid = document(more={"added_at": now - timedelta(days=45)})
    new = document()
    say(mid, "focal_point", binta)
    refs = {"old": old.ref, "mid": mid.ref, "new": new.ref}

    def shown(query: str = "") -> list[str]:
        page = visit(awa).get(f"{BENCH}{query}").content.decode()
        found = [(page.index(ref), name) for name, ref in refs.items() if ref in page]
        return [name for _at, name in sorted(found)]

    assert shown() == ["old", "mid", "new"]
    assert [shown(f"?age={days}") for days in (30, 60, 90)] == [["old", "mid"], ["old"], ["old"]]
    assert shown("?type=killing") == ["old"]
    assert shown("?stage=technical") == ["mid"]
    assert shown("?stage=focal_point&age=30") == ["old"]
    assert shown("?region=ML01") == ["old", "mid", "new"]
    page = visit(awa).get(BENCH).content.decode()
    assert "Aucun âge, ni note" in page
    assert "plus de 90" in page


def test_the_bench_in_pages(document: Make, awa: Account) -> None:
    made = [document() for _n in range(5)]
    found = bench.waiting(awa)
    first = bench.page(found, size=2)
    second = bench.page(found, after=first.after, size=2)
    third = bench.page(found, after=second.after, size=2)
    assert [*first.rows, *second.rows, *third.rows] == made
    assert (first.before, third.after) == ("", "")
    back = bench.page(found, before=second.before, size=2)
    assert (back.rows, back.before) == (first.rows, "")
    assert bench.page(found, after="nonsense", size=2).rows == made[:2]


def test_stages_in_sql_are_stages_in_python(
    document: Make, say: Say, binta: Account, moussa: Account, chair: Account
) -> None:
    stories = [
        [],
        [("focal_point", binta, "pending")],
        [("focal_point", binta, "verified")],
        [("focal_point", binta, "verified"), ("technical", moussa, "pending")],
        [("focal_point", binta, "verified"), ("technical", moussa, "not_mrm")],
        [("focal_point", binta, "verified"), ("technical", moussa, "verified"), ("ctfmr", chair, "pending")],
        [("focal_point", binta, "verified"), ("technical", moussa, "verified"), ("focal_point", binta, "pending")],
        [
            ("focal_point", binta, "verified"), ("technical", moussa, "verified"),
            ("ctfmr", chair, "not_mrm"), ("ctfmr", chair, "pending"),
        ],
    ]  # fmt: skip
    for story in stories:
        violation = document()
        for level, person, status in story:
            say(violation, level, person, status)
    waiting = list(bench.waiting(chair))
    given = given_on(waiting)
    for level in rules.LEVELS:
        wanted = [v for v in waiting if rules.stage(v.status, given.get(v.pk, [])) == level]
        assert wanted
        assert list(Opinion.objects.waiting_for(bench.waiting(chair).order_by("id"), level)) == wanted


def test_what_awaits_me(
    before_ctfmr: Make,
    document: Make,
    say: Say,
    binta: Account,
    moussa: Account,
    chair: Account,
    oumar: Account,
) -> None:
    first, third = document(), before_ctfmr()
    assert list(bench.awaiting(binta, "focal_point")) == [first]
    assert list(bench.awaiting(moussa, "technical")) == []
    assert list(bench.awaiting(chair, "ctfmr")) == [third]
    assert list(bench.awaiting(oumar, "focal_point")) == []
    assert Violation.objects.filter(scope(oumar, "verification.focal_point")).count() == 0


@pytest.mark.parametrize("query", ["", "?age=30&stage=focal_point"])
def test_statements_of_the_bench(
    document: Make, visit: Visit, awa: Account, django_assert_num_queries, query: str
) -> None:
    then = timezone.now() - timedelta(days=40)
    browser = visit(awa)
    for wanted in (1, 3):
        while Violation.objects.count() < wanted:
            document(more={"added_at": then})
        with django_assert_num_queries(11):
            browser.get(BENCH + query)


def test_statements_of_a_judgement(
    before_ctfmr: Make, visit: Visit, chair: Account, django_assert_num_queries
) -> None:
    violation, browser = before_ctfmr(), visit(chair)
    with django_assert_num_queries(15):
        browser.get(judged(violation))
