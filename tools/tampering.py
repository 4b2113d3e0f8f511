"""Tamper with the log of acts in every way we know, and count how often the check finds it.

    python -m tools.tampering --cells 10000                              on SQLite, in a folder of its own
    python -m tools.postgres python -m tools.tampering --cells 10000     on PostgreSQL

Whoever tampers has the database, the code, and time: guards are lifted, hashes are computed again. Only what left the
machine before is out of reach: the anchors. So each tampering is looked for twice, with anchors and by the chain alone.
Each happens in a savepoint of an empty database and is undone; on a database that holds anything it refuses to run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROWS = 45
ANCHORED = (15, 30, ROWS)  # the last anchor is at the end: what comes after it only the next one will hold
ACTS = ("incidents.change_violation", "incidents.void_incident", "people.sign_in", "verification.decide")
FIELDS = ("at", "actor_id", "actor", "act", "kind", "subject", "fields")


@dataclass
class Tally:
    """How many were tried and found, for one kind."""

    tried: int = 0
    found: int = 0
    by_the_chain_alone: int = 0


@dataclass
class Log:
    """The log under attack, with the anchors that left before."""

    lines: list[str]
    key: str
    dice: random.Random
    other: Path  # the key of whoever tampers

    def number(self, first: int = 1, last: int = ROWS) -> int:
        """Any row."""
        return self.dice.randint(first, last)


def do(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """One statement, past the models and their guards."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def lift_guards() -> None:
    """What an owner of the database can do."""
    from django.db import connection

    if connection.vendor == "postgresql":
        do("SET LOCAL session_replication_role = replica")
        return
    for (name,) in do(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('audit_entry', 'audit_link')"
    ):
        do(f'DROP TRIGGER "{name}"')


def chain() -> list[list[Any]]:
    """Number, key of the entry and hash of each row."""
    return [list(row) for row in do("SELECT number, entry_id, hash FROM audit_link ORDER BY number")]


def rechain(keys: list[int]) -> None:
    """Write a chain that holds over these entries, as our own code would have."""
    from sutura.audit.models import Entry, Link
    from sutura.audit.rules import GENESIS, digest

    contents, hash_ = Entry.objects.contents(keys), GENESIS
    do("DELETE FROM audit_link")
    links = []
    for number, key in enumerate(keys, start=1):
        hash_ = digest(hash_, number, contents[key])
        links.append(Link(number=number, entry_id=key, hash=hash_))
    Link.objects.bulk_create(links)


def alter(log: Log, key: int) -> None:
    """Give one field of an entry another value."""
    from sutura.audit.models import Entry

    entry = Entry.objects.get(pk=key)
    name = log.dice.choice(FIELDS)
    was = getattr(entry, name)
    new = {
        "at": lambda: was + timedelta(microseconds=log.dice.choice([-1, 1, 86_400_000_000])),
        "actor_id": lambda: None if was and log.dice.random() < 0.5 else (was or 0) + 1,
        "act": lambda: log.dice.choice([act for act in ACTS if act != was]),
    }.get(name, lambda: was[:-1] if was and log.dice.random() < 0.5 else f"{was}1")()
    Entry.objects.filter(pk=key).update(**{name: new})


def change(log: Log) -> None:
    """Another content: who, what, when, on which record."""
    alter(log, chain()[log.number() - 1][1])


def delete(log: Log) -> None:
    """A row taken out: the entry, its place in the chain, or both."""
    number, key, _hash = chain()[log.number() - 1]
    what = log.dice.choice(["entry", "link", "both"])
    if what != "link":
        do("DELETE FROM audit_entry WHERE id = %s", key)
    if what != "entry":
        do("DELETE FROM audit_link WHERE number = %s", number)


def cut(log: Log) -> None:
    """The last rows taken away, sometimes with the same number of others in their place."""
    from sutura.audit.models import Entry

    first = log.number()
    gone = [key for _number, key, _hash in chain()[first - 1 :]]
    do("DELETE FROM audit_link WHERE number >= %s", first)
    Entry.objects.filter(pk__in=gone)._raw_delete("default")
    if log.dice.random() < 0.3:
        keys = [key for _number, key, _hash in chain()]
        rechain(keys + [slip(log) for _gone in gone])


def slip(log: Log) -> int:
    """An entry that nobody recorded."""
    from django.utils import timezone

    from sutura.audit.models import Entry

    return Entry.objects.create(
        at=timezone.now(), actor_id=9, actor="nobody", act=log.dice.choice(ACTS), subject="INC-0000"
    ).pk


def insert(log: Log) -> None:
    """A row added: outside the chain, or inside with the chain computed again."""
    key = slip(log)
    if log.dice.random() < 0.7:
        keys = [other for _number, other, _hash in chain()]
        keys.insert(log.number() - 1, key)
        rechain(keys)


