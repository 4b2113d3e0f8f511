"""No way round the three opinions: not by another service, an import, a sitting, a second role or a new account."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.roles import MACHINE, PERMISSIONS, ROLES
from sutura.audit.models import Entry
from sutura.incidents import services as incidents
from sutura.incidents.models import Violation
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.intake.services.imports import import_incidents
from sutura.ledger.models import Line, Posting
from sutura.parties.services import load_register as load_parties
from sutura.people import services as people
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.verification.models import Opinion
from sutura.verification.services import give_opinion
from tests.intake.workbooks import SOURCE, VIOLATION, book, csv_zip
from tests.laws.source import PACKAGE, called, python_files, tree
from tests.people import MOPTI, cast
from tests.registers import load_places
from tests.security.conftest import visiting

DAY = date(2026, 3, 1)


@pytest.fixture
def registers(machine: Account) -> None:
    load_places(by=machine)
    load_parties(by=machine)


@pytest.fixture
def violation(registers: None, awa: Account) -> Violation:
    """A violation of Mopti with a graded source, opened by Awa."""
    graded = SourcePart(violations=("v",), category="primary_witness", reliability="high", credibility="high")
    bundle = IncidentBundle(
        place=Unit.objects.get(code="ML0504"),
        occurred_on=date(2026, 2, 10),
        violations=(ViolationPart(key="v", type="killing", boys=2),),
        victims=(VictimPart(violations=("v",), sex="boy", age=9),),
        perpetrators=(PerpetratorPart(violations=("v",)),),
        sources=(graded,),
    )
    return incidents.open_incident(bundle=bundle, by=awa).violations.get()


def say(violation: Violation, level: str, by: Account, status: str = "verified") -> Opinion:
    return give_opinion(violation=violation, level=level, status=status, given_on=DAY, reason="Vu.", by=by)


def test_statuses_are_set_by_verification_alone():
    """The service that sets a status asks no opinion, so only the chapter which weighs opinions may call it."""
    callers = {
        str(path.relative_to(PACKAGE))
        for path in python_files()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and called(call) in {"set_status", "set_statuses"}
    }
    assert callers - {"incidents/services/statuses.py"} == {"verification/services/opinions.py"}


def test_who_holds_every_role_still_speaks_once(violation: Violation, binta: Account, moussa: Account):
    both = cast("both", "regional_coordinator", "verification_panel", "ctfmr_principal")
    say(violation, "focal_point", both)
    with pytest.raises(NotAllowed):
        say(violation, "technical", both)
    say(violation, "technical", moussa)
    with pytest.raises(NotAllowed):
        say(violation, "ctfmr", both)
    violation.refresh_from_db()
    assert violation.status == "pending"


DOCUMENTING: dict[str, Callable[[Violation, Account], Any]] = {
    "incident": lambda v, by: incidents.change_incident(incident=v.incident, by=by, title="Autre"),
    "violation": lambda v, by: incidents.change_violation(violation=v, by=by, girls=4),
    "detail": lambda v, by: incidents.change_detail(violation=v, by=by, notes="Autre"),
    "victim": lambda v, by: incidents.add_victim(
        incident=v.incident, part=VictimPart(violations=(v.ref,), sex="boy"), by=by
    ),
    "victim changed": lambda v, by: incidents.change_victim(victim=v.incident.victims.get(), by=by, age=4),
    "victim unlinked": lambda v, by: incidents.unlink_victim(link=v.victim_links.get(), by=by, why="x"),
    "fate": lambda v, by: incidents.change_victim_link(
        link=v.victim_links.get(), by=by, began_on=date(2026, 2, 11)
    ),
    "perpetrator": lambda v, by: incidents.add_perpetrator(
        incident=v.incident, part=PerpetratorPart(violations=(v.ref,)), by=by
    ),
    "perpetrator changed": lambda v, by: incidents.change_perpetrator(
        perpetrator=v.incident.perpetrators.get(), by=by, nexus="x"
    ),
    "parties": lambda v, by: incidents.set_parties(violation=v, parties=["JNIM"], by=by, why="x"),
    "source": lambda v, by: incidents.add_source(
        incident=v.incident, part=SourcePart(violations=(v.ref,), category="secondary"), by=by
    ),
    "source changed": lambda v, by: incidents.change_source(
        source=v.incident.sources.get(), by=by, credibility="low"
    ),
    "source unlinked": lambda v, by: incidents.unlink_source(link=v.source_links.get(), by=by, why="x"),
}


@pytest.mark.parametrize("what", DOCUMENTING)
def test_who_touched_the_file_judges_no_further_than_the_first_opinion(
    violation: Violation, binta: Account, what: str
):
    both = cast("both", "monitor", "verification_panel", "ctfmr_principal", regions=(MOPTI,))
    say(violation, "focal_point", binta)
    DOCUMENTING[what](Violation.objects.get(pk=violation.pk), both)
    for level in ("technical", "ctfmr"):
        with pytest.raises(NotAllowed):
            say(Violation.objects.get(pk=violation.pk), level, both)


def test_who_changed_a_file_by_an_import_does_not_judge_it(
    registers: None, secretary: Account, binta: Account
):
    """Rows imported by one person, changed by the file of another: neither judges."""
    pending = VIOLATION | {"status": "pending", "decided_on": None}
    assert (
        import_incidents(source=csv_zip(book(violations=[pending], sources=[SOURCE])), by=secretary).faults
        == []
    )
    both = cast("both", "secretariat", "verification_panel", "ctfmr_principal")
    worse = csv_zip(
        book(violations=[pending | {"boys": 9}], sources=[SOURCE | {"category": "primary_witness"}])
    )
    assert import_incidents(source=worse, by=both).faults == []
    violation = Violation.objects.get()
    assert violation.boys == 9
    say(violation, "focal_point", binta, "could_not_verify")
    for person in (secretary, both):
        for level in ("technical", "ctfmr"):
            with pytest.raises(NotAllowed):
                say(violation, level, person, "could_not_verify")


def test_an_imported_decision_says_so_and_names_who_imported(registers: None, secretary: Account):
    """A file may bring decisions (the format asks it): each is marked for what it is, for ever."""
    assert import_incidents(source=csv_zip(book(sources=[SOURCE])), by=secretary).faults == []
    opinion = Opinion.objects.get()
    assert (opinion.level, opinion.status, opinion.imported, opinion.by) == (
        "ctfmr",
        "verified",
        True,
        secretary,
    )


def test_a_monitor_opens_nothing_verified_where_she_may_not_import(registers: None):
    """Importing in Kayes and documenting in Mopti do not add up to importing in Mopti."""
    both = cast("both", "monitor", regions=(MOPTI,))
    people.give_grant(
        by=people.machine("tests"), account=both, role="secretariat", regions=["ML01"], purpose="x",
        starts_on=timezone.localdate(), ends_on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    both = Account.objects.get(pk=both.pk)
    decided = ViolationPart(type="killing", key="v", boys=1, status="verified", decided_on=DAY)
    bundle = IncidentBundle(
        place=Unit.objects.get(code="ML0504"), occurred_on=date(2026, 2, 10), violations=(decided,)
    )
    with pytest.raises(NotAllowed):
        incidents.open_incident(bundle=bundle, by=both)
    with pytest.raises(NotAllowed):
        import_incidents(source=csv_zip(book()), by=both)
    assert not Violation.objects.exists()


def test_nobody_is_given_the_role_of_a_command(machine: Account, awa: Account, keeper: Account):
    """It may give every opinion; a person who holds it needs nobody else."""
    for by in (machine, keeper):
        with pytest.raises(Invalid):
            grant(by, awa, MACHINE)
    with pytest.raises(Invalid):
        grant(keeper, machine, "monitor")


def grant(by: Account, account: Account, role: str, **where: Any) -> Any:
    today = timezone.localdate()
    given = where or {"everywhere": True}
    return people.give_grant(
        by=by,
        account=account,
        role=role,
        purpose="x",
        starts_on=today,
        ends_on=today + timedelta(days=9),
        **given,
    )


def test_who_keeps_accounts_of_a_region_gives_no_grant(awa: Account, oumar: Account):
    """An account may reach any region: a keeper of Kayes could else make a reader of Mopti."""
    keeper = cast("keeper", "account_keeper", "protection_lead", regions=("ML01",))
    for where in ({"regions": ["ML05"]}, {"regions": ["ML01"]}, {}):
        with pytest.raises(NotAllowed):
            grant(keeper, oumar, "monitor", **where)
    with pytest.raises(NotAllowed):
        people.open_account(by=keeper, username="new", password="x" * 12)
    with pytest.raises(NotAllowed):
        people.withdraw_grant(by=keeper, grant=awa.grants.get(role="monitor"), why="x")
    with pytest.raises(NotAllowed):
        people.set_active(by=keeper, account=awa, active=False, why="x")
    waiting = grant(cast("other", "account_keeper"), oumar, "auditor")
    with pytest.raises(NotAllowed):
        people.approve_grant(by=keeper, grant=waiting)


def test_a_keeper_with_a_second_account_of_her_own_gets_nothing_past_coordination(
    keeper: Account, lead: Account
):
    """She opens an account under another name and proposes it every role: each waits for a real second person."""
    twin = people.open_account(by=keeper, username="twin", password="x" * 12)
    for role in set(ROLES) - {MACHINE}:
        given = grant(keeper, twin, role)
        assert (given.approved_at is None) is (given.tier > "S1")
        if given.approved_at is None:
            for who in (keeper, twin):
                with pytest.raises(NotAllowed):
                    people.approve_grant(by=who, grant=given)
    allowed = {name for name in PERMISSIONS if Account.objects.get(pk=twin.pk).may(name)}
    of_coordination = {"coordination.read", "coordination.manage", "partners.manage"}
    of_the_map = {"mhpss.read", "mhpss.propose", "mhpss.review", "capacity.read"}
    of_figures = {f"indicators.{what}" for what in ("read", "write", "report", "accept")} | {
        "response.counts"
    }
    assert allowed == {"alerts.create"} | of_coordination | of_the_map | of_figures


def test_who_opened_an_account_never_approves_its_grants(keeper: Account, lead: Account):
    """Two keepers: the first opens, the second proposes; the first is still no second person."""
    second = cast("second", "account_keeper")
    opened = people.open_account(by=keeper, username="opened", password="x" * 12)
    given = grant(second, opened, "verification_panel")
    for who in (keeper, second):
        with pytest.raises(NotAllowed):
            people.approve_grant(by=who, grant=given)
    people.approve_grant(by=lead, grant=given)
    assert Account.objects.get(pk=opened.pk).may("verification.technical")


def test_history_is_rewritten_by_nobody(violation: Violation, binta: Account):
    """The last guard is the database: opinions, versions, the log, postings and superseded lines."""
    say(violation, "focal_point", binta)
    tables = [
        model._meta.db_table
        for model in (
            Opinion,
            Entry,
            Posting,
            type(violation).history.model,
            type(violation.incident).history.model,
        )
    ]
    for table in tables:
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}") if "histor" not in table else (
            f"UPDATE {table} SET history_change_reason = 'x'", f"DELETE FROM {table}",
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Line._meta.db_table}")


def test_reading_in_mopti_and_exporting_in_kayes_do_not_take_mopti_away(violation: Violation):
    both = cast("both", "monitor", regions=(MOPTI,))
    grant(people.machine("tests"), both, "verification_panel", regions=["ML01"])
    both = Account.objects.get(pk=both.pk)
    for name in ("figures.json", "figures.xlsx", "note.docx", "note.html"):
        assert visiting(both).get(f"/disclosure/ghn/2026-Q1/{name}").status_code == 403
    assert not Entry.objects.filter(act="disclosure.download").exists()
