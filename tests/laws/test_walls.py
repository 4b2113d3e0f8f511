"""Law: rows of people stand behind the second wall or are excused; whoever looks beyond it says why, and is listed."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from sutura.access.querysets import Walled
from sutura.access.roles import PERMISSIONS, ROLES, TIERS
from sutura.config.postgresql import policies
from sutura.config.postgresql.walls import WALLS
from sutura.security.privacy import IDENTIFYING, PERSONAL
from tests.laws.exceptions import BEYOND, UNWALLED
from tests.laws.source import called, every_function, python_files, unexcused


def reason(call: ast.Call) -> str:
    """The words given, or the name of the sentence that holds them."""
    (said,) = call.args
    return str(said.value) if isinstance(said, ast.Constant) else ast.unparse(said).rpartition(".")[2]


def test_every_look_beyond_is_listed_with_its_reason():
    found = {
        function.name: reason(call)
        for path in python_files()
        for function in every_function(path)
        for call in ast.walk(function.node)
        if isinstance(call, ast.Call) and called(call) == "beyond"
    }
    assert found == BEYOND


def test_rows_of_people_stand_behind_the_wall():
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("sutura.") or hasattr(model, "tracked_fields"):
            continue
        classes = {value for name, value in vars(model.Privacy).items() if not name.startswith("_")}
        if classes & {PERSONAL, IDENTIFYING} and model._meta.label not in WALLS:
            found[model._meta.label] = "holds facts of people and has no wall"
    assert unexcused(found, UNWALLED) == []


def test_whatever_the_wall_holds_the_guard_holds_too():
    guarded = {
        model._meta.label for model in apps.get_models() if isinstance(model._default_manager.all(), Walled)
    }
    assert guarded == set(WALLS)


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(WALLS))
def test_visible_to_is_a_rule_that_the_guard_knows(label: str):
    rows = apps.get_model(label)._default_manager
    assert (rows.all().query.__dict__.get("judged"), rows.visible_to(AnonymousUser()).query.judged) == (
        None,
        True,
    )


def test_permissions_of_the_walls_exist():
    asked = {name for wall in WALLS.values() for name in (*wall.read, *wall.write, *wall.tell)}
    assert asked - set(PERMISSIONS) == set()


def test_the_policies_bear_the_law():
    """Which grants open the restricted words of alerts, told once more from the page of roles."""
    wanted = {
        f"{name} {tier}"
        for name, role in ROLES.items()
        for tier in TIERS
        if "alerts.read" in role.permissions and tier >= PERMISSIONS["alerts.read"].tier
    }
    assert set(policies.openers(["alerts.read"])) == wanted


@pytest.mark.django_db
@pytest.mark.postgresql
def test_every_table_behind_the_wall_is_forced():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        assert {row[0] for row in cursor.fetchall()} == set(policies.tables())
