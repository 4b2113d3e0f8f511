"""The second wall on PostgreSQL: as the server's role, with no rule of ours in between, rows are those of the actor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from sutura.access.acting import acting, beyond
from sutura.alerts import services as alerts
from sutura.alerts.models import Alert
from sutura.audit.services import keep_changes
from sutura.config.postgresql import policies, rights
from sutura.config.postgresql.walls import WALLS
from sutura.incidents import services as incidents
from sutura.incidents.models import Incident, Victim, Violation
from sutura.ledger.models import Line
from sutura.people import services as people
from sutura.people.models import Account, Grant
from sutura.places.models import Unit
from tests.laws.test_scope import bundle
from tests.people import cast
from tests.walls import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
Facts = dict[str, Incident]


def seen() -> list[str]:
    """The regions of all incidents that a question without any rule finds."""
    return sorted(Incident.objects.values_list("region", flat=True))


def test_the_tests_themselves_act_as_the_servers_role(db: None) -> None:
    assert policies.ask("SELECT current_user::text") == [("sutura_server",)]
    assert (rights.owns(), rights.rewrites(), rights.makes_tables()) == (False, False, False)


def test_a_forgotten_rule_still_gives_her_region_only(facts: Facts, awa: Account, secretary: Account) -> None:
    assert seen() == ["", "ML01", "ML05"]
    with acting(awa):
        assert seen() == ["ML05"]
        assert Incident.objects.filter(pk=facts["kayes"].pk).first() is None
        assert list(Victim.objects.values_list("incident", flat=True)) == [facts["mopti"].pk]
        assert set(Incident.history.values_list("region", flat=True)) == {"ML05"}
    with acting(secretary):
        assert seen() == ["", "ML01", "ML05"]


def test_without_a_name_nothing_is_found(facts: Facts, fatou: Account) -> None:
    for stranger in (None, fatou, Account(username="x")):
        with acting(stranger):
            found = [policies.ask(f"SELECT count(*) FROM {table}")[0][0] for table in policies.tables()]
            assert found == [0] * len(found)


def test_every_table_behind_the_wall_has_rows_of_mopti_for_awa_alone(
    facts: Facts, awa: Account, oumar: Account
) -> None:
    """One of everything was opened: what Awa finds in Mopti, Oumar does not; together never all."""
    count = "SELECT count(*) FROM {}"
    for table in ("incidents_victimlink", "incidents_perpetrator", "incidents_sourcelink", "ledger_line"):
        found = []
        for reader in (awa, oumar):
            with acting(reader):
                found.append(policies.ask(count.format(table))[0][0])
        assert (found, policies.ask(count.format(table))[0][0]) == ([1, 1], 3)


@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_at": timezone.now()},
        {"approved_at": None, "approved_by": None},
        {"ends_on": timezone.localdate() - timedelta(days=1)},
        {"starts_on": timezone.localdate() + timedelta(days=1)},
        {"tier": "S1"},
        {"role": "coordinator"},
        {"regions": "ML01 ML02"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_grant_changed_takes_effect_on_the_next_statement(
    facts: Facts, awa: Account, change: dict[str, Any]
) -> None:
    with acting(awa):
        assert seen() == ["ML05"]
        Grant.objects.filter(account=awa).update(starts_on=timezone.localdate() - timedelta(days=9))
        Grant.objects.filter(account=awa).update(**change)
        assert seen() == (["ML01"] if "regions" in change else [])


def test_a_disabled_account_finds_nothing(facts: Facts, awa: Account, machine: Account) -> None:
    with acting(awa):
        people.set_active(by=machine, account=awa, active=False, why="leaves")
        assert seen() == []


def test_the_region_of_one_permission_opens_no_other(facts: Facts) -> None:
    """She documents in Mopti and sends alerts from Kayes: Kayes opens nothing but her alerts."""
    both = cast("both", "monitor", regions=("ML05",))
    machine = people.machine("tests")
    people.give_grant(
        by=machine, account=both, role="alert_partner", regions=("ML01",), purpose="x",
        starts_on=timezone.localdate(), ends_on=timezone.localdate(),
    )  # fmt: skip
    with acting(both):
        assert seen() == ["ML05"]


def test_nothing_is_written_into_another_region(facts: Facts, awa: Account, machine: Account) -> None:
    mopti, kayes = facts["mopti"], facts["kayes"]
    with acting(awa), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        incidents.open_incident(bundle=bundle(kayes.place), by=machine)
    with acting(awa), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Incident.objects.filter(pk=mopti.pk).update(region="ML01")
    with acting(awa):
        assert Incident.objects.filter(pk=kayes.pk).update(title="taken") == 0
        assert Victim.objects.filter(incident=kayes).delete()[0] == 0
    assert Victim.objects.filter(incident=kayes).count() == 1


def test_a_reader_writes_nothing_even_in_her_region(facts: Facts, chair: Account) -> None:
    with acting(chair):
        assert seen() == ["", "ML01", "ML05"]
        assert Incident.objects.update(title="taken") == 0


def test_nobody_writes_figures(facts: Facts, secretary: Account) -> None:
    with acting(secretary):
        assert Line.objects.count() == 3
        assert Line.objects.update(superseded_at=timezone.now()) == 0


def test_an_alert_partner_finds_what_she_told_and_nothing_else(
    places: dict[str, Unit], machine: Account
) -> None:
    told = {
        "types": ["killing"],
        "party_type": "unidentified",
        "source_category": "witness",
        "access": "unknown",
    }
    alerts.receive(by=machine, place=places["kayes"], **told)
    partner = cast("partner", "alert_partner", regions=("ML01",))
    with acting(partner):
        own = alerts.receive(by=partner, place=places["mopti"], **told)
        assert [alert.pk for alert in Alert.objects.all()] == [own.pk]
        assert set(Alert.history.values_list("id", flat=True)) == {own.pk}
        assert Alert.objects.update(access="red") == 0


def test_a_version_follows_its_record_into_another_region(facts: Facts, awa: Account, oumar: Account) -> None:
    moved = facts["mopti"]
    moved.region = "ML01"
    keep_changes([moved], ["region"], by=awa)
    with acting(oumar):
        assert set(Incident.history.filter(id=moved.pk).values_list("region", flat=True)) == {"ML05", "ML01"}
    with acting(awa):
        assert Incident.history.filter(id=moved.pk).count() == 0


def savepoint_rolled_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert seen() == ["ML05"]
        with beyond("a test"):
            assert len(seen()) == 3
        raise ZeroDivisionError


def beyond_around_another() -> None:
    """The database goes back to `beyond`, told before the savepoint; the next question must not profit."""
    with beyond("a test"):
        assert len(seen()) == 3
        with pytest.raises(ZeroDivisionError), transaction.atomic(), acting(None):
            assert seen() == []
            raise ZeroDivisionError


def refused_by_the_database() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        policies.run(["SELECT * FROM no_such_table"])


@pytest.mark.parametrize("before", [savepoint_rolled_back, beyond_around_another, refused_by_the_database])
def test_whatever_was_rolled_back_the_name_holds(
    facts: Facts, awa: Account, before: Callable[[], None]
) -> None:
    with acting(awa):
        before()
        assert seen() == ["ML05"]
        with transaction.atomic():
            before()
            assert seen() == ["ML05"]


def test_the_walls_stand_as_the_law_says_and_a_change_is_noticed(db: None) -> None:
    assert policies.stand()
    for change in (
        "CREATE POLICY open ON alerts_alert FOR SELECT USING (true)",
        "ALTER TABLE ledger_cell NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE incidents_victim DISABLE ROW LEVEL SECURITY",
        "DROP POLICY sutura_update ON incidents_incident",
        "CREATE OR REPLACE FUNCTION sutura_regions(VARIADIC openers text[]) RETURNS text[] LANGUAGE sql"
        " AS $$SELECT '{*}'::text[]$$",
    ):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), as_owner():
            policies.run([change])
            assert not policies.stand()
            raise ZeroDivisionError
    assert policies.stand()


def test_a_law_changed_since_is_noticed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WALLS, "alerts.Alert", WALLS["alerts.AccessNote"])
    assert not policies.stand()


def test_violations_are_found_by_their_own_region(facts: Facts, awa: Account) -> None:
    with acting(awa), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (COSTS OFF) SELECT id FROM incidents_violation WHERE region = 'ML05'")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        assert (plan.count("InitPlan"), "SubPlan" in plan) == (2, False)
        assert list(Violation.objects.values_list("region", flat=True)) == ["ML05"]
