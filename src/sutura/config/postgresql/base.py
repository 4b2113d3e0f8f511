"""The backend that `DATABASES` names; Django looks for it under this name."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cache, lru_cache
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from sutura.access.acting import actor

# Only these touch rows. Others (VACUUM, SET TRANSACTION) must stand alone or first.
ASKING = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "DECLARE", "EXPLAIN")
HEAD = 20_000
"""Signs in which every table of a statement is named; what follows in a longer one are values."""
ROWS = " VALUES "
TELL = "SELECT set_config('app.uid', '{uid}', true)"


@lru_cache(1024)
def asks(sql: str) -> bool:
    """Whether a statement touches protected rows; about others nobody need be named."""
    begins = sql[:40].lstrip("( \n").upper().startswith(ASKING)
    return begins and any(table in sql for table in protected())


def head(sql: str) -> str:
    """What is remembered of a statement: of one that writes rows the table, never its values."""
    return sql.partition(ROWS)[0] if sql.startswith("INSERT") else sql[:HEAD]


@cache
def protected() -> list[str]:
    """The tables behind the second wall."""
    from sutura.config.postgresql.policies import tables  # which reads the models, and so this file

    return tables()


class DatabaseWrapper(base.DatabaseWrapper):
    """Says to the database who is acting, for one transaction at a time: nothing stays on a connection.

    Outside a transaction, and with the first question of one, the name goes in the same message as the question. Inside
    it is said again only when it changes. A question without a name finds no protected row.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: str | None = None
        self.execute_wrappers.append(self.ask)

    def ask(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Every statement of the product passes here (Django's `execute_wrappers`)."""
        uid = self.to_tell(sql)
        if uid is None:
            return execute(sql, params, many, context)
        tell = TELL.format(uid=uid)
        cursor = context["cursor"].cursor
        if many or getattr(cursor, "name", None):
            # Neither rows of values nor a server-side cursor can share a message; alone they need a transaction.
            with self.connection.transaction() if self.connection.autocommit else nullcontext():
                self.connection.execute(tell)
                answer = execute(sql, params, many, context)
        else:
            answer = execute(f"{tell};{sql}", params, many, context)
            cursor.nextset()
        self.told = uid
        return answer

    def to_tell(self, sql: Any) -> str | None:
        """The name which the statement needs and the transaction does not have; None when there is nothing to say."""
        status = self.connection.info.transaction_status
        if status == TransactionStatus.IDLE:
            self.told = ""  # as every transaction begins
        if status == TransactionStatus.INERROR or not asks(head(str(sql))):
            return None
        uid = actor().uid
        return None if uid == self.told else uid

    def _savepoint_rollback(self, sid: str) -> None:
        """What was told since the savepoint is undone too: tell again."""
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # not in the stubs
        self.told = None
