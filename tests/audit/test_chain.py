"""The chain of the log: bound in the transaction of the act, on both databases, whoever else is writing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from sutura.audit import chain
from sutura.audit.models import Entry, Link
from sutura.audit.services import record, record_each
from sutura.people.models import Account
from sutura.people.services import machine as machine_account


def settle() -> None:
    """PostgreSQL binds at commit; a test does not commit, so it asks for it now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_every_entry_is_bound_and_the_chain_holds(machine: Account) -> None:
    record(machine, "people.open_account", of=machine, fields="prénom é 12:3")
    record_each(machine, "incidents.apply_changes", of=[f"INC-{number}" for number in range(5000)])
    record(None, "people.sign_in")
    settle()
    walked, outside = chain.verify()
    assert (walked.rows, walked.fault, outside) == (Entry.objects.count(), None, None)
    assert Link.objects.count() == walked.rows > 5000


def test_ten_thousand_rows_cost_few_statements(machine: Account, django_assert_num_queries) -> None:
    """On SQLite keys, rows, the chain's head, its rows; on PostgreSQL, which chains them itself, 500 rows at a time."""
    for many, there in ((10, 1), (10_000, 20)):
        with django_assert_num_queries({"sqlite": 4, "postgresql": there}[connection.vendor]):
            record_each(machine, "incidents.apply_changes", of=[str(number) for number in range(many)])


def test_what_was_undone_leaves_no_gap(machine: Account) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record(machine, "people.open_account")
        raise RuntimeError
    record(machine, "people.open_account")
    settle()
    walked, outside = chain.verify()
    assert (walked.rows, walked.fault, outside) == (Entry.objects.count(), None, None)


@pytest.mark.usefixtures("as_owner")  # whom no missing right stops
@pytest.mark.parametrize("statement", ["UPDATE audit_link SET hash = ''", "DELETE FROM audit_link"])
def test_the_database_refuses_to_rewrite_the_chain(machine: Account, statement: str) -> None:
    settle()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain() -> None:
    by = machine_account("tests")

    def work(number: int) -> None:
        for turn in range(8):
            with transaction.atomic():
                record(by, "people.open_account", of=f"{number}-{turn}")
                record_each(by, "incidents.apply_changes", of=[str(turn)] * (number % 3))
                transaction.set_rollback(turn % 4 == 3)
        connection.close()

    before = Entry.objects.count()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    walked, outside = chain.verify()
    assert (walked.rows, walked.fault, outside) == (Entry.objects.count(), None, None)
    assert walked.rows == before + 6 * 6 + 6 * 6  # each commits six turns; each third writes 0, 1 or 2 more


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_acts_that_lock_in_opposite_order_do_not_wait_for_each_other() -> None:
    by, met = machine_account("tests"), Barrier(2)

    def hold() -> None:
        Account.objects.select_for_update().get(pk=by.pk)

    def work(first: str) -> None:
        with transaction.atomic():
            record(by, "people.open_account") if first == "record" else hold()
            met.wait(timeout=10)
            hold() if first == "record" else record(by, "people.open_account")
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, ["record", "hold"]))
    assert chain.verify()[0].fault is None
