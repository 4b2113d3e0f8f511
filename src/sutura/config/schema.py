"""The schema of the database: made when there is none, brought up to date only when someone asked for it."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from sutura.access.errors import DomainError
from sutura.config import walls
from sutura.config.language import say


class SchemaBehind(DomainError):
    """The database was made by an older Sutura."""


def pending() -> int:
    """How many migrations the database lacks. They are read only when one of their names is not recorded there."""
    from django.db.migrations.executor import MigrationExecutor

    if shipped() <= set(MigrationRecorder(connection).applied_migrations()):
        return 0
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def shipped() -> set[tuple[str, str]]:
    """The app and the name of every migration there is, by the names of their files."""
    found = set()
    for app in apps.get_app_configs():
        name, _named = MigrationLoader.migrations_module(app.label)
        spec = find_spec(name) if name else None
        # As Django finds them.
        for module in iter_modules((spec.submodule_search_locations or ()) if spec else ()):
            if not (module.ispkg or module.name[0] in "_~"):
                found.add((app.label, module.name))
    return found


def empty() -> bool:
    """Whether the database holds no table at all."""
    return not connection.introspection.table_names()


def migrate() -> None:
    """Apply what is pending, telling on standard error that it takes a moment."""
    print(say("Preparing the database…", "Préparation de la base…"), file=sys.stderr, flush=True)
    walls.lower()
    call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    call_command("createcachetable", verbosity=0, stdout=sys.stderr)
    walls.build()


def ensure(*, may_upgrade: str) -> None:
    """Make the schema of an empty database; on one with records upgrade if allowed (`always`, `sqlite`, `never`)."""
    if not pending():
        return
    allowed = may_upgrade == "always" or (may_upgrade == "sqlite" and connection.vendor == "sqlite")
    if not empty() and not allowed:
        raise SchemaBehind(
            say(
                "this database was made by an older Sutura: back it up, then run ./sutura init --upgrade",
                "base faite par une version plus ancienne : sauvegardez-la, puis ./sutura init --upgrade",
            )
        )
    if not walls.may_build():
        raise SchemaBehind(
            say(
                "this role makes no tables: run ./sutura init with SUTURA_DATABASE_OWNER_URL first",
                "ce rôle ne crée pas de tables : lancez d’abord ./sutura init avec SUTURA_DATABASE_OWNER_URL",
            )
        )
    # Read here: hundreds of commands need nothing of them.
    from sutura.config import registers

    fresh = empty()
    migrate()
    if fresh:
        # An import into a new database must find places and parties there.
        registers.load()
