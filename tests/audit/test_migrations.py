"""What was recorded before the chain is bound when the chain comes, on both databases, and again after going back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from sutura.audit import chain
from sutura.audit.models import Link
from sutura.audit.services import record
from tests import walls

BEFORE = ("audit", "0001_initial")


def go(*target: tuple[str, str]) -> None:
    """To a migration; without one, to the last."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(target) or executor.loader.graph.leaf_nodes("audit"))


@pytest.fixture
def restored(transactional_db: None, as_owner: None) -> Iterator[None]:
    """Whatever happens, the schema is whole afterwards."""
    yield
    go()
    walls.give_rights()


def test_rows_older_than_the_chain_are_bound(restored: None) -> None:
    go(BEFORE)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO audit_entry (at, actor_id, actor, act, kind, subject, fields)"
            " VALUES (%s, %s, %s, %s, '', '', '')",
            [(timezone.now(), None if n % 2 else n, "awa", "people.sign_in") for n in range(2003)],
        )
    for _again in range(2):
        go()
        walked, outside = chain.verify()
        assert (walked.rows, walked.fault, outside) == (Link.objects.count(), None, None)
        assert walked.rows >= 2003
        record(None, "people.sign_in")
        assert chain.verify()[0].rows == walked.rows + 1
        go(BEFORE)
