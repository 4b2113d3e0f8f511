"""Walks the migrations of a database full of invented records down and up again; prints what did not survive.

python -m tests.laws.migrating      on the empty database that DATABASE_URL names
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from typing import Any

Contents = dict[str, dict[str, str]]  # table → column → fingerprint of its values, "" while none holds any


class Walk:
    """Compares the database before and after each migration, whichever way it goes."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.steps: tuple[set[str], set[str]] = set(), set()
        self.before = contents()

    def seen(self, what: str, migration: Any = None, _fake: bool = False) -> None:
        """Called by Django at every step."""
        if what not in ("apply_success", "unapply_success") or not is_ours(migration):
            return
        after = contents()
        name = f"{migration.app_label}.{migration.name} {'up' if what == 'apply_success' else 'down'}"
        self.faults += [f"{name}: {place}" for place in changed(self.before, after)]
        self.before = after
        self.steps[what == "apply_success"].add(f"{migration.app_label}.{migration.name}")

    def expect(self, made: tuple[set[str], set[tuple[str, str]]], after: object) -> None:
        """The same tables and the same guards as before."""
        if (set(self.before), guards()) != made:
            self.faults.append(f"tables or guards differ after {after}")

    def go(self, targets: list[Any]) -> None:
        """Go there, forwards or backwards."""
        from django.db import connection
        from django.db.migrations.executor import MigrationExecutor

        MigrationExecutor(connection, self.seen).migrate(targets)


def main() -> None:
    """Fill; each app down to its first migration and up again, the last of the arrow first; then all to nothing."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "sutura.config.settings"
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    call_command("migrate", interactive=False, verbosity=0)
    fill()
    graph = MigrationExecutor(connection).loader.graph
    leaves, roots = graph.leaf_nodes(), dict(graph.root_nodes())
    walk, made = Walk(), (set(contents()), guards())
    # What stands above in the arrow goes down with what it rests on: its records are tried before that.
    labels = [label for label in reversed(settings.SUTURA_APPS) if label in roots]
    several = [label for label in labels if (label, roots[label]) not in leaves]
    for targets in together([(label, roots[label]) for label in several]):
        walk.go(targets)
        walk.go(leaves)
        walk.expect(made, targets)
    walk.go([(label, None) for label in labels])
    walk.faults += [f"still there: {table}" for table in contents() if table.partition("_")[0] in labels]
    told = {
        "down": len(walk.steps[0]),
        "up": len(walk.steps[1]),
        "guards": len(made[1]),
        "faults": walk.faults,
    }
    sys.stdout.write(json.dumps(told))


def together(targets: list[Any]) -> list[list[Any]]:
    """Few walks instead of many, each of which only goes down: drawing the state of all models is what takes long."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    groups: list[list[Any]] = [[]]
    for target in targets:
        plan = executor.migration_plan([*groups[-1], target])
        if all(backwards for _migration, backwards in plan):
            groups[-1].append(target)
        else:
            groups.append([target])
    return [group for group in groups if group]


def fill() -> None:
    """The registers and the demonstration."""
    from sutura.config import invented, registers

    registers.load()
    invented.pour()


def our_labels() -> set[str]:
    """The labels of our apps."""
    from django.apps import apps

    return {config.label for config in apps.get_app_configs() if config.name.startswith("sutura.")}


def is_ours(migration: Any) -> bool:
    """Whether we wrote it."""
    return migration.app_label in our_labels()


def contents() -> Contents:
    """A fingerprint of every column of every table, in the order of its key."""
    from django.db import connection

    found: Contents = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "django_migrations":
                continue
            key = connection.introspection.get_primary_key_column(cursor, table)
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{key}"')
            columns = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
            found[table] = {
                column: fingerprint([row[at] for row in rows]) for at, column in enumerate(columns)
            }
    return found


def fingerprint(values: list[Any]) -> str:
    """Of one column; empty when no row holds anything there."""
    if all(value in (None, "") for value in values):
        return ""
    return hashlib.sha256(b"\0".join(repr(value).encode() for value in values)).hexdigest()


def guards() -> set[tuple[str, str]]:
    """The triggers of the database, with their tables."""
    from django.db import connection

    questions = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(questions[connection.vendor])
        return set(cursor.fetchall())


def changed(before: Contents, after: Contents) -> list[str]:
    """Columns that stand in both and do not hold the same; one that held nothing may be filled."""
    return [
        f"{table}.{column}"
        for table in sorted(set(before) & set(after))
        for column in sorted(set(before[table]) & set(after[table]))
        if before[table][column] not in ("", after[table][column])
    ]


if __name__ == "__main__":
    main()
