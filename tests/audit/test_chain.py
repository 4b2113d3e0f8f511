"""The chain of the log: bound in the transaction of the act, on both databases, and read back to its first break."""

from __future__ import annotations

from django.db import connection

from sutura.audit import chain
from sutura.audit.models import Entry, Link
from sutura.audit.services import record, record_each
from sutura.people.models import Account


def settled() -> None:
    """PostgreSQL binds at commit; a test does not commit, so it asks for it now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_every_entry_is_bound_and_the_chain_holds(machine: Account) -> None:
    record(machine, "people.open_account", of=machine, fields="prénom é 12:3")
    record_each(machine, "incidents.apply_changes", of=[f"INC-{number}" for number in range(5000)])
    record(None, "people.sign_in")
    settled()
    walked, outside = chain.verify()
    assert (walked.rows, walked.fault, outside) == (Entry.objects.count(), None, None)
    assert Link.objects.count() == walked.rows > 5000
