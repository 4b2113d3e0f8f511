"""The chain of the log in the database: how it grows, and how it is read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import Exists, OuterRef

from sutura.audit.models import Entry, Link
from sutura.audit.rules import GENESIS, Anchor, Row, Walked, digest, walk
from sutura.audit.writing import insert

READ = 2000  # rows in one look


def extend(entries: Sequence[Entry]) -> None:
    """Bind new entries to the chain, inside their transaction.

    On SQLite transactions are IMMEDIATE (settings), so the writer is alone. On PostgreSQL the database itself does it
    at commit (`migrations_ops.Chained`): writers then wait for each other for the commit only, and since nothing is
    locked after the chain's head, no two acts can wait for each other.
    """
    if connection.vendor != "sqlite":
        return
    number, hash_ = head()
    links = []
    for entry in entries:
        number += 1
        hash_ = digest(hash_, number, entry.content)
        links.append(Link(number=number, entry_id=entry.pk, hash=hash_))
    insert(Link, links)


def head() -> tuple[int, str]:
    """The last number and its hash."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash FROM audit_link ORDER BY number DESC LIMIT 1")
        return cursor.fetchone() or (0, GENESIS)


def rows() -> Iterator[Row]:
    """The whole chain from its first row, with the entries it speaks of."""
    last = 0
    while True:
        found = list(
            Link.objects.filter(number__gt=last)
            .order_by("number")
            .values_list("number", "entry_id", "hash")[:READ]
        )
        if not found:
            return
        contents = Entry.objects.contents([key for _number, key, _hash in found])
        for number, key, hash_ in found:
            yield Row(number, hash_, contents.get(key))
        last = found[-1][0]


def verify(anchors: Sequence[Anchor] = ()) -> tuple[Walked, int | None]:
    """Walk the chain; also the first entry, by key, that no row of it speaks of."""
    walked = walk(rows(), anchors)
    bound = Exists(Link.objects.filter(entry_id=OuterRef("pk")))
    return walked, Entry.objects.filter(~bound).order_by("pk").values_list("pk", flat=True).first()
