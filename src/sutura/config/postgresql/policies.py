"""The second wall in PostgreSQL's words: made from the page of walls and from the law, compared at every start.

Not migrations: they follow the law in `access/roles.py`, which changes without one. `./sutura init` raises them anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from sutura.access.acting import BEYOND
from sutura.access.roles import ROLES, TIERS, permissions_of
from sutura.config.postgresql.walls import WALLS, Wall

# Asked once a statement (an InitPlan), from a plan which PostgreSQL keeps; `*`: everywhere.
REGIONS = f"""
CREATE OR REPLACE FUNCTION sutura_regions(VARIADIC openers text[]) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    uid text := current_setting('app.uid', true);
BEGIN
    IF uid = '{BEYOND}' THEN RETURN '{{*}}'; END IF;
    IF coalesce(uid, '') = '' THEN RETURN '{{}}'; END IF;
    RETURN (
        SELECT coalesce(array_agg(region), '{{}}')
        FROM people_grant held, people_account account, unnest(
            CASE WHEN held.everywhere THEN '{{*}}' ELSE string_to_array(held.regions, ' ') END
        ) AS region
        WHERE held.account_id = uid::bigint AND account.id = held.account_id AND account.is_active
            AND held.withdrawn_at IS NULL AND held.approved_at IS NOT NULL
            AND (now() AT TIME ZONE '{settings.TIME_ZONE}')::date BETWEEN held.starts_on AND held.ends_on
            AND held.role || ' ' || held.tier = ANY (openers)
    );
END $$
"""  # noqa: S608
NAME = "sutura_regions(text[])"
POLICIES = "SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema()"
OURS = "relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"
FORCED = f"SELECT relname FROM pg_class WHERE {OURS} AND relforcerowsecurity"  # noqa: S608
NOTED = "SELECT obj_description(to_regprocedure(%s), 'pg_proc')"
FOUND = f"""
SELECT tablename::text, policyname::text, permissive, roles::text, cmd, qual, with_check FROM pg_policies
    WHERE schemaname = current_schema()
UNION ALL SELECT relname, relrowsecurity::text, relforcerowsecurity::text, '', '', '', '' FROM pg_class
    WHERE {OURS} AND (relrowsecurity OR relforcerowsecurity)
UNION ALL SELECT '', '', '', '', '', prosrc, '' FROM pg_proc WHERE oid = to_regprocedure(%s)
ORDER BY 1, 2, 5
"""  # noqa: S608


def openers(permissions: Iterable[str]) -> list[str]:
    """Role and tier of each grant which gives one of the permissions: the law, as the policies bear it."""
    wanted = set(permissions)
    return [f"{role} {tier}" for role in ROLES for tier in TIERS if permissions_of(role, tier) & wanted]


def walled() -> Iterator[tuple[type[Model], Wall]]:
    """Each model with its wall, and the versions of its records."""
    for label, wall in WALLS.items():
        model = apps.get_model(label)
        yield model, wall
        history = getattr(model, "history", None)
        if history is not None:
            yield history.model, wall


def tables() -> list[str]:
    """The protected tables."""
    return [model._meta.db_table for model, _wall in walled()]


def regions(permissions: Iterable[str]) -> str:
    """The array of the regions where the actor holds one of the permissions."""
    asked = ", ".join(f"'{opener}'" for opener in openers(permissions)) or "'nobody'"
    return f"(SELECT sutura_regions({asked}))::text[]"


def held(region: str, permissions: Iterable[str]) -> str:
    """The condition that a region is among them."""
    array = regions(permissions)
    return f"('*' = ANY ({array}) OR {region} = ANY ({array}))"


def condition(model: type[Model], wall: Wall, permissions: tuple[str, ...]) -> str:
    """Which rows of a table these permissions open."""
    table = model._meta.db_table
    origin = getattr(model, "instance_type", None)
    if wall.through:
        field: Any = model._meta.get_field(wall.through)
        above, key = field.related_model._meta, field.column
    elif origin is not None:
        # A version is read by whoever reads the record today, also where it was in another region.
        above, key = origin._meta, origin._meta.pk.column
    else:
        return held(f"{table}.region", permissions)
    found = f"SELECT FROM {above.db_table} AS above WHERE above.{above.pk.column} = {table}.{key}"
    if permissions != WALLS[above.label].read:  # else its own wall asks that already
        found += f" AND {held('above.region', permissions)}"
    return f"EXISTS ({found})"


def rules(model: type[Model], wall: Wall) -> dict[str, str]:
    """The rule of each verb: who tells something finds it and sends it, and changes it no more."""
    read, write = condition(model, wall, wall.read), condition(model, wall, wall.write)
    found = {"select": read, "insert": write, "update": write, "delete": write}
    if wall.teller:
        field: Any = model._meta.get_field(wall.teller)
        own = f"{model._meta.db_table}.{field.column}::text = (SELECT current_setting('app.uid', true))"
        found["select"] = f"{read} OR {own}"
        found["insert"] = f"{write} OR {own} AND {regions(wall.tell)} <> '{{}}'"
    return found


def statements() -> Iterator[str]:
    """All that raises the walls."""
    yield REGIONS
    for model, wall in walled():
        table = model._meta.db_table
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        for verb, rule in rules(model, wall).items():
            clause = "WITH CHECK" if verb == "insert" else "USING"
            yield f"CREATE POLICY sutura_{verb} ON {table} FOR {verb} {clause} ({rule})"


@transaction.atomic
def raise_walls() -> None:
    """Raise every wall anew, and note on the function what was raised, for `stand`."""
    take_policies_away()
    run(statements())
    run([f"COMMENT ON FUNCTION {NAME} IS '{wanted()} {found()}'"])


@transaction.atomic
def lower_walls() -> None:
    """Before the schema changes: no policy holds on to a column, the owner reaches every row, the server none."""
    take_policies_away()
    run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for (table,) in ask(FORCED))


def take_policies_away() -> None:
    """Ours, and any that somebody else has made."""
    run(f'DROP POLICY "{name}" ON {table}' for table, name in ask(POLICIES))


def stand() -> bool:
    """Whether every wall stands as the law of this code would raise it, and nobody has changed one since."""
    return ask(NOTED, NAME) == [(f"{wanted()} {found()}",)]


def wanted() -> str:
    """A fingerprint of the walls of this code."""
    return hashlib.sha256("\n".join(statements()).encode()).hexdigest()


def found() -> str:
    """A fingerprint of the walls of the database: every policy, on which tables they hold, and the function."""
    return hashlib.sha256(repr(ask(FOUND, NAME)).encode()).hexdigest()


def run(commands: Iterable[str]) -> None:
    """Execute commands one after the other."""
    with connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)


def ask(question: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
