"""Who acts is said for one transaction at a time: nothing of it stays on a connection for whoever comes next."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from sutura.access.acting import acting
from sutura.config.postgresql import policies
from sutura.incidents.models import Incident, YearCount
from sutura.people.models import Account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def told() -> str:
    """The name on the connection itself, asked past our own backend."""
    assert connection.connection is not None
    with connection.connection.cursor() as cursor:
        return str(cursor.execute("SELECT coalesce(current_setting('app.uid', true), '')").fetchone()[0])


def seen() -> list[str]:
    return sorted(Incident.objects.values_list("region", flat=True))


@pytest.fixture
def outside(facts: dict[str, Incident]) -> None:
    """Statements each in a transaction of their own."""
    assert connection.get_autocommit()


def test_two_requests_on_one_connection_share_nothing(outside: None, awa: Account, oumar: Account) -> None:
    for account, regions in ((awa, ["ML05"]), (oumar, ["ML01"]), (None, [])):
        with acting(account):
            assert (seen(), told()) == (regions, "")


def test_the_name_leaves_with_the_transaction(outside: None, awa: Account) -> None:
    with acting(awa):
        with transaction.atomic():
            assert (seen(), told()) == (["ML05"], str(awa.pk))
        assert (told(), seen()) == ("", ["ML05"])
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert seen() == ["ML05"]
            raise ZeroDivisionError
        assert (told(), seen()) == ("", ["ML05"])
    with transaction.atomic(), acting(None):
        assert (seen(), told()) == ([], "")


def test_a_cursor_on_the_server_and_many_rows_at_once_go_with_the_name(outside: None, awa: Account) -> None:
    with acting(awa):
        assert [incident.region for incident in Incident.objects.iterator(chunk_size=1)] == ["ML05"]
        with transaction.atomic():
            assert [incident.region for incident in Incident.objects.iterator(chunk_size=1)] == ["ML05"]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO incidents_yearcount VALUES (%s, %s)", [(1991, 1), (1992, 1)])
        assert told() == ""
    assert YearCount.objects.filter(year__in=(1991, 1992)).count() == 2


def test_one_question_is_one_message(outside: None, awa: Account, django_assert_num_queries: object) -> None:
    """No statement more for the page that counts them, no round trip more for the network."""
    with acting(awa), django_assert_num_queries(1):  # type: ignore[operator]
        assert seen() == ["ML05"]


def test_what_touches_no_row_goes_alone(outside: None, awa: Account) -> None:
    """Each of these refuses company: a transaction around it, or a statement before it."""
    with acting(awa):
        with transaction.atomic():
            policies.run(["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"])
            assert policies.ask("SHOW transaction_isolation") == [("repeatable read",)]
        policies.run(["DISCARD ALL", "SET ROLE sutura_server"])