def swap(log: Log) -> None:
    """Two rows in each other's place, with their hashes left, taken along, or computed again."""
    rows = chain()
    one, two = log.dice.sample(range(ROWS), 2)
    first, second = rows[one], rows[two]
    how = log.dice.choice(["left", "along", "again"])
    if how == "again":
        keys = [key for _number, key, _hash in rows]
        keys[one], keys[two] = keys[two], keys[one]
        rechain(keys)
        return
    set_to = "UPDATE audit_link SET entry_id = %s, hash = %s WHERE number = %s"
    do(set_to, -1, first[2], first[0])
    do(set_to, first[1], first[2] if how == "along" else second[2], second[0])
    do(set_to, second[1], second[2] if how == "along" else first[2], first[0])


def rewrite(log: Log) -> None:
    """Another content, and the whole chain from there computed again."""
    keys = [key for _number, key, _hash in chain()]
    alter(log, keys[log.number() - 1])
    rechain(keys)


def forge(log: Log) -> None:
    """The chain rewritten, and the anchors too: signed by another key, or only their words changed."""
    from sutura.audit.rules import Anchor
    from sutura.security import signing

    rewrite(log)
    rows, theirs = chain(), log.dice.random() < 0.5
    for place, line in enumerate(log.lines):
        told = json.loads(line)
        told["hash"] = rows[told["number"] - 1][2]
        if theirs:
            told["signature"] = signing.sign(
                log.other, Anchor(told["number"], told["hash"], told["at"]).message
            )
            told["key"] = log.dice.choice([told["key"], signing.public(log.other)])
        log.lines[place] = json.dumps(told)


KINDS: tuple[Callable[[Log], None], ...] = (change, delete, cut, insert, swap, rewrite, forge)


def written(dice: random.Random) -> Log:
    """A log of some rows by several people, anchored on the way and at its end."""
    from django.db import connection

    from sutura.audit import anchors
    from sutura.audit.services import record
    from sutura.security import signing

    key = signing.make(anchors.key_file())
    log = Log([], key, dice, other=anchors.key_file().with_name("other_key"))
    signing.make(log.other)
    for number in range(1, ROWS + 1):
        by = SimpleNamespace(pk=number % 5 + 1, username=f"account-{number % 5}")
        record(by, dice.choice(ACTS), of=f"INC-{number // 3}", fields=dice.choice(["", "state", "place"]))
        if number in ANCHORED:
            if connection.vendor == "postgresql":  # bound at commit, or when asked for
                do("SET CONSTRAINTS ALL IMMEDIATE")
            log.lines.append(anchors.signed())
    return log


def campaign(cells: int, seed: int) -> dict[str, Tally]:
    """Tamper so many times, each kind in turn; inside one transaction, whose log is the whole log."""
    from django.db import transaction

    from sutura.audit import anchors

    log = written(random.Random(seed))
    assert anchors.verify(log.lines, [log.key]).holds
    tallies = {kind.__name__: Tally() for kind in KINDS}
    for cell in range(cells):
        kind, lines = KINDS[cell % len(KINDS)], list(log.lines)
        with transaction.atomic():
            lift_guards()
            kind(log)
            tally = tallies[kind.__name__]
            tally.tried += 1
            tally.found += not anchors.verify(log.lines, [log.key]).holds
            tally.by_the_chain_alone += not anchors.verify([], []).holds
            transaction.set_rollback(True)
        log.lines = lines
    assert anchors.verify(log.lines, [log.key]).holds
    return tallies


def main() -> int:
    """0 when every tampering was found."""
    parser = argparse.ArgumentParser(prog="tools.tampering", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--cells", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SUTURA_DATA"] = folder
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/log.sqlite3")
        tallies = alone(options.cells, options.seed)
    told = {name: sum(asdict(tally)[name] for tally in tallies.values()) for name in asdict(Tally())}
    if options.format == "text":
        for kind, tally in tallies.items():
            print(f"{kind:<8} {tally.found} of {tally.tried} (by the chain alone {tally.by_the_chain_alone})")
    print(json.dumps(told))
    return 0 if told["found"] == told["tried"] else 1


def alone(cells: int, seed: int) -> dict[str, Tally]:
    """The campaign in a database made for it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "sutura.config.settings"
    import django
    from django.core.management import call_command
    from django.db import transaction

    django.setup()
    from sutura.config import schema

    if not schema.empty():
        sys.exit("tools.tampering: this database is not empty; it tampers only with one of its own")
    call_command("migrate", "audit", verbosity=0)
    with transaction.atomic():
        tallies = campaign(cells, seed)
        transaction.set_rollback(True)
    return tallies


if __name__ == "__main__":
    raise SystemExit(main())
