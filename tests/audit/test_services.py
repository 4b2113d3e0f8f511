"""What is kept stays kept: versions of every entity, and a log that the database itself guards."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from sutura.audit import services
from sutura.audit.models import Entry
from sutura.people.models import Account


def test_a_record_and_its_version_are_written_together(machine: Account) -> None:
    account = services.keep(Account(username="idrissa", name="Idrissa"), by=machine, why="arrives")
    account.name = "Idrissa K."
    services.keep(account, by=machine, why="spelling")
    versions = [
        (v.history_type, v.name, v.history_change_reason, v.history_user_id)
        for v in account.history.order_by("pk")
    ]
    assert versions == [
        ("+", "Idrissa", "arrives", machine.pk),
        ("~", "Idrissa K.", "spelling", machine.pk),
    ]


def test_many_records_cost_as_many_statements_as_three(machine: Account, django_assert_num_queries) -> None:
    for names in (["b", "c", "d"], list("efghijkl")):
        # Records and versions; SQLite is asked for the keys before.
        with django_assert_num_queries(3 if connection.vendor == "sqlite" else 2):
            services.keep_all(Account, [Account(username=name) for name in names], by=machine, why="bulk")
    assert Account.history.filter(history_change_reason="bulk").count() == 11


def test_new_records_are_as_if_saved_one_by_one(machine: Account) -> None:
    alone, *several = [Account(username=name, post="x") for name in "abc"]
    services.keep_all(Account, [alone], by=machine)
    made = services.keep_all(Account, several, by=machine)
    saved = services.keep(Account(username="d"), by=machine)
    keys = [alone.pk, *(account.pk for account in made), saved.pk]
    assert keys == list(range(alone.pk, alone.pk + 4))
    for account in [alone, *made]:
        again = Account.objects.get(pk=account.pk)
        assert {f.attname: getattr(again, f.attname) for f in Account._meta.concrete_fields} == {
            f.attname: getattr(account, f.attname) for f in Account._meta.concrete_fields
        }
        account.name = "Changed"
        services.keep(account, by=machine)
        assert account.history.count() == 2


def test_changes_keep_a_full_version(machine: Account) -> None:
    made = services.keep_all(Account, [Account(username=n, post="x") for n in "ab"], by=machine)
    for account in made:
        account.post = "y"
    assert services.keep_changes(made, ["post"], by=machine, why="moved") == 2
    assert list(
        Account.history.filter(history_change_reason="moved").values_list("post", "username").order_by("pk")
    ) == [
        ("y", "a"),
        ("y", "b"),
    ]


def test_a_failed_act_leaves_neither_record_nor_version_nor_line(machine: Account) -> None:
    before = (Account.objects.count(), Account.history.count(), Entry.objects.count())
    with pytest.raises(RuntimeError), transaction.atomic():
        account = services.keep(Account(username="ghost"), by=machine)
        services.record(machine, "people.open_account", of=account)
        raise RuntimeError
    assert (Account.objects.count(), Account.history.count(), Entry.objects.count()) == before


def test_the_log_names_the_record_by_its_public_id(machine: Account) -> None:
    entry = services.record(machine, "people.open_account", of=machine, fields="name post")
    assert (entry.kind, entry.subject, entry.actor) == (
        "people.account",
        str(machine.public_id),
        "machine-tests",
    )


@pytest.mark.usefixtures("as_owner")  # whom no missing right stops
@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize("table", ["audit_entry", "people_historicalaccount", "people_historicalgrant"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite(machine: Account, table: str, verb: str) -> None:
    column = "id" if table == "audit_entry" else "history_id"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table).replace("SET id = id", f"SET {column} = {column}"))


def test_each_reads_her_own_acts_and_the_auditor_all(awa: Account, machine: Account) -> None:
    services.record(awa, "people.sign", of=awa)
    assert {entry.actor for entry in Entry.objects.visible_to(awa)} == {"awa"}


def test_the_acts_on_some_records_are_found(machine: Account, awa: Account, oumar: Account) -> None:
    for one in (awa, oumar, machine):
        services.record(machine, "people.set_active", of=one)
    told = Entry.objects.of(awa, oumar).filter(act="people.set_active").order_by("pk")
    assert [entry.subject for entry in told] == [str(awa.public_id), str(oumar.public_id)]
