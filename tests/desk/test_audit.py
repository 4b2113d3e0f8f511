"""The log of acts: one's own for everybody, all of it for the auditor; every act in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sutura.audit import anchors
from sutura.audit.models import Entry
from sutura.audit.services import record
from sutura.desk.trail import page
from sutura.incidents.models import Violation
from sutura.people.models import Account
from sutura.people.services import withdraw_grant
from sutura.security import signing
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
        return [row.subject for row in page(auditor, chosen, "").rows if row.subject.startswith("x")]

    assert found() == ["x3", "x2", "x1"]
    assert found(actor="awa") == found(actor="Awa") == ["x2", "x1"]
    assert found(act="alerts.receive") == ["x3", "x2"]
    assert found(record="x1") == ["x1"]
    assert found(first=today, last=today) == ["x3", "x2", "x1"]
    assert found(last=today - timedelta(days=1)) == []


def test_acts_are_told_in_words_and_in_pages(awa: Account, visit: Visit) -> None:
    for number in range(60):
        record(awa, "incidents.change_incident", of=f"n{number:02d}")
    first = page(awa, {}, "")
    rest = page(awa, {}, first.older)
    told = [row.subject for row in [*first.rows, *rest.rows] if row.subject.startswith("n")]
    assert told == [f"n{number:02d}" for number in reversed(range(60))]
    assert (len(first.rows), rest.older) == (50, "")
    assert "A changé un incident" in visit(awa).get("/audit/").content.decode()
    record(awa, "old.act", of="y")
    assert page(awa, {}, "").rows[0].act == "old.act"


@pytest.mark.parametrize("wanted", [1, 3])
def test_statements_of_the_log(wanted: int, awa: Account, visit: Visit, django_assert_num_queries) -> None:
    for _n in range(wanted):
        record(awa, "alerts.receive")
    browser = visit(awa)
    with django_assert_num_queries(5):  # one more for the account whose key was made
        browser.get("/audit/")
    assert Entry.objects.visible_to(awa).exclude(act="vault.make_key").count() == wanted


def test_who_did_what_to_a_record_is_for_the_auditor_and_its_owner(
    visit: Visit,
    document: Callable[..., Violation],
    awa: Account,
    moussa: Account,
    oumar: Account,
    auditor: Account,
) -> None:
    incident = document(by=awa).incident
    record(moussa, "incidents.read_attachment", of=incident.sources.get())  # a part of it
    address = f"/audit/?record={incident.ref}"
    assert "Moussa" not in visit(oumar).get(address).content.decode()  # another region: nothing of it exists
    hawa = cast("hawa", "verification_panel")  # reads the incident, and did not open it
    assert "Moussa" not in visit(hawa).get(address).content.decode()
    for reader in (awa, auditor):
        told = visit(reader).get(address).content.decode()
        assert ("Moussa" in told, f"{incident.ref}</a>" in told, str(incident.public_id) in told) == (
            True,
            True,
            False,
        )


def test_an_owner_who_lost_her_grant_sees_her_own_acts_only(
    document: Callable[..., Violation], awa: Account, moussa: Account, machine: Account
) -> None:
    incident = document(by=awa).incident
    record(moussa, "incidents.read_attachment", of=incident)
    assert {row.account for row in page(awa, {"record": incident.ref}, "").rows} == {"awa", "moussa"}
    for grant in awa.grants_in_force():
        withdraw_grant(by=machine, grant=grant, why="leaves")
    awa = Account.objects.get(pk=awa.pk)
    assert {row.account for row in page(awa, {"record": incident.ref}, "").rows} == {"awa"}


def test_accounts_and_records_are_told_by_their_names(
    auditor: Account, awa: Account, machine: Account
) -> None:
    record(awa, "people.open_account", of=awa, fields="name organisation")
    record(None, "people.sign_in", of="gone")
    Entry.objects.create(actor_id=0, actor="was-here", act="x.y", kind="old.kind", subject="12")
    told = {row.account: (row.actor, row.kind, row.record) for row in page(auditor, {}, "").rows[:4]}
    assert told["was-here"] == ("was-here", "old.kind", "12")
    assert told["?"] == ("?", "", "gone")
    rows = page(auditor, {"record": "awa", "act": "people.open_account"}, "").rows
    assert {(row.kind, row.record, row.fields) for row in rows} == {
        ("compte", "awa", ""),
        ("compte", "awa", "nom complet, organisation"),
    }
    assert ("Awa", "awa") in {(row.actor, row.account) for row in rows}


def test_the_sheet_of_an_anchor_is_for_the_auditor(visit: Visit, awa: Account, auditor: Account) -> None:
    assert visit(awa).get("/audit/anchor/").status_code == 403
    assert "/audit/anchor/" not in visit(awa).get("/audit/").content.decode()
    assert "/audit/anchor/" in visit(auditor).get("/audit/").content.decode()
    answer = visit(auditor).get("/audit/anchor/")
    verdict = anchors.verify([answer.context["line"]], [signing.public(anchors.key_file())])
    assert (verdict.anchors, verdict.forged) == (1, [])
    assert answer.context["picture"].startswith("data:image/svg+xml;base64,")
    assert "A ancré le journal" in visit(auditor).get("/audit/").content.decode()
