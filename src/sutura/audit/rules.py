"""The chain of the log: how a row is bound to the one before it, and how a chain is read for the first broken row.

Pure: rows and anchors in, a verdict out. A chain alone shows a clumsy change; whoever can rewrite the whole of it
writes a chain that holds. Anchors are what was said about it elsewhere, earlier, and they do not change with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

GENESIS = "0" * 64  # what stands before the first row

# The content of a row: key, when, account number, account, act, kind of record, record, fields.
Content = tuple[int, datetime, int | None, str, str, str, str, str]
CONTENT = ("id", "at", "actor_id", "actor", "act", "kind", "subject", "fields")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the chain as it is found: `content` is None when the entry it speaks of is gone."""

    number: int
    hash: str
    content: Content | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the chain was at a moment: its last number, which is also how many rows it had, and their hash."""

    number: int
    hash: str
    at: str

    @property
    def message(self) -> bytes:
        """What is signed."""
        return f"sutura audit anchor 1\n{self.number}\n{self.hash}\n{self.at}".encode()


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row where the chain breaks, and why: missing, deleted, changed, rewritten or cut.

    `since` is the last number still vouched for: by an anchor when it was rewritten, else by the row before.
    """

    reason: str
    number: int
    since: int = 0


@dataclass(frozen=True, slots=True)
class Walked:
    """How far the chain was read, how many anchors it met, and what broke it."""

    rows: int
    met: int
    fault: Fault | None


def digest(previous: str, number: int, content: Content) -> str:
    """The hash of a row: SHA-256 over the hash before it, its number and its content.

    Each value is preceded by its length, so that no two contents are written alike. PostgreSQL computes the same
    at commit (`migrations_ops.CHAIN`).
    """
    key, at, actor_id, *rest = content
    values = [str(number), str(key), stamp(at), "" if actor_id is None else str(actor_id), *rest]
    told = "".join([f"{len(value)}:{value}" for value in values])
    return sha256(f"{previous}{told}".encode()).hexdigest()


def stamp(at: datetime) -> str:
    """A moment to the microsecond, in UTC, always written alike."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def walk(rows: Iterable[Row], anchors: Sequence[Anchor] = ()) -> Walked:
    """Read a chain from its first row until it breaks; the anchors are genuine (their signatures were checked)."""
    told: Mapping[int, set[str]] = _by_number(anchors)
    hash_, number, vouched, met = GENESIS, 0, 0, 0
    for row in rows:
        reason = _broken(row, number + 1, hash_)
        if reason:
            return Walked(number, met, Fault(reason, number + 1, number))
        hash_, number = row.hash, row.number
        if number in told:
            if told[number] != {hash_}:
                return Walked(number, met, Fault("rewritten", vouched + 1, vouched))
            vouched, met = number, met + 1
    if max(told, default=0) > number:
        return Walked(number, met, Fault("cut", number + 1, number))
    return Walked(number, met, None)


def _broken(row: Row, expected: int, previous: str) -> str:
    """Why this row does not follow the one before it, or nothing."""
    if row.number != expected:
        return "missing"
    if row.content is None:
        return "deleted"
    return "" if digest(previous, row.number, row.content) == row.hash else "changed"


def _by_number(anchors: Sequence[Anchor]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for anchor in anchors:
        found.setdefault(anchor.number, set()).add(anchor.hash)
    return found
