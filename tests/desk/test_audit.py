"""The log of acts: one's own for everybody, all of it for the auditor; every act in words."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sutura.audit.models import Entry
from sutura.audit.services import record
from sutura.desk.choices import ACTS
from sutura.desk.trail import lines
from sutura.people.models import Account
from tests.laws.source import called, layer, tree
from tests.people import cast

Visit = Callable[[Account], Client]


@pytest.fixture
def auditor(db: None) -> Account:
    return cast("auditor", "auditor")


def test_everybody_else_reads_their_own_acts_only(
    visit: Visit, oumar: Account, awa: Account, auditor: Account
) -> None:
    record(awa, "incidents.change_incident", of="numéro-caché", fields="place")
    record(oumar, "alerts.receive", of="alerte-de-kayes")
    page = visit(oumar).get("/audit/").content.decode()
    assert ("numéro-caché" in page, "alerte-de-kayes" in page) == (False, True)
    assert "numéro-caché" not in visit(oumar).get("/audit/?actor=awa").content.decode()
    page = visit(auditor).get("/audit/").content.decode()
    assert ("numéro-caché" in page, "alerte-de-kayes" in page) == (True, True)


def test_the_auditor_filters_by_person_act_record_and_day(
    auditor: Account, awa: Account, oumar: Account
) -> None:
    record(awa, "incidents.change_incident", of="x1")
    record(awa, "alerts.receive", of="x2")
    record(oumar, "alerts.receive", of="x3")
    today = timezone.localdate()

    def found(**chosen: object) -> list[str]:
        rows, _older = lines(auditor, chosen, "")
        return [row.subject for row in rows if row.subject.startswith("x")]

    assert found() == ["x3", "x2", "x1"]
    assert found(actor="awa") == ["x2", "x1"]
    assert found(act="alerts.receive") == ["x3", "x2"]
    assert found(record="x1") == ["x1"]
    assert found(first=today, last=today) == ["x3", "x2", "x1"]
    assert found(last=today - timedelta(days=1)) == []


def test_acts_are_told_in_words_and_in_pages(awa: Account, visit: Visit) -> None:
    for number in range(60):
        record(awa, "incidents.change_incident", of=f"n{number:02d}")
    rows, older = lines(awa, {}, "")
    rest, end = lines(awa, {}, older)
    assert [row.subject for row in [*rows, *rest]] == [f"n{number:02d}" for number in reversed(range(60))]
    assert (len(rows), end) == (50, "")
    assert "A changé un incident" in visit(awa).get("/audit/").content.decode()
    record(awa, "old.act", of="y")
    assert lines(awa, {}, "")[0][0].act == "old.act"


@pytest.mark.parametrize("wanted", [1, 3])
def test_statements_of_the_log(wanted: int, awa: Account, visit: Visit, django_assert_num_queries) -> None:
    for _n in range(wanted):
        record(awa, "alerts.receive")
    browser = visit(awa)
    with django_assert_num_queries(4):
        browser.get("/audit/")
    assert Entry.objects.visible_to(awa).count() == wanted


def test_every_act_of_the_code_has_its_words() -> None:
    told = {
        argument.value
        for path in layer("services")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and called(call) == "record"
        for argument in call.args[1:2]
        if isinstance(argument, ast.Constant)
    }
    assert told
    assert sorted(told - ACTS.keys()) == []
